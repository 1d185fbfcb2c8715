"""Reads a Parquet file by pyarrow and by DuckDB and holds every cell against the JSON Lines of the same articles."""

import datetime
import json
import sys
from decimal import Decimal, getcontext

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

getcontext().prec = 60
DECIMALS = 9
CUT = 2048


def held(value):
    """A number as its column and the column of digits have it."""
    if value is None:
        return None, None
    value = Decimal(value)
    if value == round(value, DECIMALS):
        return value, None
    return None, format(value.normalize(), "f")


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def words(text):
    return None if text is None else text.encode()[:CUT].decode(errors="ignore")


def row(record, claim):
    """What the row of a claim must be, but for what only the program can make: ids of entities, the nearest float."""
    article, text = record["article"], record["article"].get("text", "")
    sentence, entity = claim["sentence"], claim["entity"] or {}
    place, period, reference = entity.get("place") or {}, claim["period"] or {}, claim["reference"] or {}
    prop = claim["property"] or {}
    verdicts = [check["verdict"] for check in record["checks"] if claim["id"] in check["claims"]]
    worst = [v for v in ("inconsistent", "consistent_if_truncated", "consistent", "implied") if v in verdicts]
    out = {
        "article_id": article["id"],
        **{name: words(article[name]) for name in ("source", "url", "title", "published")},
        "claim_id": claim["id"],
        **{name: claim[name] for name in ("kind", "text", "start", "end", "decimals", "unit", "unit_code", "modifier")},
        **{name: claim[name] for name in ("direction", "statement", "rule")},
        "sentence": text[sentence["start"] : sentence["end"]],
        "sentence_start": sentence["start"],
        "confidence": float(claim["confidence"]),
        "value_real": float(claim["value"]),
        "entity": entity.get("name"),
        "entity_type": entity.get("type"),
        "entity_mention": entity.get("mention"),
        "place": place.get("name"),
        "place_system": place.get("system"),
        "place_code": place.get("code"),
        "province_code": place.get("province"),
        "property": prop.get("expanded") or prop.get("text"),
        "property_text": prop.get("text"),
        "period": period.get("text"),
        "period_from": day(period.get("from")),
        "period_to": day(period.get("to")),
        "reference_role": reference.get("role"),
        "reference": reference.get("text"),
        "verdict": worst[0] if worst else None,
        "verdicts": verdicts,
    }
    numbers = {name: claim[name] for name in ("value", "value_max", "denominator")}
    numbers["reference_value"] = reference.get("value")
    for name, value in numbers.items():
        out[name], out[name + "_digits"] = held(value)
    return out


def same(name, rows, expected):
    assert len(rows) == len(expected), f"{name}: expected {len(expected)} rows, found {len(rows)}"
    for found, wanted in zip(rows, expected):
        for column, value in wanted.items():
            assert found[column] == value, f"{name}: {column} of {wanted['claim_id']}: {found[column]!r}, not {value!r}"
        assert (found["entity_id"] is None) == (found["entity"] is None) == (found["entity_folded"] is None)


def main(parquet, lines):
    with open(lines, encoding="utf-8") as file:
        records = [json.loads(line, parse_float=str, parse_int=lambda digits: digits) for line in file]
    whole = ("start", "end", "decimals", "statement")
    expected = []
    for record in records:
        for claim in record["claims"]:
            claim.update({name: int(claim[name]) for name in whole})
            claim["sentence"] = {name: int(at) for name, at in claim["sentence"].items()}
            expected.append(row(record, claim))

    table = pq.read_table(parquet)
    same("pyarrow", table.to_pylist(), expected)
    for field in table.schema:
        assert field.metadata[b"description"] and field.metadata[b"description_vi"], field.name
    assert table.schema.field("value").type == pa.decimal128(38, 9)
    assert table.schema.field("period_from").type == pa.date32()

    db = duckdb.connect()
    found = db.execute(f"SELECT * FROM '{parquet}'")
    names = [column[0] for column in found.description]
    assert names == table.schema.names and set(expected[0]) < set(names)
    same("DuckDB", [dict(zip(names, cells)) for cells in found.fetchall()], expected)
    total = db.execute(f"SELECT sum(value) FROM '{parquet}' WHERE kind = 'money'").fetchone()[0]
    assert total == sum(claim["value"] or 0 for claim in expected if claim["kind"] == "money"), total

    assert any(claim["value_digits"] for claim in expected), "no number with more decimals than a column holds"
    assert Decimal("79228162514264337593543") in [claim["value"] for claim in expected]
    group = pq.ParquetFile(parquet).metadata.row_group(0)
    assert group.column(0).compression == "ZSTD" and group.column(0).statistics.has_min_max
    print(f"{len(expected)} claims of {len(records)} articles, {len(names)} columns: pyarrow and DuckDB read every cell")


main(*sys.argv[1:])
