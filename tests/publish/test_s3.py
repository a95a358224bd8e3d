"""Registries in S3 buckets, on a real server on loopback."""

import json

import pytest
from tests.faults.place import digests
from tests.publish.registries import versions, wrong

from broadsheet.errors import IntegrityError, PackageError, ReadError, RegistryError, UsageError
from broadsheet.publish import publish, withdraw
from broadsheet.registry import claims, objects
from broadsheet.registry.changing import open_registry
from broadsheet.registry.objects import TOKEN, LostRaceError
from broadsheet.registry.s3 import s3_registry


def test_a_bucket_holds_just_what_a_folder_would(project, grown, s3, tmp_path, unchecked):
    for registry in (s3.address, tmp_path / "folder"):
        publish(project, registry, "1.0.0")
        publish(grown, registry, "1.1.0")
        publish(grown, registry, "2.0.0-rc.1")
        withdraw("floods@1.1.0", registry, "wrong")
    assert digests(s3.copied(tmp_path / "copy")) == digests(tmp_path / "folder")
    assert wrong(tmp_path / "copy") == []
    assert open_registry(s3.address).index("floods").in_order() == ["2.0.0-rc.1", "1.1.0", "1.0.0"]


def test_a_version_in_a_bucket_never_changes(project, s3, tmp_path, small):
    done = publish(project, s3.address)
    assert done.package == f"{s3.address}/floods/1.0.0"
    before = digests(s3.copied(tmp_path / "before"))
    with pytest.raises(PackageError, match=r"published on .* already, in s3://"):
        publish(project, s3.address)
    assert digests(s3.copied(tmp_path / "after")) == before


def test_a_step_too_small_is_refused_in_a_bucket_too(project, grown, s3, unchecked):
    publish(project, s3.address, "1.0.0")
    before = s3.paths()
    with pytest.raises(PackageError, match="too small a step"):
        publish(grown, s3.address, "1.0.1")
    assert s3.paths() == before


def test_a_purge_removes_the_bytes_and_their_earlier_versions(project, s3, tmp_path, small):
    s3.client.put_bucket_versioning(Bucket=s3.bucket, VersioningConfiguration={"Status": "Enabled"})
    publish(project, s3.address)
    withdraw("floods@1.0.0", s3.address, "a name that must not be public", purge=True)
    assert s3.paths() == ["floods/index.json", "index.json"]
    kept = s3.client.list_object_versions(Bucket=s3.bucket, Prefix="data/floods/1.0.0/")
    assert [kept.get(kind) for kind in ("Versions", "DeleteMarkers")] == [None, None]
    with pytest.raises(PackageError, match="was withdrawn on"):
        publish(project, s3.address)


def test_what_a_dead_publisher_left_is_replaced_and_its_claim_taken_over(project, s3, tmp_path, small, impatient):
    publish(project, s3.address, "1.0.0")
    s3.put("floods/1.1.0/data/old.csv", b"half", Metadata={TOKEN: "dead"})
    s3.put("floods/1.1.0/README.md", b"half", Metadata={TOKEN: "dead"})
    s3.put("floods/.1.1.0.claim", b'{"claim": "dead", "beats": 3}')
    publish(project, s3.address, "1.1.0")
    copy = s3.copied(tmp_path / "copy")
    assert (versions(copy), wrong(copy)) == (["1.1.0", "1.0.0"], [])
    assert not [path for path in s3.paths() if path.endswith((".claim", "old.csv"))]
    assert open_registry(s3.address).index("floods").counter == 4, "the index was put anew before files were removed"


def test_what_was_put_there_by_hand_is_left_alone(project, s3, small):
    s3.put("floods/index.json", b'{"format": 1, "name": "floods", "counter": 1, "versions": {}, "latest": {}}')
    s3.put("floods/1.0.0/mine.txt", b"mine")
    with pytest.raises(PackageError, match="not put there by"):
        publish(project, s3.address)
    assert s3.read("floods/1.0.0/mine.txt") == b"mine"


def test_a_lost_index_beside_versions_is_not_begun_anew(project, s3, small):
    publish(project, s3.address, "1.0.0")
    s3.delete("floods/index.json")
    with pytest.raises(RegistryError, match=r"index\.json is missing, but these versions are there: 1\.0\.0"):
        publish(project, s3.address, "1.1.0")


def test_an_index_that_is_begun_while_versions_are_looked_for_is_not_lost(project, s3, small, monkeypatch):
    registry = s3_registry(s3.address)
    whole = objects.Bucket.folders

    def folders(bucket, folder=""):
        if folder:
            monkeypatch.undo()
            publish(project, s3.address, "1.0.0")
        return whole(bucket, folder)

    monkeypatch.setattr(objects.Bucket, "folders", folders)
    assert registry.index_or_new("floods").in_order() == ["1.0.0"]


def test_a_damaged_version_before_is_not_compared_with(project, s3, unchecked):
    publish(project, s3.address, "1.0.0")
    s3.put("floods/1.0.0/data/dates.csv", b"damaged")
    with pytest.raises(IntegrityError, match=r"1\.0\.0/data/dates\.csv: is not what the index vouches for"):
        publish(project, s3.address, "1.0.1")


def test_a_living_publisher_is_left_to_its_version(s3):
    registry = s3_registry(s3.address)
    with (
        registry.claimed("floods", "1.0.0", lambda *_: None),
        pytest.raises(PackageError, match="another process is publishing it"),
        registry.claimed("floods", "1.0.0", lambda *_: None),
    ):
        pass
    assert s3.paths() == []


def test_a_publisher_whose_claim_was_taken_over_names_nothing(project, s3, tmp_path, small, impatient, monkeypatch):
    monkeypatch.setattr(claims, "BEAT", 60)
    registry = s3_registry(s3.address)
    publish(project, tmp_path / "folder", "1.0.0")
    package = tmp_path / "folder" / "floods" / "1.0.0"
    with registry.claimed("floods", "1.1.0", lambda *_: None) as slow:
        monkeypatch.setattr(claims, "BEAT", 0.1)  # it does nothing for so long that another one takes it for dead
        publish(project, s3.address, "1.1.0")
        with pytest.raises(PackageError, match="was lost to another publisher"):
            slow.put(package, lambda index: index.begun())
    copy = s3.copied(tmp_path / "copy")
    assert (versions(copy), wrong(copy)) == (["1.1.0"], [])


def test_a_slow_publisher_cannot_name_files_that_another_one_is_replacing(project, s3, tmp_path, small):
    """It has read the index and the claim; before its put another one takes the claim over and clears the place."""
    registry = s3_registry(s3.address)
    publish(project, s3.address, "1.0.0")
    publish(project, tmp_path / "folder", "1.1.0")
    release = open_registry(tmp_path / "folder").index("floods").versions["1.1.0"]
    package = tmp_path / "folder" / "floods" / "1.1.0"
    whole, overtaken = objects.Bucket.sizes, []

    def sizes(bucket, folder):
        found = whole(bucket, folder)
        if folder == "floods/1.1.0" and found and not overtaken:
            overtaken.append(folder)
            s3.put("floods/.1.1.0.claim", b'{"claim": "another", "beats": 0}')
            registry.change("floods", lambda index: index.begun())
            s3.delete("floods/1.1.0/data/dates.csv")
        return found

    with pytest.MonkeyPatch.context() as patch, registry.claimed("floods", "1.1.0", lambda *_: None) as slow:
        patch.setattr(objects.Bucket, "sizes", sizes)
        with pytest.raises(PackageError, match="was lost to another publisher"):
            slow.put(package, lambda index: index.with_release("1.1.0", release))
    assert overtaken
    assert registry.index("floods").in_order() == ["1.0.0"]


def test_a_change_that_lost_the_race_is_made_anew(project, s3, small):
    publish(project, s3.address, "1.0.0")
    registry = s3_registry(s3.address)
    seen = []

    def change(index):
        seen.append(index.counter)
        if len(seen) == 1:
            registry.change("floods", lambda other: other.begun())
        return index.begun()

    assert registry.change("floods", change).counter == 4
    assert seen == [2, 3]


def test_puts_are_conditional(s3):
    bucket = s3_registry(s3.address).bucket
    first = bucket.put("x", b"1", None)
    for etag in (None, '"0123456789abcdef0123456789abcdef"'):
        with pytest.raises(LostRaceError):
            bucket.put("x", b"2", etag)
    assert bucket.put("x", b"2", first) != first
    with pytest.raises(LostRaceError):
        bucket.put("y", b"2", first)
    assert bucket.read("y", 10) is None


def test_a_file_is_never_put_over_another(s3, tmp_path):
    bucket = s3_registry(s3.address).bucket
    (tmp_path / "file").write_bytes(b"one")
    bucket.upload("x/file", tmp_path / "file", "a")
    bucket.upload("x/file", tmp_path / "file", "a")
    with pytest.raises(LostRaceError):
        bucket.upload("x/file", tmp_path / "file", "b")


def test_large_files_are_put_in_parts(s3, tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "PART", 5 << 20)
    bucket = s3_registry(s3.address).bucket
    (tmp_path / "file").write_bytes(bytes(range(256)) * 50_000)
    bucket.upload("x/file", tmp_path / "file", "a")
    bucket.download("x/file", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "file").read_bytes()
    with pytest.raises(LostRaceError):
        bucket.upload("x/file", tmp_path / "file", "b")


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3://b", "s3://bucket/../x", "s3://bucket//x", "s3://Bucket/x", "s3://bucket/x y", "s3://bucket/a/."],
)
def test_what_is_no_address_of_a_bucket_is_refused(project, address):
    with pytest.raises(UsageError, match="no address of a registry"):
        publish(project, address)


def test_a_bucket_that_is_not_there_is_named(project, s3_server, small):
    with pytest.raises(PackageError, match=r"s3://no-such-bucket.*NoSuchBucket"):
        publish(project, "s3://no-such-bucket/x")
    with pytest.raises(ReadError, match=r"s3://no-such-bucket.*NoSuchBucket"):
        open_registry("s3://no-such-bucket/x").index("floods")


def test_the_list_of_the_bucket_is_as_that_of_a_folder(project, s3, small):
    publish(project, s3.address)
    s3.put("broken/index.json", b"{")
    s3.put("Other/index.json", b"{}")
    publish(project, s3.address, "1.0.1")
    assert json.loads(s3.read("index.json")) == {
        "format": 1,
        "datasets": {"floods": {"latest": "1.0.1", "title": "Floods", "counter": 3}},
    }
