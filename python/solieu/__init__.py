"""Every numeric claim of Vietnamese articles: exact value, unit, entity, property, period, reference, checked.

>>> import solieu
>>> record = solieu.extract("Xã Đăk Tơ Pôn có 48/52 hộ thoát nghèo (đạt 92,3%).")
>>> [(claim["text"], claim["value"]) for claim in record["claims"]]
[('48/52', 48), ('92,3%', Decimal('92.3'))]

`extract_batch` reads the rows of a pyarrow table, `solieu.spark.claims` those of a Spark DataFrame.
"""

from solieu._solieu import SCHEMA_VERSION, Extractor, __version__, schema
from solieu.errors import ColumnError, Error, UnreadError

__all__ = [
    "SCHEMA_VERSION",
    "ColumnError",
    "Error",
    "Extractor",
    "UnreadError",
    "__version__",
    "extract",
    "extract_batch",
    "schema",
    "unread",
]

_PLAIN = Extractor()
# The methods of an extractor with the built-in words and the usual bounds.
extract = _PLAIN.extract
extract_batch = _PLAIN.extract_batch
unread = _PLAIN.unread
