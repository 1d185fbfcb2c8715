"""`solieu.spark` by a real Spark: the rows of the command line whatever the partitions, after a worker was killed, and
from a stream; errors that say partition, row, column and what was expected."""

import json
import os
import signal
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import solieu
import solieu.spark
from conftest import rows
from pyspark.errors import PythonException
from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        # Two cores, and a task may fail twice before its job does.
        SparkSession.builder.master("local[2,3]")
        .config("spark.ui.enabled", "false")
        # A cell of 100 MB stands several times in the memory of Java.
        .config("spark.driver.memory", "3g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def kho(articles, tmp_path_factory):
    at = tmp_path_factory.mktemp("kho")
    pq.write_table(articles, at / "kho.parquet", row_group_size=50)
    with open(at / "kho.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in articles.to_pylist())
    return at


def plain(df):
    return rows([row.asDict() for row in df.collect()])


def test_rows_are_those_of_the_command_line_whatever_the_partitions(spark, kho, command):
    expected = rows(command)
    df = spark.read.parquet(str(kho / "kho.parquet"))
    assert plain(solieu.spark.claims(df.repartition(7))) == expected
    assert plain(solieu.spark.claims(df.coalesce(1), jobs=2)) == expected
    lines = spark.read.json(str(kho / "kho.jsonl"))
    assert plain(solieu.spark.claims(lines, "text", "id")) == expected


def test_the_schema_is_that_of_parquet_with_its_meanings(spark, kho, command, tmp_path):
    schema = solieu.spark.schema()
    assert schema["value"].dataType.simpleString() == "decimal(38,9)"
    assert schema["period_from"].dataType.simpleString() == "date"
    assert all(field.metadata["comment"] for field in schema)
    claims = solieu.spark.claims(spark.read.parquet(str(kho / "kho.parquet")))
    claims.write.partitionBy("kind").parquet(str(tmp_path / "claims"))
    again = pq.read_table(tmp_path / "claims")
    assert set(again.schema.names) == set(command.schema.names) and again.num_rows == command.num_rows
    assert again.schema.field("value").type == pa.decimal128(38, 9)


def test_a_worker_that_is_killed_is_no_loss(spark, kho, command, tmp_path):
    df = spark.read.parquet(str(kho / "kho.parquet")).repartition(4)
    marks = str(tmp_path)

    def killed_once(read):
        def each(batches):
            from pyspark import TaskContext

            mark = f"{marks}/{TaskContext.get().partitionId()}"
            for n, claims in enumerate(read(batches)):
                yield claims
                if n == 0 and not os.path.exists(mark):
                    open(mark, "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)

        return each

    extractor, columns, chosen = solieu.spark._chosen(df, None)
    read = solieu.spark._reader(extractor, columns, "raise", 1)
    found = chosen.mapInArrow(killed_once(read), solieu.spark.schema())
    assert plain(found) == rows(command)
    assert len(os.listdir(tmp_path)) == 4


def test_a_stream_is_read_like_a_table(spark, kho, command, articles, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for n, batch in enumerate(articles.to_batches(max_chunksize=150)):
        pq.write_table(pa.Table.from_batches([batch]), source / f"{n}.parquet")
    stream = spark.readStream.schema(spark.read.parquet(str(source)).schema)
    df = stream.option("maxFilesPerTrigger", 1).parquet(str(source))
    out, state = str(tmp_path / "out"), str(tmp_path / "state")
    written = solieu.spark.claims(df).writeStream.format("parquet").option("checkpointLocation", state)
    query = written.trigger(availableNow=True).start(out)
    query.awaitTermination(300)
    assert query.exception() is None
    assert plain(spark.read.parquet(out)) == rows(command)


def test_words_of_a_user_travel_with_the_job(spark):
    df = spark.createDataFrame([("a", "Cả thôn gùi về 12 gùi lúa.")], ["id", "text"])
    extractor = solieu.Extractor({"toi.tsv": "phrase\tclass\tunit\tcode\ngùi\tmeasure\tgùi\t\n"})
    assert [row.unit for row in solieu.spark.claims(df, extractor=extractor).collect()] == ["gùi"]


def test_columns_that_cannot_be_read_are_told_before_the_job(spark):
    df = spark.createDataFrame([(1, "Xã có 48 hộ nghèo.")], ["text", "bai`in.1"])
    with pytest.raises(solieu.ColumnError, match="column text: expected strings"):
        solieu.spark.claims(df)
    with pytest.raises(solieu.ColumnError, match="expected the column noi_dung, found the columns: text, bai"):
        solieu.spark.claims(df, text="noi_dung")
    assert solieu.spark.claims(df, text="bai`in.1").count() == 1


BAD = [("a", "Xã có 48 hộ nghèo."), ("b", None), ("c", " "), ("d", "Tỉnh thu 12 tỷ đồng."), ("e", "100 MB")]


def test_an_article_that_cannot_be_read_is_told_skipped_or_listed(spark):
    large = "if(text = '100 MB', repeat('dài ', 20000000), text) AS noi_dung"
    df = spark.createDataFrame(BAD, "ma string, text string").coalesce(1).selectExpr("ma", large)
    with pytest.raises(
        PythonException, match=r"partition 0, row 1 \(id 'b'\), column 'noi_dung': expected a text, found null"
    ):
        solieu.spark.claims(df).collect()
    assert [row.article_id for row in solieu.spark.claims(df, on_error="skip").collect()] == ["a", "d"]
    unread = solieu.spark.unread(df).collect()
    assert [(row.row, row.id, row.stage) for row in unread] == [(1, "b", "read"), (2, "c", "read"), (4, "e", "limit")]
    assert unread[2].column == "noi_dung" and "at most 16777216 bytes" in unread[2].message
