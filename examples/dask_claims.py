"""Claims of Parquet files by Dask: each partition goes to `extract_batch` and comes back, both ways as Arrow.

python examples/dask_claims.py kho/ so-lieu/       # pip install 'dask[dataframe]' 'solieu[arrow]'
"""

import sys

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import solieu


def claims(articles: pd.DataFrame) -> pd.DataFrame:
    return solieu.extract_batch(articles).to_pandas(types_mapper=pd.ArrowDtype)


def main(articles: str, out: str) -> None:
    read = dd.read_parquet(articles, dtype_backend="pyarrow")
    schema = solieu.schema()
    meta = pa.table({field.name: pa.array([], field.type) for field in schema}, schema=schema)
    meta = meta.to_pandas(types_mapper=pd.ArrowDtype)
    read.map_partitions(claims, meta=meta).to_parquet(out, schema=schema, write_index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
