#!/usr/bin/env python3
"""Turns corpus/*.md into the JSON Lines pair that examples/train_entities.rs and the gold scorer read.

  tools/corpus_to_gold.py CORPUS_DIR OUT_PREFIX     writes OUT_PREFIX.articles.jsonl and OUT_PREFIX.gold.jsonl

Standard library only; the formats are described in corpus/README.md (a quote of corpus/entities has no value: it is found by its place).
"""
import glob, json, os, re, sys, unicodedata


def rows(body, title):
    m = re.search(r"^## " + title + r"\n(.*?)(?=^## |\Z)", body, re.M | re.S)
    lines = [l for l in m.group(1).splitlines() if l.startswith("|")] if m else []
    return [[c.strip() for c in l.strip().strip("|").split("|")] for l in lines[2:]]


def place(text, quote, at):
    before, quote = re.match(r"(.*?)⟦(.*?)⟧", quote).groups() if "⟦" in quote else ("", quote)
    while True:
        i = text.find(before + quote, at)
        if i < 0: return None
        s, e = i + len(before), i + len(before) + len(quote)
        edge = lambda a, b: bool(re.match(r"\w", a)) and bool(re.match(r"\w", b))
        if not (s > 0 and edge(text[s - 1], text[s])) and not (e < len(text) and edge(text[e - 1], text[e])): return s, e
        at = i + 1


def write(id, text, published, claims):
    articles.write(json.dumps({"id": id, "published": published, "text": text}, ensure_ascii=False) + "\n")
    gold.write(json.dumps({"id": id, "claims": claims, "non_claims": []}, ensure_ascii=False) + "\n")


with open(sys.argv[2] + ".articles.jsonl", "w") as articles, open(sys.argv[2] + ".gold.jsonl", "w") as gold:
    for path in sorted(glob.glob(sys.argv[1] + "/*.md")):
        body = unicodedata.normalize("NFC", open(path, encoding="utf8").read())
        m = re.search(r"^## Text\n+(.*?)\n+(?=^## )", body, re.M | re.S)
        if not m: continue
        text, stem = m.group(1).strip(), os.path.basename(path)[:-3]
        published = re.search(r"^published: (\S+)", body, re.M)
        claims, at = [], 0
        for r in rows(body, "Claims"):
            r += [""] * (10 - len(r)); where = place(text, r[0], at)
            if not where: continue
            at = where[1]; value = re.match(r"(-?[\d.]+)(?: (?:of|to) ([\d.]+))?", r[2])
            if not value: continue
            names = [n.strip() for n in r[6].split(" ; ") if n.strip()]
            claims.append({"start": where[0], "end": where[1], "quote": text[where[0]:where[1]], "kind": r[1], "value": float(value.group(1)),
                           "unit": r[3], "entity": names[0] if names else None, "entity_alt": names[1:]})
        write("corpus-" + stem, text, published and published.group(1), claims)
    for path in sorted(glob.glob(sys.argv[1] + "/entities/*.md")):
        body = unicodedata.normalize("NFC", open(path, encoding="utf8").read())
        for n, article in enumerate(re.split(r"^===\s*$", body, flags=re.M)):
            published = re.match(r"\s*published: (\S+)\n", article)
            marked = article[published.end() if published else 0:].strip()
            text, claims, at = "", [], 0
            for m in re.finditer(r"⟦([^|⟧]*)\|([^⟧]*)⟧", marked):
                text += marked[at:m.start()]; at = m.end()
                names = [x.strip() for x in m.group(2).split("|") if x.strip()] or [m.group(1)]
                claims.append({"start": len(text), "end": len(text) + len(m.group(1)), "quote": m.group(1), "value": None, "entity": names[0], "entity_alt": names[1:]})
                text += m.group(1)
            text += marked[at:]
            if claims: write(f"corpus-{os.path.basename(path)[:-3]}-{n}", text, published and published.group(1), claims)
