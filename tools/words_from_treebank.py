#!/usr/bin/env python3
"""Makes src/claim/lexicon/words.tsv from UD Vietnamese-VTB (CC BY-SA 4.0).

  tools/words_from_treebank.py TREEBANK_DIR > src/claim/lexicon/words.tsv

A row is a word (lower case, syllables joined by spaces) and the part of speech that the treebank gives it most often.
Proper nouns, numerals and punctuation are left out: they are read by rules. Standard library only.
"""
import collections, glob, re, sys, unicodedata

TAGS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "ADP": "preposition", "SCONJ": "conjunction",
        "CCONJ": "coordinator", "PRON": "pronoun", "AUX": "auxiliary", "DET": "determiner", "PART": "particle"}

counts = collections.defaultdict(collections.Counter)
for path in sorted(glob.glob(sys.argv[1] + "/*.conllu")):
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit(): continue
        word, upos, xpos = unicodedata.normalize("NFC", cells[1]).lower(), cells[3], cells[4]
        if not re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", word): continue
        tag = "classifier" if xpos == "Nc" else TAGS.get(upos)
        if tag: counts[word][tag] += 1
print("# UD Vietnamese-VTB, VLSP project, CC BY-SA 4.0: words and their most frequent part of speech.")
print("# Made by tools/words_from_treebank.py; this file is under CC BY-SA 4.0, unlike the program around it.")
print("phrase\tclass")
for word in sorted(counts):
    best = max(sorted(counts[word]), key=lambda t: counts[word][t])
    print(f"{word}\t{best}")
