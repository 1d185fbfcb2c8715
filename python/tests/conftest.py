"""Articles of our own, and the command line to hold Python against (SOLIEU names it; target/release/solieu else)."""

import json
import os
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("SOLIEU", ROOT / "target/release/solieu")).resolve()

SENTENCES = [
    "Năm 2022, xã Đăk Tơ Pôn có {n}/{m} hộ thoát nghèo (đạt {p},3%).",
    "Thu ngân sách huyện Ia Rơn đạt 1.{n} tỷ đồng, tăng {p},5% so với năm trước.",
    "Trong quý {q}, Công ty Cao su Chư Pa xuất khẩu {m},{n} tấn mủ, đạt {p}% kế hoạch năm.",
    "Mưa lũ làm {m} ngôi nhà hư hỏng, thiệt hại khoảng {n},{q} tỷ đồng; 0,00000000{n} mm là sai số.",
    "Tỉnh Kon Tum trồng {n} ha rừng, bằng {p}% so với cùng kỳ.",
]


def article(n: int) -> dict:
    numbers = {"n": 100 + n, "m": 200 + 3 * n, "p": 10 + n % 80, "q": 1 + n % 4}
    text = " ".join(sentence.format(**numbers) for sentence in SENTENCES[n % 3 :])
    published = f"202{n % 4}-0{1 + n % 9}-1{n % 10}"
    return {"id": f"bai-{n}", "title": f"Tin ngày thứ {n}", "published": published, "text": text}


@pytest.fixture(scope="session")
def articles() -> pa.Table:
    rows = [article(n) for n in range(400)]
    # No text twice: a run of the command line would say so of both, Python reads each row on its own.
    assert len({row["text"] for row in rows}) == len(rows)
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="session")
def command(articles, tmp_path_factory) -> pa.Table:
    """The claims of the same articles by the command line."""
    at = tmp_path_factory.mktemp("command")
    with open(at / "kho.jsonl", "w", encoding="utf-8") as file:
        for row in articles.to_pylist():
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    options = ["--quiet", "--jobs", "2", "--duplicates", "keep"]
    subprocess.run([COMMAND, "extract", at / "kho.jsonl", "-o", at / "claims.parquet", *options], check=True)
    return pq.read_table(at / "claims.parquet")


def rows(claims) -> list[dict]:
    """Rows in the order of articles and claims, without the file that only the command line knows."""
    cells = claims.to_pylist() if hasattr(claims, "to_pylist") else claims
    cells = [{name: cell for name, cell in row.items() if name != "source"} for row in cells]
    return sorted(cells, key=lambda row: (row["article_id"], row["start"], row["claim_id"]))
