"""Frames written and scanned with polars, by object_store. Arguments: the endpoint, a new bucket."""

import os
import sys

import boto3
import polars as pl

ENDPOINT, BUCKET = sys.argv[1:]
boto3.client("s3", endpoint_url=ENDPOINT).create_bucket(Bucket=BUCKET)
options = {
    "aws_access_key_id": os.environ["AWS_ACCESS_KEY_ID"],
    "aws_secret_access_key": os.environ["AWS_SECRET_ACCESS_KEY"],
    "aws_endpoint_url": ENDPOINT, "aws_region": "us-east-1", "aws_allow_http": "true",
    "aws_virtual_hosted_style_request": "false",
}
frame = pl.DataFrame({"n": range(300_000), "s": [f"row {i % 97}" for i in range(300_000)]})
for part in range(3):
    frame.with_columns(part=pl.lit(part)).write_parquet(
        f"s3://{BUCKET}/set/part={part}/data.parquet", storage_options=options)
scan = pl.scan_parquet(f"s3://{BUCKET}/set/**/*.parquet", storage_options=options)
assert scan.filter(pl.col("part") == 1).select(pl.col("n").sum()).collect().item() == sum(range(300_000))
assert scan.select(pl.len()).collect().item() == 900_000
frame.write_csv(f"s3://{BUCKET}/table.csv", storage_options=options)
assert pl.read_csv(f"s3://{BUCKET}/table.csv", storage_options=options).equals(frame)
print("done")
