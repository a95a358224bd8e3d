"""Files at URLs: refused, unless they are allowed; fetched from a real server then."""

import json

import pytest
from tests.pull.servers import serving

from broadsheet.registry.web import fetch
from broadsheet.validate import Remote, validate_path

SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]}


@pytest.fixture
def server(tmp_path):
    (tmp_path / "served").mkdir()
    (tmp_path / "served/table.csv").write_text("id,n\na,1\nb,many\n")
    (tmp_path / "served/schema.json").write_text(json.dumps(SCHEMA))
    with serving(tmp_path / "served") as found:
        yield found


@pytest.fixture
def remote(tmp_path):
    (tmp_path / "fetched").mkdir()
    return Remote(tmp_path / "fetched", fetch, most=1_000)


@pytest.fixture
def package(tmp_path):
    def write(**properties):
        folder = tmp_path / "package"
        folder.mkdir()
        resource = {"name": "table", "schema": SCHEMA, **properties}
        (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}))
        return folder

    return write


def codes(report):
    return {finding.code for finding in report.findings}


def test_a_url_is_refused_and_nothing_is_asked(server, package):
    report = validate_path(package(path=f"{server.url}/table.csv", schema=f"{server.url}/schema.json"))
    assert codes(report) == {"resource-error", "schema-error"}
    assert all("without --allow-urls" in finding.message for finding in report.findings)
    assert server.requests == []


def test_tables_and_schemas_at_urls_are_fetched_where_they_are_allowed(server, remote, package):
    url = f"{server.url}/table.csv"
    report = validate_path(package(path=url, schema=f"{server.url}/schema.json"), remote=remote)
    assert [(one.code, one.row, one.value, one.path) for one in report.findings] == [("type-error", 3, "many", url)]


def test_a_file_is_fetched_once(server, remote, package):
    url = f"{server.url}/table.csv"
    folder = package(path=url)
    content = json.loads((folder / "datapackage.json").read_text())
    content["resources"].append({**content["resources"][0], "name": "again"})
    (folder / "datapackage.json").write_text(json.dumps(content))
    assert len(validate_path(folder, remote=remote).findings) == 2
    assert len(server.requests) == 1


def test_bytes_and_hash_of_a_fetched_file_are_checked(server, remote, package):
    folder = package(path=f"{server.url}/table.csv", bytes=1, hash="0" * 32)
    assert codes(validate_path(folder, remote=remote)) == {"byte-count", "hash-count", "type-error"}


@pytest.mark.parametrize(
    ("path", "text"),
    [("missing.csv", "there is no such file (HTTP 404)"), ("large.csv", "takes more than 1,000 bytes")],
)
def test_what_cannot_be_fetched_is_said(server, remote, package, path, text):
    (server.folder / "large.csv").write_bytes(bytes(1_001))
    (finding,) = validate_path(package(path=f"{server.url}/{path}"), remote=remote).findings
    assert (finding.code, finding.table) == ("resource-error", "table")
    assert text in finding.message


def test_what_is_fetched_is_bounded_for_all_files_together(server, remote, package):
    for name in ("one.csv", "two.csv"):
        (server.folder / name).write_bytes(b"id,n\n" + b"a,1\n" * 150)
    report = validate_path(package(path=[f"{server.url}/one.csv", f"{server.url}/two.csv"]), remote=remote)
    (finding,) = report.findings
    assert f"two.csv' cannot be fetched: {server.url}/two.csv: takes more than 395 bytes" in finding.message
    assert len(list(remote.folder.iterdir())) == 1


def test_fetching_comes_to_an_end(server, package, tmp_path):
    (tmp_path / "fetched").mkdir()
    (finding,) = validate_path(
        package(path=f"{server.url}/table.csv"), remote=Remote(tmp_path / "fetched", fetch, seconds=0)
    ).findings
    assert "takes more than" in finding.message


def test_a_password_in_a_url_is_not_used(server, remote, package):
    url = server.url.replace("http://", "http://ann:secret@")
    (finding,) = validate_path(package(path=f"{url}/table.csv"), remote=remote).findings
    assert "holds a user or password" in finding.message
    assert server.requests == []


def test_a_full_disk_is_a_finding(server, package, tmp_path):
    def full(*_):
        raise OSError(28, "No space left on device")

    (finding,) = validate_path(package(path=f"{server.url}/table.csv"), remote=Remote(tmp_path, full)).findings
    assert "No space left on device" in finding.message


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://localhost/x.csv", "http://[", "https://", "http://\0"])
def test_other_urls_and_broken_ones_are_findings(remote, package, url):
    assert "resource-error" in codes(validate_path(package(path=url), remote=remote))
