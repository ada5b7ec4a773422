"""Presigned addresses of both signature versions, as boto3 makes them."""

import urllib.error
import urllib.request

import gateway
from gateway import BUCKET

BODY = b"by address"


def fetch(method, address, body=None):
    request = urllib.request.Request(address, data=body, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


for version in ("s3v4", "s3"):
    s3 = gateway.client(signature_version=version)
    where = {"Bucket": BUCKET, "Key": f"with space/{version}+ü"}
    put = s3.generate_presigned_url("put_object", Params={**where, "ContentType": "text/x"})
    request = urllib.request.Request(
        put, data=BODY, method="PUT", headers={"Content-Type": "text/x"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    get = s3.generate_presigned_url("get_object", Params=where)
    assert fetch("GET", get) == (200, BODY), version
    assert fetch("GET", get + "0")[0] == 403, version
    assert fetch("DELETE", get)[0] == 403, version
    named = s3.generate_presigned_url(
        "get_object", Params={**where, "ResponseContentType": "text/y"}
    )
    with urllib.request.urlopen(named) as answer:
        assert answer.headers["Content-Type"].startswith("text/y")
print("done")
