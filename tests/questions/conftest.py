"""The dataset as a reader has it: published, served, fetched and checked."""

import hashlib
import threading
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

collect_ignore_glob = ["q*.py", "tables.py"]  # the questions are read by `test_questions`, not collected


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def registry_url(registry):
    """The registry that holds the sample dataset, served on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(registry))) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def pulled(registry_url, tmp_path_factory) -> Path:
    """The sample dataset as fetched from the registry: here is the one place to change how."""
    folder = tmp_path_factory.mktemp("pulled")
    fetch(f"{registry_url}/broadsheet-sample/0.1.0", folder)
    return folder


def fetch(url: str, folder: Path) -> None:
    """Every file that SHA256SUMS lists, checked."""
    for line in fetched(f"{url}/SHA256SUMS").decode().splitlines():
        expected, path = line.split("  ", 1)
        body = fetched(f"{url}/{path}")
        assert hashlib.sha256(body).hexdigest() == expected
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)


def fetched(url: str) -> bytes:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(url) as response:
        return response.read()
