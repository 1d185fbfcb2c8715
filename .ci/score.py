#!/usr/bin/env python3
"""Measure the built program on ../shared and hold it to the floors of floors.json.

  .ci/score.py [--bin target/release/solieu] [--shared ../shared] [--errors N]

Three sets of figures: the gold articles that rule authors read, the third of them that nobody may read while writing
rules (sha256 of the id, modulo 3), and the conformance rows. Exit status 1 when a figure is below its floor; floors
are raised by hand, never lowered by this script. Standard library only.
"""
import argparse, csv, glob, hashlib, json, os, subprocess, sys, tempfile
from decimal import Decimal, InvalidOperation

HERE = os.path.dirname(os.path.abspath(__file__))


def unread(article_id):
    return int(hashlib.sha256(str(article_id).encode()).hexdigest(), 16) % 3 == 0


def lines(path):
    with open(path, encoding="utf8") as f:
        return [json.loads(line) for line in f if line.strip()]


def run(command):
    """Standard output of the program; that some articles could not be read (1) shows in the figures."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    return done.stdout


def gold(args, folder):
    """found, linked and record F1 for the read and the unread articles."""
    articles, claims = (lines(f"{args.shared}/gold/dev.{name}.jsonl") for name in ("articles", "gold"))
    records = f"{folder}/records.jsonl"
    run([args.bin, "extract", f"{args.shared}/gold/dev.articles.jsonl", "-o", records])
    records = {str(record["article"]["id"]): record for record in lines(records)}
    figures = {}
    for part in ("read", "unread"):
        paths = []
        for name, rows in (("articles", articles), ("gold", claims)):
            paths.append(f"{folder}/{part}.{name}.jsonl")
            with open(paths[-1], "w", encoding="utf8") as f:
                f.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows if unread(row["id"]) == (part == "unread"))
        paths.append(f"{folder}/{part}.records.jsonl")
        with open(paths[-1], "w", encoding="utf8") as f:
            f.writelines(json.dumps(record, ensure_ascii=False) + "\n" for key, record in records.items() if unread(key) == (part == "unread"))
        score = [sys.executable, f"{args.shared}/gold/score.py", "--articles", paths[0], "--gold", paths[1], paths[2]]
        out = json.loads(subprocess.run(score + ["--json"], check=True, capture_output=True, text=True).stdout)
        for name, key in (("found", "f1"), ("linked", "linked_f1"), ("record", "record_f1")):
            figures[f"{part}_{name}"] = out[key]
        if args.errors and part == "read":
            subprocess.run(score + ["--errors", str(args.errors)], check=True)
    return figures


# The conformance files and the records name some units in different systems (SI symbol, UCUM, ISO 4217).
SAME_UNIT = {"cel": "°c", "độ c": "°c", "m²": "m2", "m³": "m3", "km²": "km2", "cm²": "cm2", "cm³": "cm3", "h": "giờ", "năm": "a", "l": "lít",
             "phút": "min", "giây": "s", "đồng": "vnd", "đô la": "usd", "ngày": "d", "tháng": "mo", "bar": "bar", "by": "byte",
             "kby": "kb", "mby": "mb", "gby": "gb", "tby": "tb", "[kn_i]": "kn", "[mi_i]": "mile", "[in_i]": "inch", "in": "inch", "[ft_i]": "ft", "[degf]": "°f"}


def unit(name):
    parts = []
    for part in (name or "").lower().replace("^", "").split("/"):
        part = SAME_UNIT.get(part.strip(), part.strip())
        parts.append({"giờ": "h", "a": "năm", "lít": "l", "min": "phút", "s": "giây", "d": "ngày", "mo": "tháng"}.get(part, part))
    return "/".join(parts)


def number(written):
    try:
        return None if written in (None, "") else Decimal(str(written))
    except InvalidOperation:
        return None


def right(row, amounts):
    """Whether the widest amount says what the row says."""
    if not amounts:
        return False
    best = max(amounts, key=lambda one: one["end"] - one["start"])
    value, whole = number(best["value"]), number(best["denominator"])
    if value is None or number(best["value_max"]) != number(row.get("value_max")):
        return False
    same = number(row["value"]) == (value if whole is None else None)
    if not same and row.get("denominator"):
        exact = Decimal(row["numerator"]) / Decimal(row["denominator"])
        same = abs((value / whole if whole else value) - exact) < Decimal("1e-9")
    return same and (not row["unit"] or unit(row["unit"]) in (unit(best["unit"]), unit(best["unit_code"])))


def conformance(args, folder):
    """The share of the required rows that `solieu amounts` reads right."""
    rows = []
    for path in sorted(glob.glob(f"{args.shared}/conformance/*.tsv")):
        with open(path, encoding="utf8", newline="") as f:
            body = [line.rstrip("\r\n") for line in f if not line.startswith("#")]
        rows += [row for row in csv.DictReader(body, delimiter="\t", quoting=csv.QUOTE_NONE) if not row["note"]]
    given = f"{folder}/rows.jsonl"
    with open(given, "w", encoding="utf8") as f:
        f.writelines(json.dumps({"id": str(at), "text": row["text"]}, ensure_ascii=False) + "\n" for at, row in enumerate(rows))
    out = run([args.bin, "amounts", given])
    read = {str(line["id"]): line["amounts"] for line in (json.loads(line, parse_float=Decimal) for line in out.splitlines())}
    wrong = [(row, read.get(str(at))) for at, row in enumerate(rows) if not right(row, read.get(str(at)))]
    for row, amounts in wrong[:args.errors]:
        print("conformance", row["src"], repr(row["text"]), row["value"], row["unit"], "!=", amounts)
    return {"conformance": 1 - len(wrong) / max(1, len(rows))}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--bin", default="target/release/solieu")
    ap.add_argument("--shared", default=os.path.join(HERE, "..", "..", "shared"))
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = {**gold(args, folder), **conformance(args, folder)}
    with open(os.path.join(HERE, "floors.json"), encoding="utf8") as f:
        floors = json.load(f)
    low = 0
    for name, figure in figures.items():
        below = figure < floors[name]
        low += below
        print(f"{name:16} {figure:.4f}  floor {floors[name]:.4f}{'  BELOW' if below else ''}")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
