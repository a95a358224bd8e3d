"""Objects of an S3 bucket, put only where nobody else has put something meanwhile.

Every failure is an `OSError` that names the object, but for lost races. A put whose answer was lost is looked up: the
libraries below try again by themselves, and would then take what they put the first time for somebody else's.
"""

import contextlib
import errno
import mimetypes
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from broadsheet.errors import IntegrityError

RACES = {"PreconditionFailed", "ConditionalRequestConflict", "409", "412"}
GONE = {"NoSuchKey", "404"}
PART = 64 << 20
"""Bytes of a part of a file that is put in parts; smaller files are put at once."""

AT_ONCE = 1_000
"""Objects that one request can delete."""

TOKEN = "broadsheet-claim"
"""Metadata of an object of ours: the claim under which a file was put, or what only this put has."""

TYPES = {".parquet": "application/vnd.apache.parquet", ".md": "text/markdown", ".cff": "application/yaml"}


class LostRaceError(Exception):
    """The object is not, or no longer, what was to be replaced."""


@dataclass(frozen=True, slots=True)
class Found:
    """The bytes of an object, and its ETag, which is another one when the bytes are."""

    data: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """The objects below a prefix, which is empty or ends with a slash; `client` is that of boto3 for S3."""

    client: Any
    name: str
    prefix: str

    def __str__(self) -> str:
        return f"s3://{self.name}/{self.prefix}".rstrip("/")

    def read(self, path: str, limit: int) -> Found | None:
        """The object, None where there is none; `IntegrityError` where it is larger than the limit."""
        try:
            with self._asked(path):
                answer = self.client.get_object(**self._at(path))
                with contextlib.closing(answer["Body"]) as body:
                    data = body.read(limit + 1)
        except FileNotFoundError:
            return None
        if len(data) > limit:
            raise IntegrityError(f"{self}/{path}: has more than the {limit:,} bytes that are read")
        return Found(data, answer["ETag"])

    def put(self, path: str, data: bytes, etag: str | None) -> str:
        """Put the object in the place of the one that has the ETag, or where none is; the new ETag.

        Raises `LostRaceError` where another object, or none, is there now.
        """
        condition = {"IfNoneMatch": "*"} if etag is None else {"IfMatch": etag}
        token = secrets.token_hex(16)
        about = {"ContentType": _type(path), "CacheControl": "no-cache", "Metadata": {TOKEN: token}}
        try:
            with self._asked(path, changing=True):
                return str(self.client.put_object(**self._at(path), Body=data, **about, **condition)["ETag"])
        except (OSError, LostRaceError):
            with contextlib.suppress(OSError):
                found = self._head(path)
                if found["Metadata"].get(TOKEN) == token:
                    return str(found["ETag"])
            raise

    def upload(self, path: str, file: Path, token: str) -> None:
        """Put a file where no object is; `LostRaceError` where one is that was not put under the token."""
        about = {**self._at(path), "ContentType": _type(path), "Metadata": {TOKEN: token}}
        try:
            with self._asked(path, changing=True), file.open("rb") as stream:
                if file.stat().st_size <= PART:
                    self.client.put_object(**about, Body=stream, IfNoneMatch="*")
                else:
                    self._upload_parts(path, about, stream)
        except (OSError, LostRaceError):
            with contextlib.suppress(OSError):
                if self.token_of(path) == token:
                    return
            raise

    def _upload_parts(self, path: str, about: Mapping[str, Any], stream: BinaryIO) -> None:
        upload = {**self._at(path), "UploadId": self.client.create_multipart_upload(**about)["UploadId"]}
        try:
            parts: list[dict[str, Any]] = []
            while chunk := stream.read(PART):
                number = len(parts) + 1
                answer = self.client.upload_part(**upload, PartNumber=number, Body=chunk)
                sums = {name: value for name, value in answer.items() if name in ("ETag", "ChecksumCRC32")}
                parts.append({"PartNumber": number, **sums})
            self.client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts}, IfNoneMatch="*")
        except BaseException:
            with contextlib.suppress(Exception):
                self.client.abort_multipart_upload(**upload)
            raise

    def token_of(self, path: str) -> str | None:
        """The claim under which an object was put, None where it was put otherwise."""
        found: str | None = self._head(path)["Metadata"].get(TOKEN)
        return found

    def _head(self, path: str) -> Mapping[str, Any]:
        with self._asked(path):
            found: Mapping[str, Any] = self.client.head_object(**self._at(path))
            return found

    def download(self, path: str, file: Path) -> None:
        """Write an object into a new file."""
        with self._asked(path), file.open("xb") as stream:
            for chunk in self.client.get_object(**self._at(path))["Body"].iter_chunks(1 << 20):
                stream.write(chunk)

    def sizes(self, folder: str) -> dict[str, int]:
        """The objects below a folder with their sizes, by path below it."""
        pages = self._pages("list_objects_v2", folder)
        start = len(self.prefix) + len(folder) + 1
        return {item["Key"][start:]: item["Size"] for page in pages for item in page.get("Contents", ())}

    def folders(self, folder: str = "") -> list[str]:
        """The names of the folders right below a folder, in their order."""
        pages = self._pages("list_objects_v2", folder, Delimiter="/")
        found = (item["Prefix"] for page in pages for item in page.get("CommonPrefixes", ()))
        return sorted(prefix.rstrip("/").rpartition("/")[2] for prefix in found)

    def delete(self, paths: Iterable[str]) -> None:
        """Delete objects; those that are not there are none the less gone."""
        self._delete([{"Key": self.prefix + path} for path in paths])

    def purge(self, folder: str) -> None:
        """Delete the objects below a folder for good, with all that a bucket with versioning keeps of them."""
        kept = []
        for page in self._pages("list_object_versions", folder):
            kept += [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
        self._delete([{"Key": item["Key"], "VersionId": item["VersionId"]} for item in kept])

    def _delete(self, objects: list[dict[str, str]]) -> None:
        for begin in range(0, len(objects), AT_ONCE):
            some = objects[begin : begin + AT_ONCE]
            with self._asked(some[0]["Key"].removeprefix(self.prefix)):
                answer = self.client.delete_objects(Bucket=self.name, Delete={"Objects": some, "Quiet": True})
            for fault in answer.get("Errors", ()):
                raise OSError(errno.EIO, f"{fault['Code']}: cannot be deleted", f"s3://{self.name}/{fault['Key']}")

    def _pages(self, request: str, folder: str, **more: str) -> Iterator[Mapping[str, Any]]:
        below = self.prefix + (f"{folder}/" if folder else "")
        with self._asked(folder):
            yield from self.client.get_paginator(request).paginate(Bucket=self.name, Prefix=below, **more)

    def _at(self, path: str) -> dict[str, str]:
        return {"Bucket": self.name, "Key": self.prefix + path}

    @contextlib.contextmanager
    def _asked(self, path: str, *, changing: bool = False) -> Iterator[None]:
        """Turn what boto3 raises in the block into `OSError`, and where something is put into `LostRaceError`."""
        from botocore.exceptions import BotoCoreError, ClientError

        address = f"{self}/{path}".rstrip("/")
        try:
            yield
        except ClientError as error:
            code, said = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
            if changing and code in RACES | GONE:
                raise LostRaceError(address) from error
            if code in GONE:
                raise FileNotFoundError(errno.ENOENT, "there is no such object", address) from error
            raise OSError(errno.EIO, f"{code}: {said}", address) from error
        except BotoCoreError as error:
            raise OSError(errno.EIO, str(error), address) from error


def _type(path: str) -> str:
    """The media type of a file by its name.

    >>> _type("data/claims.csv"), _type("SHA256SUMS")
    ('text/csv', 'text/plain')
    """
    known = next((kind for ending, kind in TYPES.items() if path.endswith(ending)), None)
    return known or mimetypes.guess_type(path)[0] or "text/plain"
