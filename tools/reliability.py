#!/usr/bin/env python3
"""How often claims are right at each confidence: the table of docs/confidence.md.

  reliability.py ARTICLES.jsonl GOLD.jsonl RECORDS.jsonl

ARTICLES and GOLD as ../shared/gold has them, RECORDS as `solieu extract` writes them (--duplicates keep). A claim is
right when the scorer of ../shared/gold finds its value, kind, unit, modifier, direction, entity, period and reference
right; claims that the gold set calls optional are left out, claims that it does not have are wrong.
"""
import collections
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "shared" / "gold"))
import score  # noqa: E402  (the scorer lives outside the project)


def right(claim, gold):
    """Whether the gold claim that lies where this one does agrees with it; None where that one is optional."""
    here = [g for g in gold if claim["s"] < g["end"] and claim["e"] > g["start"]]

    def same(g):
        return all(score.close(claim[k], g.get(k)) for k in ("value", "denominator", "value_max"))

    here.sort(key=same, reverse=True)
    if not here:
        return False
    g = here[0]
    if g.get("optional"):
        return None
    accepted = [e for e in [g.get("entity")] + g.get("entity_alt", []) if e]
    entity = any(score.text_match(n, accepted) for n in claim["entity"]) if accepted else not claim["entity"]
    said = all(score.text_match(claim[k], [g[k]]) for k in ("period", "reference") if g.get(k))
    plain = claim["kind"] == g["kind"] and all(claim[k] == g.get(k) for k in ("modifier", "direction"))
    return same(g) and plain and score.unit_match(claim["unit"], g["unit"]) and entity and said


def main():
    articles, gold, records = ([json.loads(line) for line in open(path, encoding="utf8")] for path in sys.argv[1:4])
    texts = {a["id"]: score.nfc(a["text"]) for a in articles}
    records = {r["article"]["id"]: r for r in records}
    table = collections.defaultdict(lambda: [0, 0])
    for g in gold:
        record = records.get(g["id"])
        if record is None:
            continue
        place = score.aligner(score.nfc(record["article"].get("text") or texts[g["id"]]), texts[g["id"]])
        for c in record["claims"]:
            claim = score.pred_fields(c)
            start, end = place(claim["start"]), place(claim["end"] - 1)
            if start is None or end is None:
                continue
            claim["s"], claim["e"] = start, end + 1
            verdict = right(claim, g["claims"])
            if verdict is not None:
                row = table[min(9, int(c["confidence"] * 10 + 1e-6))]
                row[0] += verdict
                row[1] += 1
    print("| confidence | claims | right |\n|---|---|---|")
    for decile in sorted(table, reverse=True):
        good, all_ = table[decile]
        print(f"| {decile / 10:.1f} to {decile / 10 + 0.1:.1f} | {all_} | {good} ({good / all_:.0%}) |")


if __name__ == "__main__":
    main()
