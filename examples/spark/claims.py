"""Claims of an archive, by spark-submit: Parquet or JSON Lines in, Parquet by year out.

    spark-submit --master 'local[2]' examples/spark/claims.py kho.parquet so-lieu/
    spark-submit --master spark://host:7077 examples/spark/claims.py 's3a://kho/*.jsonl' s3a://so-lieu/ --text noi_dung

Workers need the wheel (`pip install 'solieu[spark]'`) in the Python that PYSPARK_PYTHON names.
"""

import argparse

import solieu.spark
from pyspark import StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as f


def main() -> None:
    typed = argparse.ArgumentParser(description="claims of an archive, as Parquet by year")
    typed.add_argument("articles", help="Parquet files, or JSON Lines (a name with .json in it)")
    typed.add_argument("claims", help="the folder to write; what it holds is replaced")
    for role in ("text", "id", "title", "published", "url"):
        typed.add_argument(
            f"--{role}",
            metavar="COLUMN",
            help=f"the column that holds it, where its name is not {role}",
        )
    typed.add_argument(
        "--skip-unread",
        action="store_true",
        help="leave out articles that cannot be read",
    )
    typed.add_argument(
        "--flat",
        action="store_true",
        help="as the tasks give them: not by year, not sorted",
    )
    given = typed.parse_args()

    spark = SparkSession.builder.appName("solieu").getOrCreate()
    lines = ".json" in given.articles
    articles = spark.read.json(given.articles) if lines else spark.read.parquet(given.articles)
    claims = solieu.spark.claims(
        articles,
        text=given.text,
        id=given.id,
        title=given.title,
        published=given.published,
        url=given.url,
        on_error="skip" if given.skip_unread else "raise",
    )
    if not given.flat:
        # What a claim is about in time, else when it was said.
        year = f.coalesce(f.year("period_from"), f.year(f.to_date(f.substring("published", 1, 10)))).alias("year")
        # Ranges are chosen by a sample, so rows are needed twice: the articles are read once all the same.
        claims = claims.select(year, "*").persist(StorageLevel.DISK_ONLY)
        # In each year the order of places: the least and greatest value of a row group let a reader pass over all but a
        # few. Small row groups, for most questions are about one place.
        order = ["year", "province_code", "place_code", "period_from", "claim_id"]
        claims = claims.repartitionByRange(*order[:3]).sortWithinPartitions(*order)
        written = claims.write.mode("overwrite").partitionBy("year").option("compression", "zstd")
        written.option("parquet.block.size", 16 << 20).parquet(given.claims)
    else:
        claims.write.mode("overwrite").option("compression", "zstd").parquet(given.claims)
    spark.stop()


if __name__ == "__main__":
    main()
