"""Projects that were built once, for all tests of publishing; tests must not change them."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.place import ARTICLES, write_raw
from tests.publish.s3_place import S3Place
from tests.publish.small import written_small

from broadsheet.build import build
from broadsheet.project import open_project
from broadsheet.validate import Report

MORE = {"d.txt": " date 2021-08-28 On Saturday, Dora Model told reporters that 3 bridges were closed in Kabul."}


def built(folder: Path, articles: dict[str, str], **stated: object) -> Path:
    write_raw(folder / "raw", articles)
    content = {"name": "floods", "title": "Floods", "version": "1.0.0", "resources": [], **stated}
    (folder / "datapackage.json").write_text(json.dumps(content))
    assert build(open_project(folder), jobs=1).report.ok
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A project that was built."""
    return built(tmp_path_factory.mktemp("project"), ARTICLES)


@pytest.fixture(scope="session")
def grown(tmp_path_factory) -> Path:
    """The same project with one more article."""
    return built(tmp_path_factory.mktemp("grown"), ARTICLES | MORE)


@pytest.fixture
def unchecked(monkeypatch):
    """Validation takes most of the time, and only reads; so does the check of descriptors against the profile."""
    monkeypatch.setattr("broadsheet.package.public.validate_package", lambda _: Report((), ()))
    monkeypatch.setattr("broadsheet.diff.packages.fits_profile", lambda *_: ())


@pytest.fixture
def small(monkeypatch):
    """`publish` writes a tiny package and compares nothing."""
    written_small(monkeypatch)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory) -> Iterator[str]:
    """The address of a real S3 server on loopback, to which all AWS tools of this process and its children talk."""
    moto = pytest.importorskip("moto.server", reason="needs moto and flask")
    nothing = tmp_path_factory.mktemp("aws") / "none"
    stated = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": str(nothing),
        "AWS_SHARED_CREDENTIALS_FILE": str(nothing),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**stated, "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server, monkeypatch) -> S3Place:
    """An empty registry in a bucket of its own; claims are looked at often."""
    monkeypatch.setattr("broadsheet.registry.claims.POLL", 0.05)
    monkeypatch.setattr("broadsheet.registry.claims.BEAT", 0.2)
    return S3Place.made()


@pytest.fixture
def impatient(monkeypatch):
    """A publisher that stands still is soon taken for dead; long enough for one that a busy machine holds up."""
    monkeypatch.setattr("broadsheet.registry.claims.PATIENCE", 3.0)
