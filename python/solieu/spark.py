"""Claims of a Spark DataFrame, batch or streaming: `claims(df, text="noi_dung", id="ma_bai")`.

Each task reads its rows on its own (`mapInArrow`): no shuffle, no state, so rows are the same whatever the partitions,
a task that Spark runs again gives the same rows, and a stream is read like a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_type
from solieu import Extractor, UnreadError
from solieu import schema as claim_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

__all__ = ["claims", "schema", "unread"]

ARTICLES = 256
"""Articles that are read in one go: what is in memory of a task at once are their texts and claims."""

ROWS = 8192
"""Rows of a batch that goes back to Spark, at most."""

_UNREAD = pa.schema(
    [
        pa.field("partition", pa.int32(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("id", pa.string()),
        pa.field("column", pa.string(), nullable=False),
        pa.field("stage", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
    ]
)


def schema() -> StructType:
    """The columns of `claims`: those of Parquet files, each with its description as the comment."""
    described = from_arrow_schema(claim_schema())
    for field, column in zip(described.fields, claim_schema(), strict=True):
        field.metadata = {"comment": column.metadata[b"description"].decode()}
    return described


def claims(
    df: DataFrame,
    text: str | None = None,
    id: str | None = None,
    *,
    html: str | None = None,
    title: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
    on_error: Literal["raise", "skip"] = "raise",
    jobs: int = 1,
    extractor: Extractor | None = None,
) -> DataFrame:
    """A row for each numeric claim in the articles of `df`, one article a row, with the columns of `schema()`.

    Args:
        df: The articles. Only the columns that are read go to Python.
        text, html, id, title, author, published, url: Names of columns; where none is given, the column whose name says
            so ("text", "content", "noi_dung"; "id"; …), as on the command line.
        source: Name of the column that says where an article was read.
        on_error: What to do with an article that cannot be read (null, no text, too long): "raise" ends the job with
            its partition, row and id, "skip" leaves it out with a warning in the worker's log. `unread` lists them.
        jobs: Threads of one task. Spark's own cores are tasks, so 1, unless `spark.task.cpus` says more.
        extractor: One with words or bounds of its own; its tables travel with the job.

    Raises:
        ColumnError: At once, where a column is missing or has another type than it must.
    """
    extractor, columns, chosen = _chosen(
        df,
        extractor,
        text=text,
        html=html,
        id=id,
        title=title,
        author=author,
        published=published,
        url=url,
        source=source,
    )

    return chosen.mapInArrow(_reader(extractor, columns, on_error, jobs), schema())


def unread(
    df: DataFrame,
    text: str | None = None,
    id: str | None = None,
    *,
    html: str | None = None,
    title: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
    jobs: int = 1,
    extractor: Extractor | None = None,
) -> DataFrame:
    """The articles of `df` that `claims` cannot read: partition, row in it, id, column, stage, message.

    It reads every article, so it takes as long as `claims`. Arguments are those of `claims`.
    """
    extractor, columns, chosen = _chosen(
        df,
        extractor,
        text=text,
        html=html,
        id=id,
        title=title,
        author=author,
        published=published,
        url=url,
        source=source,
    )

    roles = {role: role for role in columns}

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        partition, before = _partition(), 0
        for batch in batches:
            for start in range(0, batch.num_rows, ARTICLES):
                found = extractor.unread(batch.slice(start, ARTICLES), jobs=jobs, **roles).to_pylist()
                for row in found:
                    row["partition"] = partition
                    row["row"] += before + start
                    row["column"] = columns[row["column"]]
                yield pa.RecordBatch.from_pylist(found, schema=_UNREAD)
            before += batch.num_rows

    return chosen.mapInArrow(read, from_arrow_schema(_UNREAD))


def _chosen(
    df: DataFrame, extractor: Extractor | None, **asked: str | None
) -> tuple[Extractor, dict[str, str], DataFrame]:
    """The extractor, the names of the columns by role, and these columns alone, called as their roles."""
    extractor = extractor or Extractor()
    columns = extractor.columns(pa.schema([(field.name, _arrow(field.dataType)) for field in df.schema]), **asked)
    names = {role: name.replace("`", "``") for role, name in columns.items()}
    return extractor, columns, df.select(*(df[f"`{name}`"].alias(role) for role, name in names.items()))


def _arrow(kind: DataType) -> pa.DataType:
    """The type of a column in Arrow; where there is none, one that no article can be read of."""
    try:
        return to_arrow_type(kind)
    except Exception:  # each version of Spark has another class for it
        return pa.struct([])


def _partition() -> int:
    context = TaskContext.get()
    return -1 if context is None else context.partitionId()


def _reader(
    extractor: Extractor, columns: dict[str, str], on_error: Literal["raise", "skip"], jobs: int
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Reads the batches of a task in pieces of bounded size."""
    roles = {role: role for role in columns}

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        before = 0
        for batch in batches:
            for start in range(0, batch.num_rows, ARTICLES):
                try:
                    found = extractor.extract_batch(batch.slice(start, ARTICLES), on_error=on_error, jobs=jobs, **roles)
                except UnreadError as error:
                    within = f"partition {_partition()}, "
                    raise error.elsewhere(before + start, columns.get(error.column), within) from None
                for row in range(0, found.num_rows, ROWS):
                    yield found.slice(row, ROWS)
            before += batch.num_rows

    return read
