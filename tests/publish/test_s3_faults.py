"""Whatever goes wrong between a publisher and its bucket: the registry is whole, and the next try succeeds.

Every request is counted while the command runs, and then each has its fate in turn.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.publish.registries import versions, wrong
from tests.publish.s3_place import S3Place
from tests.publish.small import written_small

from broadsheet.errors import BroadsheetError, PackageError
from broadsheet.publish import publication, publish, withdraw, withdrawal
from broadsheet.registry import claims
from broadsheet.registry.objects import Bucket
from broadsheet.registry.s3 import S3Registry, s3_registry

FATES = [
    (what, when, for_good)
    for what in ("network", "Ctrl-C")
    for when in ("before", "after")
    for for_good in ((False, True) if what == "network" else (False,))
]
"""What happens before or after a request is carried out; once, or from then on, as when the publisher dies."""


@dataclasses.dataclass(slots=True)
class Failing:
    """A client of S3 of which one request fails; counts all, and notes their names."""

    client: Any
    chosen: int = 0
    fate: tuple[str, str, bool] = FATES[0]
    requests: list[str] = dataclasses.field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name == "get_paginator":
            return lambda request: _Pages(self, self.client.get_paginator(request), request)
        return lambda **asked: self.carried_out(
            f"{name} {asked.get('Key', '')}", lambda: getattr(self.client, name)(**asked)
        )

    def carried_out(self, name: str, carry_out: Callable[[], Any]) -> Any:
        self.requests.append(name)
        number, (_, when, for_good) = len(self.requests), self.fate
        if self.chosen and for_good and number > self.chosen:
            raise self.failure()
        if number == self.chosen and when == "before":
            raise self.failure()
        answer = carry_out()
        if number == self.chosen:
            raise self.failure()
        return answer

    def failure(self) -> BaseException:
        from botocore.exceptions import ReadTimeoutError

        return KeyboardInterrupt() if self.fate[0] == "Ctrl-C" else ReadTimeoutError(endpoint_url="http://there")


@dataclasses.dataclass(slots=True)
class _Pages:
    failing: Failing
    paginator: Any
    request: str

    def paginate(self, **asked: Any) -> list[Any]:
        return self.failing.carried_out(self.request, lambda: list(self.paginator.paginate(**asked)))


COMMANDS: dict[str, Callable[[Path, str], object]] = {
    "first": lambda project, address: publish(project, address, "1.0.0"),
    "second": lambda project, address: publish(project, address, "1.1.0"),
    "leftover": lambda project, address: publish(project, address, "1.1.0"),
    "purge": lambda _, address: withdraw("floods@1.0.0", address, "wrong figures", purge=True),
}
AFTER = {"first": ["1.0.0"], "second": ["1.1.0", "1.0.0"], "leftover": ["1.1.0", "1.0.0"], "purge": ["1.0.0"]}


@pytest.fixture
def quick(monkeypatch, s3_server):
    written_small(monkeypatch)
    monkeypatch.setattr(claims, "BEAT", 60.0)


def begun(name: str, project: Path) -> S3Place:
    """A bucket in which all stands that the command starts from."""
    place = S3Place.made()
    if name != "first":
        publish(project, place.address, "1.0.0")
    if name == "leftover":
        last = requests("second", project).index("put_object data/floods/1.1.0/data/dates.csv") + 1
        with pytest.raises(PackageError):
            run(place, "second", project, Failing(place.client, last, ("network", "after", True)))
        assert "floods/1.1.0/data/dates.csv" in place.paths()
        place.delete("floods/.1.1.0.claim")
    return place


def run(place: S3Place, name: str, project: Path, client: Any) -> None:
    registry = S3Registry(Bucket(client, place.bucket, "data/"))
    with pytest.MonkeyPatch.context() as patch:
        for module in (publication, withdrawal):
            patch.setattr(module, "open_registry", lambda _: registry)
        COMMANDS[name](project, place.address)


def wrong_after(name: str, project: Path, number: int, fate: tuple[str, str, bool], folder: Path) -> list[str]:
    place = begun(name, project)
    before = [version for version in AFTER[name] if (name, version) not in (("first", "1.0.0"), ("second", "1.1.0"))]
    before = [version for version in before if (name, version) != ("leftover", "1.1.0")]
    said = ""
    try:
        run(place, name, project, Failing(place.client, number, fate))
    except (BroadsheetError, KeyboardInterrupt) as error:
        said = f"{error} {getattr(error, 'tip', '')}"
    now = place.copied(folder / "now")
    found = wrong(now) + ([] if versions(now) in (before, AFTER[name]) else [f"{versions(now)} stand"])
    if "all the same" in said and versions(now) != AFTER[name]:
        found.append(f"it said: {said}")
    found += wrong_again(place, name, project)
    again = place.copied(folder / "again")
    if versions(again) != AFTER[name] or not (again / "index.json").exists():
        found.append(f"run again: {versions(again)}")
    if name == "purge" and (again / "floods" / "1.0.0").exists():
        found.append("its files are there after a purge")
    return found + wrong(again)


def wrong_again(place: S3Place, name: str, project: Path) -> list[str]:
    """What is wrong with another try, by a publisher that soon takes the one before for dead."""
    with pytest.MonkeyPatch.context() as patch:
        for what, seconds in (("BEAT", 0.1), ("PATIENCE", 1.0), ("POLL", 0.05)):
            patch.setattr(claims, what, seconds)
        try:
            run(place, name, project, place.client)
        except PackageError as error:
            return [] if "already" in str(error) else [f"run again: {error}"]
    return []


def requests(name: str, project: Path) -> list[str]:
    place = begun(name, project)
    counting = Failing(place.client)
    run(place, name, project, counting)
    return counting.requests


def failing(name: str, project: Path, chosen: list[tuple[int, tuple[str, str, bool]]], folder: Path) -> list[object]:
    asked = requests(name, project)
    found = []
    for number, fate in chosen:
        case = folder / f"{number}-{'-'.join(map(str, fate))}"
        found += [(number, asked[number - 1], fate, one) for one in wrong_after(name, project, number, fate, case)]
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_request_that_fails_leaves_the_registry_whole(project, tmp_path, quick, name):
    count = len(requests(name, project))
    chosen = [(number, FATES[number % len(FATES)]) for number in range(1, count + 1, 8)]
    assert failing(name, project, chosen, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("fate", FATES, ids=lambda fate: "-".join(map(str, fate)))
@pytest.mark.parametrize("name", COMMANDS)
def test_each_request_may_fail(project, tmp_path, quick, name, fate):
    count = len(requests(name, project))
    print(f"{name}: {count} requests with fate {fate}")
    assert failing(name, project, [(number, fate) for number in range(1, count + 1)], tmp_path) == []


def test_the_index_is_put_after_the_files_and_only_in_the_place_of_the_one_read(project, quick):
    asked = [request.split() for request in requests("second", project)]
    paths = [path.removeprefix("data/floods/") for request, path in (pair for pair in asked if pair[0] == "put_object")]
    files = [f"1.1.0/{path}" for path in ("SHA256SUMS", "data/dates.csv", "datapackage.json")]
    assert paths == [".1.1.0.claim", *files, "index.json", "data/index.json"]


def test_a_put_that_was_carried_out_though_its_answer_was_lost_is_found(s3):
    bucket = s3_registry(s3.address).bucket
    failing = Failing(bucket.client, 1, ("network", "after", False))
    etag = Bucket(failing, bucket.name, bucket.prefix).put("x", b"1", None)
    assert etag == bucket.read("x", 9).etag
    assert failing.requests == ["put_object data/x", "head_object data/x"]
