"""Forms of both signature versions, as boto3 makes them and a browser posts them."""

import urllib.error
import urllib.request

import gateway
from gateway import BUCKET

BOUNDARY = "boto3form"
BODY = b"by form\r\n--boto3"


def post(made, fields, body=BODY):
    parts = b""
    for name, value in {**made["fields"], **fields}.items():
        parts += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        parts += value.encode() + b"\r\n"
    parts += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"'.encode()
    parts += b"\r\n\r\n" + body + f"\r\n--{BOUNDARY}--\r\n".encode()
    request = urllib.request.Request(
        made["url"],
        data=parts,
        headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


for version in ("s3v4", "s3"):
    s3 = gateway.client(signature_version=version)
    made = s3.generate_presigned_post(
        BUCKET,
        f"{version}/ü/${{filename}}",
        Fields={"acl": "private"},
        Conditions=[
            {"acl": "private"},
            ["starts-with", "$Content-Type", "text/"],
            ["content-length-range", 1, 100],
        ],
    )
    assert post(made, {"Content-Type": "text/x"}) == 204, version
    stored = gateway.client().get_object(Bucket=BUCKET, Key=f"{version}/ü/f")
    assert stored["Body"].read() == BODY
    assert stored["ContentType"] == "text/x"
    assert post(made, {"Content-Type": "image/x"}) == 403, version
    assert post(made, {"Content-Type": "text/x", "x-amz-meta-a": "b"}) == 403, version
    assert post(made, {"Content-Type": "text/x"}, b"x" * 101) == 400, version
    assert post(made, {"Content-Type": "text/x"}, b"") == 400, version
print("done")
