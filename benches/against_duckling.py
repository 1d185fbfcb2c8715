#!/usr/bin/env python3
"""How fast Duckling's Vietnamese rules (numbers, money, durations) and solieu read the same articles, in one run.

    pip install pyduckling-native-phihos
    benches/against_duckling.py FILE.jsonl [ARTICLES]

Both with one thread; the first ARTICLES lines (200 unless told) for Duckling, the whole file for solieu, so that its
start does not count. Rates are megabytes of text per second of processor time, which other programs disturb least.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys

import duckling

SOLIEU = pathlib.Path(__file__).resolve().parents[1] / "target" / "release" / "solieu"


def seconds(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def duckling_rate(texts):
    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    now = duckling.parse_ref_time(zones, "Asia/Ho_Chi_Minh", 1700000000)
    locale = duckling.parse_locale("VI_XX", duckling.default_locale_lang(duckling.parse_lang("VI")))
    context = duckling.Context(now, locale)
    dimensions = duckling.parse_dimensions(["amount-of-money", "duration", "number"])
    began = seconds(resource.RUSAGE_SELF)
    for text in texts:
        duckling.parse(text, context, dimensions, False)
    return sum(len(text.encode()) for text in texts) / 1e6 / (seconds(resource.RUSAGE_SELF) - began)


def solieu_rate(path, texts):
    began = seconds(resource.RUSAGE_CHILDREN)
    command = [SOLIEU, "extract", path, "--duplicates", "keep", "--jobs", "1", "--quiet", "-o", os.devnull]
    subprocess.run(command, check=True)
    return sum(len(text.encode()) for text in texts) / 1e6 / (seconds(resource.RUSAGE_CHILDREN) - began)


def main():
    with open(sys.argv[1], encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    some = texts[: int((sys.argv[2:] or ["200"])[0])]
    theirs = duckling_rate(some)
    ours = solieu_rate(sys.argv[1], texts)
    print(f"Duckling {theirs:.3f} MB/s ({len(some)} articles), solieu {ours:.1f} MB/s ({len(texts)}): {ours / theirs:.0f} times")


if __name__ == "__main__":
    main()
