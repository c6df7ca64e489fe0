"""Writes the Parquet files of modules/parquet's tests with pyarrow: tools/parquet/write-test-files.py FOLDER"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
rows = 10
columns = {
    "path": [f"images/{i}.png" for i in range(rows)],
    "label": pa.array(["cat", "döner", "cat", None, "dog"] * 2),
    "patient": pa.array(list(range(rows)), pa.int64()),
    "age": pa.array([1.5, 2, None, 4, 5] * 2, pa.float64()),
    "biopsied": pa.array([True, False] * 5),
}
table = pa.table(columns)
for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pq.write_table(table, folder / f"{codec}.parquet", compression=codec)
pq.write_table(
    table, folder / "v2-pages.parquet", data_page_version="2.0", compression="zstd", row_group_size=3,
    use_dictionary=False, column_encoding={"path": "DELTA_BYTE_ARRAY", "patient": "DELTA_BINARY_PACKED"},
    write_page_checksum=True)
dictionary = table.set_column(1, "label", table["label"].dictionary_encode())
pq.write_table(dictionary, folder / "categories.parquet")
pq.write_table(table.slice(0, 0), folder / "no-rows.parquet")
nested = pa.table({
    "image": pa.array([{"bytes": b"\x89PNG", "path": f"{i}.png"} for i in range(3)]),
    "label": ["a", "b", "a"],
    "tags": [["x"], [], ["y", "z"]],
    "pixels": [b"\x00\xff", b"\x01", b""],
    "when": pa.array([0, 1, 2], pa.timestamp("us")),
})
pq.write_table(nested, folder / "hugging-face.parquet")
