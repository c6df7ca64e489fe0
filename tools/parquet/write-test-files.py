"""Writes the Parquet files of modules/parquet's tests with pyarrow: tools/parquet/write-test-files.py FOLDER"""

import json
import struct
import sys
import zlib
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


def png(level):
    """An RGB image of 8 x 8 px of one level, as PNG."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([level]) * 24) * 8
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def pictures(levels):
    """As Hugging Face's datasets writes them: even levels are of class ant, odd ones of class bee."""
    features = {"image": {"_type": "Image"}, "label": {"names": ["ant", "bee"], "_type": "ClassLabel"}}
    columns = {
        "image": pa.array([{"bytes": png(level), "path": f"{level}.png"} for level in levels]),
        "label": pa.array([level % 2 for level in levels], pa.int64()),
        "patient": [f"p{level // 2}" for level in levels],
    }
    return pa.table(columns).replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})


pq.write_table(pictures(range(20)), folder / "pictures.parquet", row_group_size=7)
parts = folder / "parts"
parts.mkdir(exist_ok=True)
pq.write_table(pictures(range(0, 12)), parts / "train-00000-of-00002.parquet")
pq.write_table(pictures(range(12, 24)), parts / "train-00001-of-00002.parquet")
pq.write_table(pictures(range(24, 32)), parts / "test-00000-of-00001.parquet")
beside = pictures(range(4)).set_column(
    0, "image", pa.array([{"bytes": None, "path": f"{i}.png"} for i in range(4)], pa.struct([("bytes", pa.binary()), ("path", pa.string())])))
pq.write_table(beside, folder / "paths-only.parquet")
