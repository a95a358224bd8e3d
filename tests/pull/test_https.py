"""Servers that speak TLS, with a certificate that is trusted or not."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from tests.pull.pulls import files, pulled
from tests.pull.registries import package
from tests.pull.servers import Server, redirect

from broadsheet.errors import ReadError


@pytest.fixture
def certificate(tmp_path) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file, that nobody signed."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate")
    made = tmp_path / "both.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, "-keyout", made, "-out")
    subprocess.run([*new, tmp_path / "certificate.pem"], check=True, capture_output=True)
    made.write_text(made.read_text() + (tmp_path / "certificate.pem").read_text())
    return made


@pytest.fixture
def secure(server: Server, certificate: Path) -> str:
    """The address of the server, which now speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return f"https://127.0.0.1:{server.server_port}"


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(server, secure):
    with pytest.raises(ReadError, match="its certificate is not to be trusted"):
        pulled(secure)
    assert server.requests == []


def test_a_certificate_that_is_trusted_is_taken(server, secure, certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate.with_name("certificate.pem")))
    assert files(pulled(secure).package) == package("1.0.0")


def test_from_https_nothing_leads_to_http(server, secure, certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate.with_name("certificate.pem")))
    server.faults = {"index.json": redirect(server.url + "/floods/index.json")}
    with pytest.raises(ReadError, match="which is not followed"):
        pulled(secure)
