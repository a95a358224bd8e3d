"""Registries in S3 buckets: every index is changed by a conditional put, every file of a version is put once.

What holds, however many publish at once and whenever they die, provided that the bucket keeps to conditional puts,
and that a request is carried out within `claims.PATIENCE` seconds of being sent, or never:

- An index never loses a change: it is put in the place of the very index that was read (If-Match), else it is read
  and the change made anew.
- No file of a version is ever overwritten: it is put only where none is (If-None-Match). Files are only deleted as
  what a dead publisher left, and after a purge.
- Before files are deleted, the claim on the version is taken and then the index is put anew, with the next number
  alone: so a former holder of the claim that is about to name its files in the index fails, reads the index again,
  and finds its claim lost. Just before it names a version, a publisher reads the index, then its claim, then
  the list of what lies there, in this order.
- So what an index names was put whole by one publisher, and stays.

A version that no index names is none, though its files can be seen; its datapackage.json is put last.
"""

import contextlib
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import BroadsheetError, IntegrityError, PackageError, ReadError, RegistryError, UsageError
from broadsheet.json_objects import parse_object
from broadsheet.progress import Progress
from broadsheet.project import DESCRIPTOR, is_name
from broadsheet.registry.changing import Change
from broadsheet.registry.claims import Claim, claimed
from broadsheet.registry.folder import INDEX, check_name, lost
from broadsheet.registry.index import LARGEST_INDEX, Index, Release, parse_index
from broadsheet.registry.listed import list_text, titled
from broadsheet.registry.objects import Bucket, Found, LostRaceError
from broadsheet.registry.versions import is_version
from broadsheet.validate.files import SUMS, digest

LARGEST_PAGE = 64 << 20
"""Bytes of a descriptor or of a list of sums that is read."""

_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9!_.*'()=@+-]+)*)/?")
_SUM = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)")


def s3_registry(address: str) -> "S3Registry":
    """The registry at `s3://BUCKET` or `s3://BUCKET/PREFIX`; nothing is asked of the bucket yet.

    Credentials, region and endpoint are those that all AWS tools find: AWS_PROFILE, AWS_ENDPOINT_URL_S3 and the like.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or {".", ".."} & {*found[2].split("/")}:
        raise UsageError(f"{address[:200]!a} is no address of a registry", tip="write s3://BUCKET/PREFIX")
    try:
        from boto3.session import Session
        from botocore.config import Config
    except ImportError:
        raise UsageError(f"{address}: needs boto3", tip="install it with: pip install 'broadsheet[s3]'") from None
    tries = Config(retries={"mode": "standard", "total_max_attempts": 4}, connect_timeout=10, read_timeout=30)
    client = Session().client("s3", config=tries)
    return S3Registry(Bucket(client, found[1], f"{found[2][1:]}/" if found[2] else ""))


@dataclass(frozen=True, slots=True)
class S3Registry:
    """A registry in an S3 bucket; see `Registry`, and above for what holds."""

    bucket: Bucket

    def __str__(self) -> str:
        return str(self.bucket)

    def index(self, name: str) -> Index:
        """See `Registry`."""
        check_name(name)
        try:
            found = self.bucket.read(f"{name}/{INDEX}", LARGEST_INDEX)
        except OSError as error:
            raise ReadError(
                f"{error.filename or self}: cannot be read: {error.strerror or error}",
                tip="see that the bucket is there, and that the credentials let you read it",
            ) from error
        if found is None:
            raise RegistryError(f"{self}: there is no dataset {name} in this registry", tip="see that this is it")
        return self._parsed(name, found)

    def index_or_new(self, name: str) -> Index:
        """See `Registry`."""
        return self._read(name)[0]

    def address(self, name: str, version: str) -> str:
        """See `Registry`."""
        return f"{self}/{name}/{version}"

    @contextlib.contextmanager
    def claimed(self, name: str, version: str, tell: Progress) -> "Iterator[ClaimedObjects]":
        """See `Registry`."""
        with (
            tempfile.TemporaryDirectory(prefix="broadsheet-") as folder,
            claimed(self.bucket, f"{name}/.{version}.claim", f"{name} {version}", tell) as claim,
        ):
            yield ClaimedObjects(self, name, version, Path(folder), claim)

    @contextlib.contextmanager
    def package(self, name: str, version: str, release: Release) -> Iterator[Path]:
        """See `Registry`; here it is a copy, whose every file has the hash that the index vouches for."""
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            package = Path(folder) / version
            package.mkdir()
            self._fetch(f"{name}/{version}", SUMS, package, release.manifest.removeprefix("sha256:"))
            for line in (package / SUMS).read_text("utf-8").splitlines():
                found = _SUM.fullmatch(line)
                if found is None or {".", ".."} & {*found[2].split("/")}:
                    raise IntegrityError(f"{self}/{name}/{version}/{SUMS}: has a line that is none: {line[:80]!a}")
                self._fetch(f"{name}/{version}", found[2], package, found[1])
            yield package

    def change(self, name: str, change: Change) -> Index:
        """See `Registry`."""
        return self.changed(name, change)

    def changed(self, name: str, change: Change, check: Callable[[], None] = lambda: None) -> Index:
        """The changed index; `check` is called between the reading of the index that is replaced and the put."""
        while True:
            before, etag = self._read(name)
            after = change(before)
            if after is before:
                return before
            check()
            with contextlib.suppress(LostRaceError):
                self.bucket.put(f"{name}/{INDEX}", after.as_json().encode(), etag)
                return after
            time.sleep(random.uniform(0, 0.2))

    def remove(self, name: str, version: str) -> None:
        """See `Registry`."""
        self.bucket.purge(f"{name}/{version}")

    def write_list(self) -> None:
        """See `Registry`."""
        while True:
            found = self.bucket.read(INDEX, LARGEST_INDEX)
            data = list_text(self._listed()).encode()
            if found and found.data == data:
                return
            with contextlib.suppress(LostRaceError):
                self.bucket.put(INDEX, data, found.etag if found else None)
                return
            time.sleep(random.uniform(0, 0.2))

    def _listed(self) -> Iterator[tuple[Index, str]]:
        for name in filter(is_name, self.bucket.folders()):
            with contextlib.suppress(BroadsheetError):
                index = self.index(name)
                yield index, titled(index, self._descriptor)

    def _descriptor(self, name: str, version: str) -> dict[str, Any]:
        path = f"{name}/{version}/{DESCRIPTOR}"
        found = self.bucket.read(path, LARGEST_PAGE)
        return parse_object(found.data, f"{self}/{path}", RegistryError) if found else {}

    def _read(self, name: str) -> tuple[Index, str | None]:
        """The index with its ETag, or an empty one of a new dataset."""
        check_name(name)
        versions: list[str] = []
        for _ in range(2):  # where versions lie there, another publisher may have begun the index meanwhile
            if found := self.bucket.read(f"{name}/{INDEX}", LARGEST_INDEX):
                return self._parsed(name, found), found.etag
            versions = [folder for folder in self.bucket.folders(name) if is_version(folder)]
            if not versions:
                return Index(name, 0, {}), None
        raise lost(f"{self}/{name}", versions)

    def _parsed(self, name: str, found: Found) -> Index:
        return parse_index(found.data, f"{self}/{name}/{INDEX}", name)

    def _fetch(self, folder: str, path: str, package: Path, sha256: str) -> None:
        file = package / path
        file.parent.mkdir(exist_ok=True, parents=True)
        self.bucket.download(f"{folder}/{path}", file)
        if digest(file) != sha256:
            raise IntegrityError(f"{self}/{folder}/{path}: is not what the index vouches for")


@dataclass(frozen=True, slots=True)
class ClaimedObjects:
    """A version in a bucket that this process alone may write; see `Claimed`."""

    registry: S3Registry
    name: str
    version: str
    folder: Path
    claim: Claim

    def put(self, package: Path, change: Change) -> Index:
        """See `Claimed`."""
        self._make_room(change)
        files = {path.relative_to(package).as_posix(): path for path in package.rglob("*") if path.is_file()}
        try:
            for path in sorted(files, key=lambda path: (path == DESCRIPTOR, path)):
                self.claim.hold()
                self._upload(path, files[path])
        except BaseException:
            with contextlib.suppress(OSError, PackageError):
                self.claim.check()
                self._delete(self._sizes())
            raise
        return self._name({path: file.stat().st_size for path, file in files.items()}, change)

    def _make_room(self, change: Change) -> None:
        """See that the dataset has an index and that nothing is in the version's place."""
        index = self.registry.index_or_new(self.name)
        change(index)
        leftovers = self._sizes()
        self._check_ours(leftovers)
        if leftovers or not index.counter:
            self.registry.changed(self.name, lambda before: change(before) and before.begun(), self.claim.check)
        if leftovers:
            self.claim.check()
            self._delete(leftovers)

    def _name(self, sizes: dict[str, int], change: Change) -> Index:
        """Change the index, so that it names the version; where that was done and not heard of, it is found done."""
        sent: list[Index] = []

        def once(before: Index) -> Index:
            named = before.versions.get(self.version)
            if named and sent and named == sent[-1].versions[self.version]:
                return before
            sent.append(change(before))
            return sent[-1]

        return self.registry.changed(self.name, once, lambda: self._check(sizes))

    def _check(self, sizes: dict[str, int]) -> None:
        """Raise `PackageError` unless the claim stands and just these files lie there; see the order above."""
        self.claim.check()
        if self._sizes() != sizes:
            raise PackageError(
                f"{self.registry.address(self.name, self.version)}: other files lie there than were put",
                tip="see who else writes there, and publish again",
            )

    def _upload(self, path: str, file: Path) -> None:
        try:
            self.registry.bucket.upload(f"{self.name}/{self.version}/{path}", file, self.claim.token)
        except LostRaceError as error:
            raise PackageError(
                f"{error}: somebody else put this file meanwhile", tip="see who else writes there, and publish again"
            ) from error

    def _check_ours(self, leftovers: dict[str, int]) -> None:
        for path in leftovers:
            if self.registry.bucket.token_of(f"{self.name}/{self.version}/{path}") is None:
                raise PackageError(
                    f"{self.registry.address(self.name, self.version)}/{path}: was not put there by broadsheet publish",
                    tip="move it away, and publish again",
                )

    def _sizes(self) -> dict[str, int]:
        return self.registry.bucket.sizes(f"{self.name}/{self.version}")

    def _delete(self, paths: dict[str, int]) -> None:
        self.registry.bucket.delete(f"{self.name}/{self.version}/{path}" for path in paths)
