#!/usr/bin/env python3
"""Makes articles and gold lines out of corpus/positions/*.tsv and the public archives that they point into.

  positions_to_gold.py SHARED/archive OUT [open|shut|all]

writes OUT.articles.jsonl and OUT.gold.jsonl as ../shared/gold has them, for the scorer and for
examples/train_entities.rs and train_links.rs. "shut" is the third whose id's SHA-256 is divisible by three: nobody
reads its articles, as with the unread third of the gold set; "open" is the rest, which weights are trained with.
"""
import csv
import hashlib
import json
import pathlib
import sys
import unicodedata
import zipfile

ARCHIVES = {"mds": "mds-news-2013.zip", "unc": "unc-news-2020.zip"}
COLUMNS = ("article", "claim", "kind", "value", "value_max", "denominator", "unit", "modifier", "direction", "optional",
           "entity", "entity_alt", "property", "period", "reference")


def number(text):
    return json.loads(text) if text else None


def main():
    folder, out, part = pathlib.Path(sys.argv[1]), sys.argv[2], (sys.argv[3:] or ["all"])[0]
    zips = {key: zipfile.ZipFile(folder / name) for key, name in ARCHIVES.items()}
    texts, gold = {}, {}
    table = pathlib.Path(__file__).resolve().parents[1] / "corpus" / "positions" / "archive.tsv"
    lines = [line for line in table.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    for row in csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        row = dict(zip(COLUMNS, row))
        name = row["article"]
        third = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0
        if part != "all" and third != (part == "shut"):
            continue
        if name not in texts:
            archive, _, entry = name.partition(":")
            raw = zips[archive].read(entry).decode("utf-8", "replace").replace("\r\n", "\n")
            texts[name] = unicodedata.normalize("NFC", raw).strip()
            gold[name] = []
        if not row["claim"]:
            continue

        def words(span):
            start, end = map(int, span.split("-"))
            return texts[name][start:end]

        start, end = map(int, row["claim"].split("-"))
        claim = {"quote": texts[name][start:end], "start": start, "end": end, "kind": row["kind"],
                 "value": number(row["value"]), "unit": row["unit"]}
        for key in ("value_max", "denominator"):
            if row[key]:
                claim[key] = number(row[key])
        for key in ("modifier", "direction"):
            if row[key]:
                claim[key] = row[key]
        if row["optional"]:
            claim["optional"] = True
        for key in ("entity", "property", "period", "reference"):
            if row[key]:
                claim[key] = words(row[key])
        if row["entity_alt"]:
            claim["entity_alt"] = [words(span) for span in row["entity_alt"].split(" ")]
        gold[name].append(claim)
    with open(f"{out}.articles.jsonl", "w", encoding="utf8") as articles, \
            open(f"{out}.gold.jsonl", "w", encoding="utf8") as claims:
        for name, text in texts.items():
            articles.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
            claims.write(json.dumps({"id": name, "claims": gold[name]}, ensure_ascii=False) + "\n")
    print(f"{len(texts)} articles, {sum(map(len, gold.values()))} claims")


if __name__ == "__main__":
    main()
