"""Who am I, and keys that live for a while."""

import json

import boto3
import botocore.exceptions
import gateway
from gateway import BUCKET


def refusal(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    raise AssertionError("not refused")


def client(service, credentials):
    return boto3.client(
        service,
        endpoint_url=gateway.ENDPOINT,
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


sts = boto3.client("sts", endpoint_url=gateway.ENDPOINT)
caller = sts.get_caller_identity()
assert caller["Arn"] == f"arn:aws:iam::{caller['Account']}:root", caller
assert caller["UserId"] == caller["Account"]

session = sts.get_session_token(DurationSeconds=900)["Credentials"]
assert session["AccessKeyId"].startswith("ASIA")
s3 = client("s3", session)
s3.put_object(Bucket=BUCKET, Key="by-session", Body=b"text")
assert s3.get_object(Bucket=BUCKET, Key="by-session")["Body"].read() == b"text"
assert client("sts", session).get_caller_identity()["Arn"] == caller["Arn"]
assert refusal(client("sts", session).get_session_token) == "AccessDenied"
address = s3.generate_presigned_url(
    "get_object", Params={"Bucket": BUCKET, "Key": "by-session"}
)
assert "X-Amz-Security-Token" in address or "x-amz-security-token" in address
import urllib.request

with urllib.request.urlopen(address) as answer:
    assert answer.read() == b"text"

wrong = dict(session, SessionToken=session["SessionToken"][:-8] + "AAAAAAA=")
assert refusal(client("s3", wrong).list_objects_v2, Bucket=BUCKET) == "InvalidToken"
assert refusal(client("sts", wrong).get_caller_identity) == "InvalidClientTokenId"
wrong = dict(session, SecretAccessKey="x" * 40)
assert refusal(client("s3", wrong).list_objects_v2, Bucket=BUCKET) == "SignatureDoesNotMatch"
assert refusal(client("sts", wrong).get_caller_identity) == "SignatureDoesNotMatch"
plain = boto3.client(
    "s3",
    endpoint_url=gateway.ENDPOINT,
    aws_access_key_id=session["AccessKeyId"],
    aws_secret_access_key=session["SecretAccessKey"],
)
assert refusal(plain.list_objects_v2, Bucket=BUCKET) == "InvalidAccessKeyId"

policy = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}
guest = sts.get_federation_token(Name="guest", Policy=json.dumps(policy))
assert guest["FederatedUser"]["Arn"].endswith(":federated-user/guest")
s3 = client("s3", guest["Credentials"])
assert s3.get_object(Bucket=BUCKET, Key="by-session")["Body"].read() == b"text"
assert refusal(s3.put_object, Bucket=BUCKET, Key="k", Body=b"") == "AccessDenied"
assert refusal(s3.list_objects_v2, Bucket=BUCKET) == "AccessDenied"
whoami = client("sts", guest["Credentials"]).get_caller_identity()
assert whoami["Arn"] == guest["FederatedUser"]["Arn"]
nothing = sts.get_federation_token(Name="nothing")["Credentials"]
assert refusal(client("s3", nothing).get_object, Bucket=BUCKET, Key="by-session") == "AccessDenied"

assert refusal(
    sts.assume_role, RoleArn="arn:aws:iam::123456789012:role/x", RoleSessionName="xx"
) == "AccessDenied"
assert refusal(sts.get_session_token, DurationSeconds=900, SerialNumber="x" * 9, TokenCode="123456")
print("done")
