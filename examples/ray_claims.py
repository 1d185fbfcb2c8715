"""Claims of Parquet files by Ray Data: batches are Arrow tables, so `extract_batch` is the whole of it.

python examples/ray_claims.py kho/ so-lieu/        # pip install 'ray[data]' 'solieu[arrow]'
"""

import sys

import pyarrow as pa
import ray
import solieu


def claims(articles: pa.Table) -> pa.Table:
    return pa.Table.from_batches([solieu.extract_batch(articles)])


def main(articles: str, out: str) -> None:
    read = ray.data.read_parquet(articles)
    read.map_batches(claims, batch_format="pyarrow", batch_size=1000).write_parquet(out)


main(*sys.argv[1:])
