"""Files through fsspec's s3fs. Arguments: the endpoint, a new bucket."""

import os
import sys

import s3fs

ENDPOINT, BUCKET = sys.argv[1:]
files = s3fs.S3FileSystem(
    key=os.environ["AWS_ACCESS_KEY_ID"], secret=os.environ["AWS_SECRET_ACCESS_KEY"],
    endpoint_url=ENDPOINT, use_listings_cache=False)
files.mkdir(BUCKET)
with files.open(f"{BUCKET}/dir/a ü.txt", "wb") as file:
    file.write(b"hello")
assert files.cat(f"{BUCKET}/dir/a ü.txt") == b"hello"
assert files.ls(f"{BUCKET}/dir") == [f"{BUCKET}/dir/a ü.txt"]
assert files.isdir(f"{BUCKET}/dir") and not files.exists(f"{BUCKET}/none")
with files.open(f"{BUCKET}/large", "wb", block_size=5 << 20) as file:
    for number in range(12):
        file.write(bytes([number]) * (1 << 20))
assert files.size(f"{BUCKET}/large") == 12 << 20
with files.open(f"{BUCKET}/large", "rb") as file:
    file.seek(7 << 20)
    assert file.read(3) == b"\x07\x07\x07"
files.mv(f"{BUCKET}/large", f"{BUCKET}/moved")
assert sorted(files.find(BUCKET)) == [f"{BUCKET}/dir/a ü.txt", f"{BUCKET}/moved"]
files.setxattr(f"{BUCKET}/moved", color="blue")
assert files.getxattr(f"{BUCKET}/moved", "color") == "blue"
files.rm(BUCKET, recursive=True)
print("done")
