"""Compares two tables of answers bit for bit, by spark-submit: compare.py ONE.parquet OTHER.parquet FILES"""
import struct
import sys

from pyspark.sql import SparkSession


def exact(value):
    """Numbers by their bits."""
    if isinstance(value, float):
        return struct.pack(">d", value)
    return [exact(part) for part in value] if isinstance(value, list) else value


def rows(spark, place):
    table = spark.read.parquet(place).collect()
    by_path = {row["path"]: {name: exact(row[name]) for name in row.asDict()} for row in table}
    if len(by_path) != len(table):
        sys.exit(f"{place}: {len(table)} rows about {len(by_path)} files")
    return by_path


def main(one, other, files):
    spark = SparkSession.builder.getOrCreate()
    first, second = rows(spark, one), rows(spark, other)
    if len(first) != files or first.keys() != second.keys():
        sys.exit(f"{len(first)} and {len(second)} rows, not {files} of the same files")
    different = [path for path in first if first[path] != second[path]]
    if different:
        path = different[0]
        sys.exit(f"{len(different)} rows differ, as {first[path]} and {second[path]}")
    broken = sum(row["error"] is not None for row in first.values())
    print(f"{len(first)} rows, each file once; {broken} with an error in place of a score; equal bit for bit")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
