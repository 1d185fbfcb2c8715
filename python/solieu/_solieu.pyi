"""The compiled part. Docstrings are those of the methods themselves (`help(solieu.Extractor)`)."""

from collections.abc import Mapping
from os import PathLike
from typing import Any, Literal, Protocol

import pyarrow as pa

__version__: str
SCHEMA_VERSION: str

class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

def schema() -> pa.Schema: ...

class Extractor:
    def __new__(
        cls,
        lexicon: str | PathLike[str] | Mapping[str, str] | None = None,
        *,
        max_article_bytes: int | None = None,
        max_article_seconds: float = 60.0,
    ) -> Extractor: ...
    def extract(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> dict[str, Any]: ...
    def extract_batch(
        self,
        articles: _Array | _Stream,
        /,
        *,
        on_error: Literal["raise", "skip"] = "raise",
        jobs: int = 1,
        text: str | None = None,
        html: str | None = None,
        id: str | None = None,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> pa.RecordBatch: ...
    def unread(
        self,
        articles: _Array | _Stream,
        /,
        *,
        jobs: int = 1,
        text: str | None = None,
        html: str | None = None,
        id: str | None = None,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> pa.RecordBatch: ...
    def columns(
        self,
        schema: pa.Schema,
        /,
        *,
        text: str | None = None,
        html: str | None = None,
        id: str | None = None,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        source: str | None = None,
    ) -> dict[str, str]: ...
