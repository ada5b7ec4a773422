"""The client that every script uses, made from the environment."""

import os
import socket

import boto3
from botocore.config import Config

BUCKET = os.environ["S3_BUCKET"]
ENDPOINT = os.environ["S3_ENDPOINT"]
STYLE = os.environ["S3_STYLE"]

if STYLE == "virtual":
    # Not every resolver sends names below "localhost" to the loopback interface.
    _resolve = socket.getaddrinfo

    def _loopback(host, *args, **kwargs):
        return _resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *args, **kwargs)

    socket.getaddrinfo = _loopback


def client(**config):
    """A client in the style that the test asks for."""
    settings = Config(s3={"addressing_style": STYLE}, retries={"max_attempts": 1}, **config)
    return boto3.client("s3", endpoint_url=ENDPOINT, config=settings)


def refused(call, **arguments):
    """The error code and the status of a call that has to fail."""
    from botocore.exceptions import ClientError

    try:
        call(**arguments)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return error.response["Error"]["Code"], status
    raise AssertionError(f"{call.__name__} was not refused: {arguments}")
