"""`solieu.extract` and what a wheel must be: exact numbers, errors that say what was expected, quick to import."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
import solieu

TEXT = "Xã Đăk Tơ Pôn có 48/52 hộ thoát nghèo (đạt 92,3%)."


def test_a_record_has_its_numbers_exact_and_its_article():
    record = solieu.extract(TEXT, id="b-1", published="2023-05-11", url="https://bao.vn/1", source="kho/1.txt")
    claims = [(claim["text"], claim["value"], claim["denominator"]) for claim in record["claims"]]
    assert claims == [("48/52", 48, 52), ("92,3%", Decimal("92.3"), None)]
    assert record["checks"][0]["verdict"] == "consistent"
    article = record["article"]
    assert (article["id"], article["url"], article["source"]) == ("b-1", "https://bao.vn/1", "kho/1.txt")
    assert article["text"][record["claims"][0]["start"] :].startswith("48/52")
    assert solieu.extract(TEXT)["article"]["source"] is None


def test_the_date_of_publication_is_what_years_are_counted_from():
    for published, day in [("2021-03-01", "2021-01-01"), ("2023-03-01", "2023-01-01")]:
        claim = solieu.extract("Năm nay, xã Đăk Tơ Pôn có 48 hộ nghèo.", published=published)["claims"][0]
        assert claim["period"]["from"] == day


def test_an_article_without_text_says_so():
    for text in ("", " \n\t"):
        with pytest.raises(solieu.UnreadError, match=r"^expected a text, found one of white space alone$"):
            solieu.extract(text)
    with pytest.raises(TypeError):
        solieu.extract(None)
    small = solieu.Extractor(max_article_bytes=40)
    with pytest.raises(solieu.UnreadError, match="at most 40 bytes, found a longer one"):
        small.extract(TEXT)
    with pytest.raises(solieu.UnreadError, match="expected an article that is read in 0 seconds"):
        solieu.Extractor(max_article_seconds=0).extract(TEXT * 50)


def test_words_of_a_user_are_read_and_travel_with_the_extractor(tmp_path):
    text = "Cả thôn gùi về 12 gùi lúa."
    table = "phrase\tclass\tunit\tcode\ngùi\tmeasure\tgùi\t\n"
    (tmp_path / "toi.tsv").write_text(table, encoding="utf-8")
    plain = solieu.extract(text)["claims"]
    assert [claim["kind"] for claim in plain] != ["measurement"]
    for extractor in (solieu.Extractor(tmp_path), solieu.Extractor(lexicon={"toi.tsv": table})):
        again = pickle.loads(pickle.dumps(extractor))
        for one in (extractor, again):
            assert [(claim["kind"], claim["unit"]) for claim in one.extract(text)["claims"]] == [("measurement", "gùi")]


def test_bad_words_are_refused_with_their_line(tmp_path):
    with pytest.raises(FileNotFoundError, match="expected a folder of tables"):
        solieu.Extractor(tmp_path / "nowhere")
    with pytest.raises(solieu.Error, match=r"expected tables \(\*.tsv\), found none"):
        solieu.Extractor(tmp_path)
    with pytest.raises(ValueError, match=r"toi.tsv:2: expected"):
        solieu.Extractor({"toi.tsv": "phrase\tclass\ngùi\tno-such-class\n"})
    with pytest.raises(ValueError, match="max_article_seconds"):
        solieu.Extractor(max_article_seconds=-1)


def test_threads_share_an_extractor():
    extractor = solieu.Extractor()
    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(lambda n: extractor.extract(f"Xã có {n} hộ nghèo."), range(2, 60)))
    assert [record["claims"][0]["value"] for record in records] == list(range(2, 60))


def test_importing_brings_no_heavy_library():
    said = (
        "import sys, solieu; print([name for name in ('pyarrow', 'numpy', 'pyspark', 'json') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-I", "-c", said], check=True, capture_output=True, text=True).stdout
    assert "pyarrow" not in found and "numpy" not in found and "pyspark" not in found
