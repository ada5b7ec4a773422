"""Digests that do not fit are refused, and change nothing."""

import base64
import hashlib
import zlib

from gateway import BUCKET, client, refused

s3 = client()
s3.put_object(Bucket=BUCKET, Key="k", Body=b"old")
at = {"Bucket": BUCKET, "Key": "k", "Body": b"new"}
wrong_md5 = base64.b64encode(hashlib.md5(b"other").digest()).decode()
wrong_crc = base64.b64encode(zlib.crc32(b"other").to_bytes(4, "big")).decode()
wrong_sha = base64.b64encode(hashlib.sha256(b"other").digest()).decode()

assert refused(s3.put_object, ContentMD5=wrong_md5, **at) == ("BadDigest", 400)
for arguments in ({"ChecksumCRC32": wrong_crc}, {"ChecksumSHA256": wrong_sha}):
    code, status = refused(s3.put_object, **arguments, **at)
    assert status == 400, (code, status)
assert s3.get_object(Bucket=BUCKET, Key="k")["Body"].read() == b"old"

for algorithm in ("CRC32", "SHA1", "SHA256"):
    answer = s3.put_object(**at, ChecksumAlgorithm=algorithm)
    name = "Checksum" + algorithm
    assert answer[name], answer
    got = s3.get_object(Bucket=BUCKET, Key="k", ChecksumMode="ENABLED")
    assert got[name] == answer[name]
    assert got["Body"].read() == b"new"
print("done")
