import io
import stat
import struct
import zipfile
import zlib

import pytest

from broadsheet.validate import archives, validate_path

DESCRIPTOR = '{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "resources": [%s]}'
RESOURCE = '{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "id", "type": "integer"}]}}'
GOOD = {"datapackage.json": DESCRIPTOR % RESOURCE, "a.csv": "id\n1\n"}


def packed(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def only_finding(path):
    report = validate_path(path)
    assert not report.ok
    (finding,) = report.findings
    assert finding.code == "archive-error"
    return finding.message


@pytest.mark.parametrize("top", ["", "dataset/", "dataset-1.0/"])
def test_a_package_is_found_at_the_root_or_in_the_only_folder(tmp_path, top):
    path = packed(tmp_path / "a.zip", {f"{top}{name}": data for name, data in GOOD.items()})
    report = validate_path(path)
    assert report.ok, report.findings
    assert {"descriptor", "profile", "file"} <= {check.name for check in report.checks}


def test_what_a_packing_program_adds_is_no_second_folder(tmp_path):
    members = {f"top/{name}": data for name, data in GOOD.items()} | {"__MACOSX/._top": "x"}
    assert validate_path(packed(tmp_path / "a.zip", members)).ok


def test_a_fault_within_a_zip_is_found(tmp_path):
    assert not validate_path(packed(tmp_path / "a.zip", GOOD | {"a.csv": "id\nx\n"})).ok


def test_a_zip_needs_no_ending(tmp_path):
    assert validate_path(packed(tmp_path / "download", GOOD)).ok


BAD_NAMES = [
    ("../x.csv", "leads out of the archive"),
    ("data/../../x.csv", "leads out of the archive"),
    ("/etc/x.csv", "is absolute"),
    ("C:/x.csv", "drive letter"),
    ("c:x.csv", "drive letter"),
    ("data\\x.csv", "backslash"),
    ("A.csv", "differs from another only in case"),
    ("a.csv/inner.csv", "folder that is a file"),
    ("data//x.csv", "not plain"),
    ("./x.csv", "not plain"),
    ("x\x1b[2J.csv", "cannot be shown"),
    ("x" * 300, "too long a name"),
    ("x/" * 40 + "y", "too long a path"),
]


@pytest.mark.parametrize(("name", "said"), BAD_NAMES, ids=[repr(name[:12]) for name, _ in BAD_NAMES])
def test_a_member_with_a_name_of_ill_will_is_refused(tmp_path, name, said):
    path = packed(tmp_path / "a.zip", GOOD | {name: "id\n1\n"})
    report = validate_path(path)
    assert {finding.code for finding in report.findings} == {"archive-error"}
    assert any(said in finding.message for finding in report.findings)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


def test_a_name_that_begins_with_a_nought_is_refused(tmp_path):
    data = packed(tmp_path / "a.zip", GOOD | {"b.csv": "id\n"}).read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"b.csv", b"\0.csv"))
    assert "cannot be shown" in only_finding(tmp_path / "a.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, data in [*GOOD.items(), ("a.csv", "id\n2\n")]:
            archive.writestr(name, data)
    assert "stands twice" in validate_path(tmp_path / "a.zip").findings[0].message


@pytest.mark.parametrize(("kind", "said"), [(stat.S_IFLNK, "is a link"), (stat.S_IFIFO, "neither a file nor a folder")])
def test_a_member_that_is_no_file_is_refused(tmp_path, kind, said):
    member = zipfile.ZipInfo("link.csv")
    member.create_system, member.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("datapackage.json", GOOD["datapackage.json"])
        archive.writestr(member, "/etc/passwd")
    assert said in only_finding(tmp_path / "a.zip")


def test_an_archive_that_grows_two_hundredfold_is_refused_before_it_is_unpacked(tmp_path):
    path = packed(tmp_path / "a.zip", GOOD | {"b.csv": bytes(100 << 20)})
    assert "more than 200 times" in only_finding(path)


def test_a_small_archive_may_grow_more(tmp_path):
    assert validate_path(packed(tmp_path / "a.zip", GOOD | {"b.txt": bytes(10 << 20)})).ok


def test_an_archive_of_very_many_members_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{number}.csv": "" for number in range(archives.MEMBERS + 1)})
    assert "10,001 members" in only_finding(path)


def test_a_list_of_members_that_is_too_long_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "DIRECTORY", 4096)
    path = packed(tmp_path / "a.zip", {f"{number}.csv": "" for number in range(200)})
    assert "list of members is too long" in only_finding(path)


def test_an_encrypted_member_is_refused(tmp_path):
    data = bytearray(packed(tmp_path / "a.zip", GOOD, zipfile.ZIP_STORED).read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert "is encrypted" in only_finding(tmp_path / "a.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_deflate_is_unpacked(tmp_path, method):
    report = validate_path(packed(tmp_path / "a.zip", GOOD, method))
    assert {finding.code for finding in report.findings} == {"archive-error"}
    assert "a method other than Deflate" in report.findings[0].message


def test_content_that_is_not_of_its_checksum_is_refused(tmp_path):
    data = packed(tmp_path / "a.zip", GOOD, zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"id\n1\n", b"id\n2\n"))
    assert "CRC" in only_finding(tmp_path / "a.zip")


def test_a_member_that_is_larger_than_it_says_is_refused(tmp_path):
    """The size that is stated is what the limits are held against: no more is ever unpacked."""
    content = bytes(1000)
    data = bytearray(packed(tmp_path / "a.zip", {"datapackage.json": content}).read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    data[entry + 16 : entry + 20] = struct.pack("<I", zlib.crc32(content))
    (tmp_path / "a.zip").write_bytes(data)
    only_finding(tmp_path / "a.zip")


@pytest.mark.parametrize("length", [4, 30, 100, 250])
def test_a_zip_that_is_cut_off_is_refused(tmp_path, length):
    data = packed(tmp_path / "a.zip", GOOD).read_bytes()
    (tmp_path / "a.zip").write_bytes(data[:length])
    assert "cannot be read as zip" in only_finding(tmp_path / "a.zip")


def test_an_archive_within_an_archive_is_not_opened(tmp_path):
    inner = io.BytesIO()
    packed(inner, GOOD)
    assert "another archive" in only_finding(packed(tmp_path / "a.zip", {"inner.zip": inner.getvalue()}))


def test_an_archive_without_a_descriptor_says_so(tmp_path):
    assert "no datapackage.json" in only_finding(packed(tmp_path / "a.zip", {"a.csv": "id\n", "b/c.csv": "id\n"}))
