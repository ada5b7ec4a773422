"""Buckets and objects: create, put, get, list, delete."""

import hashlib

from gateway import BUCKET, client, refused

s3 = client()
body = bytes(range(256)) * 100
etag = f'"{hashlib.md5(body).hexdigest()}"'

assert s3.put_object(Bucket=BUCKET, Key="a/b c", Body=body)["ETag"] == etag
got = s3.get_object(Bucket=BUCKET, Key="a/b c")
assert got["Body"].read() == body
assert got["ETag"] == etag
assert got["ContentLength"] == len(body)
assert s3.head_object(Bucket=BUCKET, Key="a/b c")["ContentType"] == "binary/octet-stream"
assert s3.get_object(Bucket=BUCKET, Key="a/b c", Range="bytes=1-3")["Body"].read() == b"\1\2\3"
assert [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["a/b c"]
assert BUCKET in [one["Name"] for one in s3.list_buckets()["Buckets"]]
assert s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] is None

assert refused(s3.get_object, Bucket=BUCKET, Key="none") == ("NoSuchKey", 404)
assert refused(s3.head_object, Bucket=BUCKET, Key="none") == ("404", 404)
assert refused(s3.get_object, Bucket=BUCKET + "-none", Key="none") == ("NoSuchBucket", 404)
assert refused(s3.delete_bucket, Bucket=BUCKET) == ("BucketNotEmpty", 409)
assert refused(s3.get_object, Bucket=BUCKET, Key="a/b c", Range="bytes=99999-") == (
    "InvalidRange",
    416,
)

copied = s3.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": "a/b c"})
assert copied["CopyObjectResult"]["ETag"] == etag
gone = s3.delete_objects(
    Bucket=BUCKET, Delete={"Objects": [{"Key": "a/b c"}, {"Key": "never there"}]}
)
assert {one["Key"] for one in gone["Deleted"]} == {"a/b c", "never there"}
answer = s3.delete_object(Bucket=BUCKET, Key="copy")
assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
s3.delete_bucket(Bucket=BUCKET)
assert refused(s3.head_bucket, Bucket=BUCKET) == ("404", 404)
print("done")
