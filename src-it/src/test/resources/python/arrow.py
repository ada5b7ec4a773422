"""A table written and read with pyarrow's S3 file system. Arguments: the endpoint, a new bucket."""

import os
import sys
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow import fs

ENDPOINT, BUCKET = sys.argv[1:]
address = urlsplit(ENDPOINT)
# The SDK for C++ takes a path behind the authority, as AIStore's users give TensorFlow.
s3 = fs.S3FileSystem(
    access_key=os.environ["AWS_ACCESS_KEY_ID"], secret_key=os.environ["AWS_SECRET_ACCESS_KEY"],
    endpoint_override=address.netloc + address.path, scheme="http", region="us-east-1",
    allow_bucket_creation=True, allow_bucket_deletion=True)

s3.create_dir(BUCKET)
table = pa.table({"n": list(range(200_000)), "s": [f"row {i}" for i in range(200_000)]})
pq.write_table(table, f"{BUCKET}/one.parquet", filesystem=s3)
back = pq.read_table(f"{BUCKET}/one.parquet", filesystem=s3, columns=["n"])
assert back.column("n").to_pylist() == list(range(200_000))

ds.write_dataset(table.append_column("part", pa.array([i % 3 for i in range(200_000)])),
                 f"{BUCKET}/set", filesystem=s3, format="parquet", partitioning=["part"])
found = ds.dataset(f"{BUCKET}/set", filesystem=s3, partitioning=["part"])
assert found.count_rows() == 200_000, found.count_rows()
assert found.to_table(filter=ds.field("part") == 1).num_rows == 66_667

with s3.open_output_stream(f"{BUCKET}/large") as stream:
    for _ in range(12):
        stream.write(b"x" * (1 << 20))
info = s3.get_file_info(f"{BUCKET}/large")
assert info.size == 12 << 20 and info.type == fs.FileType.File, info
with s3.open_input_file(f"{BUCKET}/large") as file:
    assert file.read_at(10, (5 << 20) - 5) == b"x" * 10
assert s3.get_file_info(f"{BUCKET}/set").type == fs.FileType.Directory
assert s3.get_file_info(f"{BUCKET}/none").type == fs.FileType.NotFound
s3.copy_file(f"{BUCKET}/large", f"{BUCKET}/copy")
s3.move(f"{BUCKET}/copy", f"{BUCKET}/moved")
names = {entry.path for entry in s3.get_file_info(fs.FileSelector(BUCKET, recursive=False))}
assert names == {f"{BUCKET}/{name}" for name in ("one.parquet", "set", "large", "moved")}, names
s3.delete_dir_contents(BUCKET)
s3.delete_dir(BUCKET)
print("done")
