"""Provokes every error that a client can, and tells which code and status came: a line for each."""

import base64
import datetime
import hashlib
import hmac
import http.client
import os
import urllib.request
from urllib.parse import urlsplit

import boto3
from botocore.auth import S3SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from gateway import BUCKET, ENDPOINT, client

S3 = client(parameter_validation=False)
OWN = (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
OTHER = (os.environ["OTHER_ACCESS_KEY_ID"], os.environ["OTHER_SECRET_ACCESS_KEY"])
AT = {"Bucket": BUCKET, "Key": "k"}
ACLS, LOCKED, FAR = f"{BUCKET}-acls", f"{BUCKET}-locked", f"{BUCKET}-far"
MD5 = base64.b64encode(hashlib.md5(b"other").digest()).decode()


def connect(keys, token=None, region="us-east-1"):
    return boto3.client(
        "s3", endpoint_url=ENDPOINT, aws_access_key_id=keys[0], aws_secret_access_key=keys[1],
        aws_session_token=token, region_name=region,
        config=Config(s3={"addressing_style": "path"}, parameter_validation=False,
                      retries={"max_attempts": 1}))


def call(operation, headers=None, s3=S3, **arguments):
    """A call of the SDK that has to fail, with headers that it would not send by itself."""
    def add(request, **_):
        for name, value in (headers or {}).items():
            request.headers[name] = value
    s3.meta.events.register("before-sign.s3", add)
    try:
        getattr(s3, operation)(**arguments)
    except ClientError as error:
        meta = error.response["ResponseMetadata"]
        told = error.response["Error"]
        assert told["Message"], told
        assert meta["RequestId"] and meta["HostId"], meta
        return told["Code"], meta["HTTPStatusCode"]
    finally:
        s3.meta.events.unregister("before-sign.s3", add)
    raise AssertionError(f"{operation} was not refused: {arguments}")


def parsed(status, body, headers):
    """The document of an error that is sent by hand."""
    import xml.etree.ElementTree as tree
    root = tree.fromstring(body)
    assert root.tag == "Error", body
    told = {child.tag: child.text for child in root}
    assert told["Message"] and told["HostId"], told
    assert told["RequestId"] == headers["x-amz-request-id"], (told, headers)
    return told["Code"], status


def send(method, target, headers=None, body=b"", signed=True, sent=None):
    """What no SDK would send, signed by botocore; other bytes than those signed when told so."""
    address = urlsplit(ENDPOINT)
    request = AWSRequest(method=method, url=ENDPOINT + target, data=body, headers=headers or {})
    if signed:
        S3SigV4Auth(Credentials(*OWN), "s3", "us-east-1").add_auth(request)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    split = urlsplit(request.url)
    connection.request(method, split.path + ("?" + split.query if split.query else ""),
                       body if sent is None else sent, dict(request.headers.items()))
    answer = connection.getresponse()
    return parsed(answer.status, answer.read(), answer.headers)


def form(fields, file=b"content", with_file=True, content_type=None):
    """Posts a form."""
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]
    if with_file:
        parts.append(b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
                     + file + b"\r\n")
    body = b"".join(parts) + b"--b--\r\n"
    return send("POST", f"/{BUCKET}", body=body, signed=False, headers={
        "content-type": content_type or "multipart/form-data; boundary=b"})


def form_of_policy(policy):
    """A form whose policy is no JSON, signed all the same."""
    fields = {**signed_form([]), "policy": base64.b64encode(policy).decode()}
    signature = hmac.new(OWN[1].encode(), fields["policy"].encode(), hashlib.sha1).digest()
    fields["signature"] = base64.b64encode(signature).decode()
    return form(fields)


def signed_form(conditions, **fields):
    return S3.generate_presigned_post(BUCKET, "form", Fields=fields, Conditions=conditions)["fields"]


def presigned(seconds):
    request = AWSRequest(method="GET", url=f"{ENDPOINT}/{BUCKET}/k")
    SigV4QueryAuth(Credentials(*OWN), "s3", "us-east-1", expires=seconds).add_auth(request)
    try:
        urllib.request.urlopen(request.url)
    except urllib.error.HTTPError as error:
        return parsed(error.code, error.read(), error.headers)
    raise AssertionError("served")


def prepare():
    S3.put_object(Body=b"content", **AT)
    S3.put_object(Bucket=BUCKET, Key="cold", Body=b"x", StorageClass="GLACIER")
    S3.create_bucket(Bucket=ACLS, ObjectOwnership="ObjectWriter")
    S3.create_bucket(Bucket=LOCKED, ObjectLockEnabledForBucket=True)
    S3.create_bucket(Bucket=FAR, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    S3.put_object(Bucket=LOCKED, Key="gone", Body=b"x")
    S3.put_object(Bucket=LOCKED, Key="k", Body=b"x")


def skewed():
    now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    import botocore.auth
    kept = botocore.auth.get_current_datetime
    botocore.auth.get_current_datetime = lambda *_, **__: now.replace(tzinfo=None)
    try:
        return send("GET", f"/{BUCKET}/k", headers={"x-amz-date": stamp})
    finally:
        botocore.auth.get_current_datetime = kept


def acl(**more):
    return {"Bucket": ACLS, "AccessControlPolicy": {
        "Owner": S3.get_bucket_acl(Bucket=ACLS)["Owner"], "Grants": [{"Permission": "READ", **more}]}}


def multipart(parts):
    upload = S3.create_multipart_upload(**AT)["UploadId"]
    tags = [S3.upload_part(PartNumber=n, UploadId=upload, Body=b"p", **AT)["ETag"] for n in (1, 2)]
    return call("complete_multipart_upload", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": n, "ETag": tags[n - 1] if tag is None else tag} for n, tag in parts]},
        **AT)


def lifecycle(**rule):
    return {"Bucket": BUCKET, "LifecycleConfiguration": {"Rules": [rule]}}


def lock(**retention):
    return {"Bucket": LOCKED, "ObjectLockConfiguration": {
        "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}}


def logging(target):
    return {"Bucket": BUCKET, "BucketLoggingStatus": {
        "LoggingEnabled": {"TargetBucket": target, "TargetPrefix": ""}}}


def renamed():
    S3.put_object(Bucket=BUCKET, Key="r1", Body=b"x")
    for key in ("r2", "r3"):
        request = {"x-amz-rename-source": f"/{BUCKET}/r1", "x-amz-client-token": "token"}
        if key == "r2":
            try:
                send("PUT", f"/{BUCKET}/{key}?renameObject", request)
            except Exception:  # no document: it was renamed
                continue
        return send("PUT", f"/{BUCKET}/{key}?renameObject", request)


def marker_version():
    version = S3.delete_object(Bucket=LOCKED, Key="gone")["VersionId"]
    return call("get_object", Bucket=LOCKED, Key="gone", VersionId=version)


def without_ownership():
    S3.delete_bucket_ownership_controls(Bucket=ACLS)
    return call("get_bucket_ownership_controls", Bucket=ACLS)


def without_access_block():
    S3.delete_public_access_block(Bucket=BUCKET)
    return call("get_public_access_block", Bucket=BUCKET)


def main():
    prepare()
    tag = {"Key": "a", "Value": "b"}
    note = f"/{BUCKET}/k?annotation&annotationName="
    annotation = {"content-type": "text/plain"}
    provocations = [
        lambda: call("put_object_acl", ACL="public-read", **AT),
        lambda: call("get_object", s3=connect(OTHER), **AT),
        lambda: send("OPTIONS", f"/{BUCKET}/k", {"origin": "http://a", "access-control-request-method": "PUT"},
             signed=False),
        lambda: call("put_bucket_acl", **acl(Grantee={"Type": "AmazonCustomerByEmail", "EmailAddress": "no@no"})),
        lambda: send("PUT", note + "n" * 600, annotation, b"x"),
        lambda: send("PUT", note, annotation, b"x"),
        lambda: send("GET", f"/{BUCKET}/k?annotation&annotation-prefix=a%07b"),
        lambda: send("GET", f"/{BUCKET}/k?annotation&annotationName=none"),
        lambda: send("PUT", note + "note", {"content-type": "image/png"}, b"\xff\xfe\x00"),
        lambda: send("GET", f"/{BUCKET}/k", {"authorization": "AWS4-HMAC-SHA256 Credential=a/b"},
                     signed=False),
        lambda: presigned(9_999_999),
        lambda: call("put_object", ContentMD5=MD5, Body=b"x", **AT),
        lambda: call("put_object_tagging", Tagging={"TagSet": [{"Key": str(n), "Value": ""} for n in range(11)]},
             **AT),
        lambda: call("create_bucket", s3=connect(OTHER), Bucket=BUCKET),
        lambda: call("create_bucket", Bucket=BUCKET),
        lambda: call("delete_bucket", Bucket=BUCKET),
        lambda: call("put_bucket_logging", **logging(FAR)),
        lambda: call("put_bucket_logging", **logging(f"{BUCKET}-none")),
        lambda: call("put_object", {"x-amz-write-offset-bytes": "7"}, Body=b"x", ServerSideEncryption="AES256",
             **AT),
        lambda: form(signed_form([["content-length-range", 1, 3]])),
        lambda: form(signed_form([["content-length-range", 90, 99]])),
        lambda: renamed(),
        lambda: send("PUT", f"/{BUCKET}?versioning", body=b"<VersioningConfiguration/>"),
        lambda: form(signed_form([]), file=b"content\r\n--b\r\nContent-Disposition: form-data; "
                     b'name="file"; filename="g"\r\n\r\ntwice'),
        lambda: call("get_object", s3=connect(("AKIDNOBODY0000000000", OWN[1])), **AT),
        lambda: call("list_objects_v2", Bucket=BUCKET, MaxKeys=-1),
        lambda: call("create_bucket", Bucket=f"{BUCKET}-x", ACL="public-read",
             ObjectOwnership="BucketOwnerEnforced"),
        lambda: call("create_bucket", Bucket="ab"),
        lambda: call("put_bucket_versioning", Bucket=LOCKED, VersioningConfiguration={"Status": "Suspended"}),
        lambda: call("put_object", {"Content-MD5": "x"}, Body=b"x", **AT),
        lambda: call("create_bucket", Bucket=f"{BUCKET}-y",
             CreateBucketConfiguration={"LocationConstraint": "no where"}),
        lambda: call("get_object", Bucket=BUCKET, Key="cold"),
        lambda: multipart([(1, '"00000000000000000000000000000000"')]),
        lambda: multipart([(2, None), (1, None)]),
        lambda: multipart([(1, None), (2, None)]),
        lambda: call("get_object", PartNumber=5, **AT),
        lambda: form_of_policy(b"not json"),
        lambda: call("get_object", Range="bytes=99-", **AT),
        lambda: call("copy_object", CopySource=f"{BUCKET}/k", **AT),
        lambda: call("put_object_lock_configuration", **lock(Mode="GOVERNANCE", Days=99_999)),
        lambda: call("put_object", StorageClass="ATTIC", Body=b"x", **AT),
        lambda: call("put_object_tagging", Tagging={"TagSet": [tag, tag]}, **AT),
        lambda: call("get_object", s3=connect(OWN, token="bogus"), **AT),
        lambda: send("GET", f"/{BUCKET}?prefix=%FF"),
        lambda: call("put_object", {"x-amz-write-offset-bytes": "99"}, Body=b"x", **AT),
        lambda: call("put_object", Bucket=BUCKET, Key="k" * 1025, Body=b"x"),
        lambda: call("put_bucket_acl", **acl(Grantee={"Type": "CanonicalUser", "ID": "a"}, Permission="ALL")),
        lambda: call("put_bucket_policy", Bucket=BUCKET, Policy="{}"),
        lambda: form({"key": "k"}, content_type="multipart/form-data; boundary=other"),
        lambda: call("put_bucket_lifecycle_configuration", **lifecycle(Status="On", Filter={}, Expiration={"Days": 1})),
        lambda: send("PUT", f"/{BUCKET}?tagging", {"content-md5": MD5},
                     b"<Tagging>" + b" " * (4 << 20) + b"</Tagging>"),
        lambda: form({"key": "k", "x-amz-meta-a": "x" * 30_000}),
        lambda: call("put_object", Metadata={"a": "x" * 3000}, Body=b"x", **AT),
        lambda: marker_version(),
        lambda: send("PUT", f"/{BUCKET}/k", {"transfer-encoding": "chunked"}, sent=iter([b"x"])),
        lambda: send("PUT", f"/{ACLS}?acl"),
        lambda: send("PUT", f"/{ACLS}?acl", {"x-amz-acl": "private"}, b"<AccessControlPolicy/>"),
        lambda: call("get_object_torrent", **AT),
        lambda: call("get_object", Bucket=f"{BUCKET}-none", Key="k"),
        lambda: call("get_bucket_policy", Bucket=BUCKET),
        lambda: call("get_bucket_metrics_configuration", Bucket=BUCKET, Id="m"),
        lambda: call("get_bucket_cors", Bucket=BUCKET),
        lambda: call("get_object", Bucket=BUCKET, Key="none"),
        lambda: call("get_bucket_lifecycle_configuration", Bucket=BUCKET),
        lambda: call("get_object_retention", Bucket=LOCKED, Key="k"),
        lambda: without_access_block(),
        lambda: call("get_bucket_tagging", Bucket=BUCKET),
        lambda: call("list_parts", UploadId="none", **AT),
        lambda: call("get_object", Bucket=LOCKED, Key="k", VersionId="3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"),
        lambda: call("get_bucket_website", Bucket=BUCKET),
        lambda: call("get_object_lock_configuration", Bucket=BUCKET),
        lambda: without_ownership(),
        lambda: call("put_object", {"If-None-Match": "*"}, Body=b"x", **AT),
        lambda: call("get_bucket_replication", Bucket=BUCKET),
        lambda: skewed(),
        lambda: call("get_bucket_encryption", Bucket=BUCKET),
        lambda: call("get_object", s3=connect((OWN[0], "wrong")), **AT),
        lambda: send("PUT", f"/{BUCKET}/k", body=b"x", sent=b"y"),
    ]
    for provoke in provocations:
        print(*provoke())
    assert S3.get_object(**AT)["Body"].read() == b"content"
    print("done")


if __name__ == "__main__":
    main()
