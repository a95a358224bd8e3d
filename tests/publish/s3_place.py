"""A registry in a bucket, and a client that looks at it from outside."""

import dataclasses
import uuid
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class S3Place:
    """A registry below `s3://BUCKET/data`, and a client of its own."""

    bucket: str
    client: Any

    @classmethod
    def made(cls) -> "S3Place":
        import boto3

        client = boto3.client("s3")
        bucket = f"registry-{uuid.uuid4().hex[:12]}"
        client.create_bucket(Bucket=bucket)
        return cls(bucket, client)

    @property
    def address(self) -> str:
        return f"s3://{self.bucket}/data"

    def paths(self) -> list[str]:
        """The paths of all objects, below the prefix."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return sorted(item["Key"].removeprefix("data/") for page in pages for item in page.get("Contents", ()))

    def read(self, key: str) -> bytes:
        return self.client.get_object(Bucket=self.bucket, Key=f"data/{key}")["Body"].read()

    def put(self, key: str, data: bytes, **about: Any) -> None:
        self.client.put_object(Bucket=self.bucket, Key=f"data/{key}", Body=data, **about)

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=f"data/{key}")

    def copied(self, folder: Path) -> Path:
        """A copy of all objects as a folder."""
        for key in self.paths():
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            (folder / key).write_bytes(self.read(key))
        return folder
