"""The transfer manager: 50 MB in parts, up and down, and a stream of unknown length."""

import hashlib
import io
import random

from gateway import BUCKET, client

s3 = client()
content = random.Random(1).randbytes(50_000_000)
with open("large", "wb") as file:
    file.write(content)

s3.upload_file("large", BUCKET, "large")
s3.download_file(BUCKET, "large", "back")
with open("back", "rb") as file:
    assert hashlib.sha256(file.read()).digest() == hashlib.sha256(content).digest()
head = s3.head_object(Bucket=BUCKET, Key="large")
assert head["ContentLength"] == len(content)
assert head["ETag"].endswith('-6"'), head["ETag"]

s3.upload_fileobj(io.BytesIO(content[:100_000]), BUCKET, "small")
target = io.BytesIO()
s3.download_fileobj(BUCKET, "small", target)
assert target.getvalue() == content[:100_000]
assert not s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads")
print("done")
