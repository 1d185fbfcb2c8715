"""`extract_batch`: the rows of the command line, from any columns, and errors that say row and column."""

import logging
import pickle

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import solieu
from conftest import article, rows


def test_rows_and_columns_are_those_of_the_command_line(articles, command):
    claims = solieu.extract_batch(articles)
    assert claims.schema.equals(solieu.schema(), check_metadata=True)
    assert claims.schema.equals(command.schema)
    assert claims.num_rows > 2000 and rows(claims) == rows(command)
    # A number with more decimals than the column holds, and one of each other type.
    assert any(claims["value_digits"].to_pylist()) and any(claims["verdicts"].to_pylist())
    assert claims["source"].null_count == claims.num_rows


def test_the_same_whatever_the_batches_and_threads(articles, command):
    whole = solieu.extract_batch(articles)
    pieces = [solieu.extract_batch(batch) for batch in articles.to_batches(max_chunksize=37)]
    assert pa.Table.from_batches(pieces).equals(pa.Table.from_batches([whole]))
    chunked = pa.Table.from_batches(articles.to_batches(max_chunksize=37))
    assert solieu.extract_batch(chunked, jobs=2).equals(whole)
    part = articles.combine_chunks().to_batches()[0].slice(100, 50)
    assert rows(solieu.extract_batch(part)) == [row for row in rows(whole) if 100 <= int(row["article_id"][4:]) < 150]


def test_pandas_polars_and_other_string_types_give_the_same(articles):
    whole = solieu.extract_batch(articles)
    frame = articles.to_pandas()
    assert solieu.extract_batch(frame).equals(whole)
    assert solieu.extract_batch(pl.from_arrow(articles)).equals(whole)
    for kind in (pa.large_string(), pa.string_view()):
        cast = articles.set_column(3, "text", articles["text"].cast(kind))
        assert solieu.extract_batch(cast).equals(whole)
    dates = articles.set_column(2, "published", articles["published"].cast(pa.date32()))
    assert solieu.extract_batch(dates)["value"].equals(whole["value"])
    assert isinstance(pl.from_arrow(whole), pl.DataFrame) and whole.to_pandas(types_mapper=pd.ArrowDtype).shape[1] == 47


def test_columns_are_named_or_guessed(articles, command):
    other = articles.rename_columns(["ma", "de_muc", "in", "bai_in"])
    named = solieu.extract_batch(other, text="bai_in", id="ma", title="de_muc", published="in")
    assert rows(named) == rows(command)
    guessed = articles.rename_columns(["Mã bài", "Tiêu đề", "Ngày đăng", "Nội dung"])
    assert rows(solieu.extract_batch(guessed)) == rows(command)
    paths = articles.append_column("tep", pa.array([f"kho/{n}.txt" for n in range(articles.num_rows)]))
    assert solieu.extract_batch(paths, source="tep")["source"][0].as_py() == "kho/0.txt"


def test_no_rows_are_no_claims():
    empty = solieu.extract_batch(pa.table({"text": pa.array([], pa.string())}))
    assert empty.num_rows == 0 and empty.schema.equals(solieu.schema())
    assert solieu.extract_batch(pa.table({"text": ["Trời nhiều mây."]})).num_rows == 0


def test_a_wrong_column_is_named_with_what_there_is():
    table = pa.table({"text": [1, 2], "id": [[1], [2]], "bai": ["a", "b"]})
    expected = r"column text: expected strings \(string, large_string or string_view\), found Int64"
    with pytest.raises(solieu.ColumnError, match=expected):
        solieu.extract_batch(table)
    with pytest.raises(solieu.ColumnError, match="column id: expected a word or number in each row, found List"):
        solieu.extract_batch(table, text="bai")
    with pytest.raises(solieu.ColumnError, match="expected the column noi_dung, found the columns: text, id, bai"):
        solieu.extract_batch(table, text="noi_dung")
    with pytest.raises(solieu.ColumnError, match="expected a column with the text"):
        solieu.extract_batch(table.select(["bai"]))
    with pytest.raises(TypeError, match="unexpected keyword argument 'txt'"):
        solieu.extract_batch(table, txt="bai")
    with pytest.raises(TypeError, match=r"found (builtins\.)?list"):
        solieu.extract_batch(["Xã có 48 hộ nghèo."])
    with pytest.raises(ValueError, match="jobs: expected 1 or more"):
        solieu.extract_batch(table, text="bai", id="bai", jobs=0)


BAD = pa.table(
    {
        "id": ["a", None, "c", "d", "e"],
        "text": ["Xã có 48 hộ nghèo.", None, "", "Tỉnh thu 12 tỷ đồng.", "dài " * 25_000_000],
    }
)


def test_the_first_article_that_cannot_be_read_is_told_with_its_row():
    with pytest.raises(solieu.UnreadError) as told:
        solieu.extract_batch(BAD)
    assert str(told.value) == "row 1, column 'text': expected a text, found null"
    with pytest.raises(solieu.UnreadError) as told:
        solieu.extract_batch(BAD.slice(2))
    assert str(told.value) == "row 0 (id 'c'), column 'text': expected a text, found one of white space alone"
    with pytest.raises(solieu.UnreadError) as told:
        solieu.extract_batch(BAD.slice(3))
    assert str(told.value).startswith("row 1 (id 'e'), column 'text': expected an article of at most 16777216 bytes")
    assert (told.value.row, told.value.id, told.value.stage) == (1, "e", "limit")
    again = pickle.loads(pickle.dumps(told.value))
    assert str(again) == str(told.value) and str(again.elsewhere(10, None, "partition 2, ")).startswith(
        "partition 2, row 11 ("
    )


def test_what_is_skipped_is_told_and_can_be_listed(caplog):
    with caplog.at_level(logging.WARNING, "solieu"):
        claims = solieu.extract_batch(BAD, on_error="skip")
    assert claims["article_id"].to_pylist() == ["a", "d"]
    assert "3 of 5 articles left out, the first: row 1, column 'text': expected a text, found null" in caplog.text
    unread = solieu.unread(BAD).to_pylist()
    assert [(row["row"], row["id"], row["stage"]) for row in unread] == [
        (1, None, "read"),
        (2, "c", "read"),
        (4, "e", "limit"),
    ]
    assert solieu.unread(BAD.slice(0, 1)).num_rows == 0
    with pytest.raises(ValueError, match="on_error: expected 'raise' or 'skip'"):
        solieu.extract_batch(BAD, on_error="ignore")


def test_a_column_of_nothing_is_a_column_of_nulls():
    unread = solieu.unread(pa.table({"text": pa.nulls(2), "id": pa.nulls(2)}))
    assert unread["message"].to_pylist() == ["expected a text, found null"] * 2


def test_the_lock_of_python_is_free_while_articles_are_read():
    import threading

    done, passes = threading.Event(), 0
    big = pa.Table.from_pylist([article(n) for n in range(3000)])
    worker = threading.Thread(target=lambda: (solieu.extract_batch(big), done.set()))
    worker.start()
    while not done.is_set():
        passes += 1
    worker.join()
    # With the lock held, this loop would have run at the start and the end alone.
    assert passes > 1000
