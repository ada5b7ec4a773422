"""A user takes a role on: its policies count, and those of buckets that name it."""

import json
import os
import urllib.request
from urllib.parse import urlsplit

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import gateway
from gateway import BUCKET

ROOT = "{0.scheme}://{0.netloc}".format(urlsplit(gateway.ENDPOINT))


def admin(method, path, body=None):
    request = botocore.awsrequest.AWSRequest(
        method, f"{ROOT}/-/admin/v1{path}", data=None if body is None else json.dumps(body)
    )
    credentials = botocore.credentials.Credentials(
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    )
    region = os.environ["AWS_DEFAULT_REGION"]
    botocore.auth.S3SigV4Auth(credentials, "s3", region).add_auth(request)
    prepared = request.prepare()
    plain = urllib.request.Request(
        prepared.url,
        data=None if body is None else request.data.encode(),
        method=method,
        headers=dict(prepared.headers.items()),
    )
    with urllib.request.urlopen(plain) as answer:
        return json.load(answer)


def refusal(call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    raise AssertionError("not refused")


def client(service, key, secret, token=None):
    return boto3.client(
        service,
        endpoint_url=gateway.ENDPOINT,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
    )


def session(sts, **arguments):
    credentials = sts.assume_role(RoleArn=role["arn"], RoleSessionName="job", **arguments)
    credentials = credentials["Credentials"]
    keys = (
        credentials["AccessKeyId"],
        credentials["SecretAccessKey"],
        credentials["SessionToken"],
    )
    return client("s3", *keys), client("sts", *keys)


def statement(**fields):
    return {"Version": "2012-10-17", "Statement": [fields]}


owner = boto3.client("s3", endpoint_url=gateway.ENDPOINT)
owner.put_object(Bucket=BUCKET, Key="a", Body=b"text")
account = boto3.client("sts", endpoint_url=gateway.ENDPOINT).get_caller_identity()["Account"]
name = "u-" + BUCKET
user = admin("POST", f"/accounts/{account}/users", {"name": name})
key = admin("POST", f"/accounts/{account}/keys", {"user": name})
sts = client("sts", key["accessKeyId"], key["secretAccessKey"])
assert sts.get_caller_identity()["Arn"] == user["arn"]
assert sts.get_caller_identity()["UserId"] == user["id"]

trust = statement(
    Effect="Allow", Principal={"AWS": user["arn"]}, Action="sts:AssumeRole"
)
role = admin(
    "POST", f"/accounts/{account}/roles", {"name": name, "trust": json.dumps(trust)}
)
s3, whoami = session(sts)
assert refusal(s3.get_object, Bucket=BUCKET, Key="a") == "AccessDenied"
arn = f"arn:aws:sts::{account}:assumed-role/{name}/job"
assert whoami.get_caller_identity()["Arn"] == arn
assert whoami.get_caller_identity()["UserId"] == role["id"] + ":job"
assert refusal(whoami.assume_role, RoleArn=role["arn"], RoleSessionName="again") == "AccessDenied"

objects = f"arn:aws:s3:::{BUCKET}/*"
admin(
    "PUT",
    f"/accounts/{account}/roles/{name}/policies/p",
    statement(Effect="Allow", Action=["s3:GetObject", "s3:DeleteObject"], Resource=objects),
)
assert s3.get_object(Bucket=BUCKET, Key="a")["Body"].read() == b"text"
assert refusal(s3.put_object, Bucket=BUCKET, Key="b", Body=b"") == "AccessDenied"
bounded, _ = session(
    sts, Policy=json.dumps(statement(Effect="Allow", Action="s3:GetObject", Resource=objects))
)
assert bounded.get_object(Bucket=BUCKET, Key="a")["Body"].read() == b"text"
assert refusal(bounded.delete_object, Bucket=BUCKET, Key="a") == "AccessDenied"

owner.put_bucket_policy(
    Bucket=BUCKET,
    Policy=json.dumps(
        statement(
            Effect="Allow",
            Principal={"AWS": role["arn"]},
            Action="s3:PutObject",
            Resource=objects,
        )
    ),
)
s3.put_object(Bucket=BUCKET, Key="b", Body=b"by the role")
assert refusal(bounded.put_object, Bucket=BUCKET, Key="c", Body=b"") == "AccessDenied"

admin("PATCH", f"/accounts/{account}/keys/{key['accessKeyId']}", {"status": "disabled"})
assert refusal(s3.get_object, Bucket=BUCKET, Key="a") == "InvalidAccessKeyId"
admin("PATCH", f"/accounts/{account}/keys/{key['accessKeyId']}", {"status": "active"})
assert s3.get_object(Bucket=BUCKET, Key="a")["Body"].read() == b"text"
admin("DELETE", f"/accounts/{account}/roles/{name}")
assert refusal(s3.get_object, Bucket=BUCKET, Key="a") == "InvalidAccessKeyId"
assert refusal(sts.assume_role, RoleArn=role["arn"], RoleSessionName="job") == "AccessDenied"
admin("DELETE", f"/accounts/{account}/users/{name}")
assert refusal(sts.get_caller_identity) == "InvalidClientTokenId"
print("done")
