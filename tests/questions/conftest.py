"""The dataset as a reader has it: published, served, fetched and checked."""

import os
import subprocess
import sys
import threading
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
    """The sample dataset as `broadsheet pull` fetches it from the registry."""
    folder = tmp_path_factory.mktemp("pulled")
    command = [sys.executable, "-m", "broadsheet", "pull", "broadsheet-sample@0.1", "--from", registry_url]
    surroundings = os.environ | {"BROADSHEET_CACHE": str(folder / "cache"), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())
