"""Listings: paging of both versions, prefixes, keys of every kind."""

import datetime

from gateway import BUCKET, client

s3 = client()
strange = ["a//b", "a/b", "dir/", "&<>\"+ %?#", "emoji-\U0001f600", "\x01", "\n", "\U0010ffff", "z\\"]
plain = [f"page/{number:03}" for number in range(30)]
for key in strange + plain:
    s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
ordered = sorted(strange + plain, key=lambda key: key.encode())


def keys(operation, **arguments):
    pages = s3.get_paginator(operation).paginate(Bucket=BUCKET, **arguments)
    return [one["Key"] for page in pages for one in page.get("Contents", [])]


for size in (1, 7, 1000):
    for operation in ("list_objects_v2", "list_objects"):
        found = keys(operation, PaginationConfig={"PageSize": size})
        assert found == ordered, (operation, size, found)
for key in ordered:
    assert s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == key.encode(), key

first = s3.list_objects_v2(Bucket=BUCKET, MaxKeys=7)
assert first["IsTruncated"] and first["KeyCount"] == 7 and first["NextContinuationToken"]
for one in first["Contents"]:
    assert one["ETag"].startswith('"') and one["Size"] == len(one["Key"].encode())
    assert isinstance(one["LastModified"], datetime.datetime)

rolled = s3.list_objects_v2(Bucket=BUCKET, Prefix="a/", Delimiter="/")
assert [one["Prefix"] for one in rolled["CommonPrefixes"]] == ["a//"]
assert [one["Key"] for one in rolled["Contents"]] == ["a/b"]
assert keys("list_objects_v2", StartAfter="page/027", Prefix="page/") == ["page/028", "page/029"]
print("done")
