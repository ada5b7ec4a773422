"""Metadata and system headers through put, copy and multipart upload; conditions."""

from gateway import BUCKET, client, refused

s3 = client()
headers = {
    "ContentType": "text/x",
    "CacheControl": "max-age=1",
    "ContentDisposition": "attachment",
    "ContentEncoding": "gzip",
    "ContentLanguage": "de",
    "Metadata": {"a": "b", "under_score": "kept", "two": "with  spaces"},
}


def check(key, expected):
    head = s3.head_object(Bucket=BUCKET, Key=key)
    for name, value in expected.items():
        assert head[name] == value, (key, name, head[name])


s3.put_object(Bucket=BUCKET, Key="put", Body=b"x", **headers)
check("put", headers)
source = {"Bucket": BUCKET, "Key": "put"}
s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=source)
check("copy", headers)
other = {"ContentType": "text/y", "Metadata": {"c": "d"}}
s3.copy_object(
    Bucket=BUCKET, Key="replaced", CopySource=source, MetadataDirective="REPLACE", **other
)
check("replaced", other)
assert "CacheControl" not in s3.head_object(Bucket=BUCKET, Key="replaced")

upload = s3.create_multipart_upload(Bucket=BUCKET, Key="parts", **headers)["UploadId"]
part = s3.upload_part(Bucket=BUCKET, Key="parts", UploadId=upload, PartNumber=1, Body=b"part")
s3.complete_multipart_upload(
    Bucket=BUCKET,
    Key="parts",
    UploadId=upload,
    MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
)
check("parts", headers)
assert s3.get_object(Bucket=BUCKET, Key="parts")["Body"].read() == b"part"

etag = s3.head_object(Bucket=BUCKET, Key="put")["ETag"]
at = {"Bucket": BUCKET, "Key": "put"}
assert refused(s3.put_object, Body=b"y", IfNoneMatch="*", **at) == ("PreconditionFailed", 412)
assert refused(s3.get_object, IfNoneMatch=etag, **at) == ("304", 304)
assert refused(s3.get_object, IfMatch='"0"', **at) == ("PreconditionFailed", 412)
assert s3.get_object(IfMatch=etag, **at)["Body"].read() == b"x"
print("done")
