#!/usr/bin/env python3
"""Makes the two unit tables of src/claim/link/gazetteer from the lists of the General Statistics Office.

    python3 tools/gazetteer.py LISTS [src/claim/link/gazetteer]

LISTS is a folder with provinces_old.tsv, districts_old.tsv, wards_old.tsv, provinces_new.tsv, wards_new.tsv,
mapping_old_to_new.tsv, province_map_old_to_new.tsv and changes_2026.tsv (columns in docs/places.md).
The same lists give the same bytes. Only the standard library is used.
"""
import csv
import pathlib
import sys
import unicodedata

HEAD = """\
# {what}
# Source: the General Statistics Office's lists of codes and names (public facts), as exported by
# tranngocminhhieu/vietnamadminunits (MIT) and thanglequoc/vietnamese-provinces-database (MIT), cross-checked.
# Made by tools/gazetteer.py; do not edit. As of {asof}.
# Rows stand in the order of the hierarchy: {order}; the length of the code is the level (2, 3 or 5 digits).
# {columns}
"""

# Pairs that only one of the two sources has are mostly false joins on homonyms; these two wards have no other.
TRUSTED = {"01651", "02482"}


def rows(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def full(unit_type, name):
    name = unicodedata.normalize("NFC", name).replace("\u2019", "'").replace("' ", "'")
    return f"{unit_type} {' '.join(name.split())}"


def write(path, head, lines):
    path.write_text(head + "".join("\t".join(line).rstrip("\t") + "\n" for line in lines), encoding="utf-8")


def main(lists, out):
    went = {}
    for pair in rows(lists, "mapping_old_to_new.tsv"):
        old = pair["old_code"]
        # "D318" is the code of an old district without wards (the island districts).
        if pair["source"] in ("both", "nso") or old.startswith("D") or old in TRUSTED:
            went.setdefault(old.removeprefix("D"), set()).add(pair["new_code"])
    for pair in rows(lists, "province_map_old_to_new.tsv"):
        went[pair["old_code"]] = {pair["new_code"]}

    def by(key, table):
        groups = {}
        for row in sorted(table, key=lambda row: row["code"]):
            groups.setdefault(row[key], []).append(row)
        return groups

    def old_line(row):
        return row["code"], full(row["type"], row["name"]), " ".join(sorted(went.get(row["code"], ())))

    districts = by("province_code", rows(lists, "districts_old.tsv"))
    wards = by("district_code", rows(lists, "wards_old.tsv"))
    lines = []
    for province in sorted(rows(lists, "provinces_old.tsv"), key=lambda row: row["code"]):
        lines.append(old_line(province))
        for district in districts.get(province["code"], []):
            lines.append(old_line(district))
            lines.extend(old_line(ward) for ward in wards.get(district["code"], []))
    write(out / "units_old.tsv", HEAD.format(
        what="Administrative units of Viet Nam before 1 July 2025 (system vn-2025-06).", asof="30 June 2025",
        order="province, its districts, each with its wards",
        columns="code, full name, codes of the new units that it went into (a district's are those of its wards)",
    ), lines)

    changed = {row["code"]: row for row in rows(lists, "changes_2026.tsv")}

    def new_line(row):
        change = changed.get(row["code"])
        return row["code"], full(row["type"], row["name"]), full(change["type_2025"], row["name"]) if change else ""

    wards = by("province_code", rows(lists, "wards_new.tsv"))
    lines = []
    for province in sorted(rows(lists, "provinces_new.tsv"), key=lambda row: row["code"]):
        lines.append(new_line(province))
        lines.extend(new_line(ward) for ward in wards.get(province["code"], []))
    write(out / "units_new.tsv", HEAD.format(
        what="Administrative units of Viet Nam from 1 July 2025 (system vn-2025-07).", asof="25 July 2026",
        order="province, its wards", columns="code, full name, full name before 30 April 2026 where it differs",
    ), lines)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else "src/claim/link/gazetteer"))
