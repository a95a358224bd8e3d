"""The R client under clients/r, installed as its users install it: its own tests, over HTTP, and against pandas."""

import contextlib
import hashlib
import json
import math
import os
import re
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from broadsheet.build import build
from broadsheet.package.public import write_public_package
from broadsheet.project import open_project

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "clients" / "r"

OWN_TESTS = """
library(testthat)
ran <- as.data.frame(test_dir(
  "tests/testthat", package = "broadsheet", load_package = "installed", reporter = "check",
  stop_on_failure = TRUE, stop_on_warning = TRUE
))
stopifnot(nrow(ran) == length(unlist(lapply(Sys.glob("tests/testthat/test-*.R"), grep_tests))))
"""

CELLS = """
package <- read_broadsheet(arguments[1])
plain <- function(column) switch(class(column), Date = format(column), numeric = sprintf("%.17g", column), column)
cells <- function(column) list(class = class(column), cells = replace(plain(column), is.na(column), NA))
jsonlite::write_json(lapply(package, lapply, cells), arguments[2], na = "null")
"""
"""Of every column its class, and its cells: dates as ISO 8601, doubles as text with every digit."""

REFUSALS = """
message_of <- function(url) tryCatch(read_broadsheet(url, "dates"), error = conditionMessage)
jsonlite::write_json(lapply(arguments[-1], message_of), arguments[1], auto_unbox = TRUE)
"""

SAME = """
here <- read_broadsheet(arguments[1])
for (place in arguments[-1]) {
  there <- read_broadsheet(place)
  stopifnot(identical(there[names(there)], here[names(here)]))
}
"""


@pytest.fixture(scope="session")
def in_r(rscript, r_library):
    """Runs R code in which the package is attached and every warning is an error; `arguments` holds what follows."""
    if subprocess.run([rscript, "-e", "find.package('testthat')"], capture_output=True, check=False).returncode:
        pytest.skip("R lacks testthat")
    return partial(run, rscript, {**os.environ, "R_LIBS": str(r_library), "no_proxy": "127.0.0.1"})


def run(rscript, surroundings, code, *arguments, cwd=ROOT):
    head = "options(warn = 2)\nlibrary(broadsheet)\narguments <- commandArgs(trailingOnly = TRUE)\n"
    command = [rscript, "-e", head + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=surroundings)


def read(place, *tables):
    names = ", ".join(f'"{table}"' for table in tables)
    return f'package <- read_broadsheet("{place}", {f"c({names})" if tables else "NULL"})\n'


def test_the_client_passes_its_own_tests(in_r):
    found = 'grep_tests <- function(file) grep("^test_that", readLines(file))\noptions(warn = 1)'
    done = in_r(f"{found}\n{OWN_TESTS}", cwd=CLIENT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_cell_of_the_sample_is_that_of_pandas(in_r, sample_package, tmp_path):
    done = in_r(CELLS, sample_package, tmp_path / "cells.json")
    assert done.returncode == 0, done.stderr
    ours = json.loads((tmp_path / "cells.json").read_text())
    resources = json.loads((sample_package / "datapackage.json").read_text())["resources"]
    assert list(ours) == [resource["name"] for resource in resources]
    assert len(ours) == 9
    for resource in resources:
        theirs = pd.read_parquet(
            sample_package / "parquet" / f"{resource['name']}.parquet", dtype_backend="numpy_nullable"
        )
        table = ours[resource["name"]]
        assert list(table) == list(theirs.columns)
        for field in resource["schema"]["fields"]:
            column = table[field["name"]]
            assert column["class"] == [CLASSES[field["type"]]]
            cells = [float(cell) if cell and field["type"] == "number" else cell for cell in column["cells"]]
            assert cells == list(map(plain, theirs[field["name"]]))


CLASSES = {"string": "character", "integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date"}


def plain(cell):
    """What a cell of pandas says, dates as ISO 8601."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return str(cell)[:10] if hasattr(cell, "isoformat") else cell


class Server(ThreadingHTTPServer):
    """Serves a package on loopback; below `/FAULT/` with a table of dates that comes otherwise; notes what is asked."""

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        name, _, path = self.path[1:].partition("/")
        fault = FAULTS.get(name)
        self.path = f"/{path}" if fault else self.path
        if fault and path == "data/dates.csv":
            fault(self, Path(self.translate_path(self.path)).read_bytes())
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


def send(handler, body, length=None):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def endless(handler, _):
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        while True:
            handler.wfile.write(b"x" * 65536)


FAULTS = {
    "flipped": lambda handler, body: send(handler, body[:-2] + bytes([body[-2] ^ 1]) + body[-1:]),
    "shorter": lambda handler, body: send(handler, body[:-10]),
    "longer": lambda handler, body: send(handler, body + b"\n"),
    "broken-off": lambda handler, body: send(handler, body[:-10], len(body)),
    "endless": endless,
    "failing": lambda handler, _: handler.send_error(500),
}


@pytest.fixture(scope="module")
def server(sample_package):
    with Server(sample_package) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def test_a_package_reads_the_same_over_http(in_r, sample_package, server):
    done = in_r(SAME, sample_package, server.url, f"{server.url}/", f"{server.url}/datapackage.json")
    assert done.returncode == 0, done.stderr


def test_only_the_tables_asked_for_are_downloaded_and_nothing_is_left(in_r, server):
    server.asked.clear()
    done = in_r(read(server.url, "dates") + "stopifnot(length(list.files(tempdir())) == 0)")
    assert done.returncode == 0, done.stderr
    assert server.asked == ["/datapackage.json", "/data/dates.csv"]


@pytest.fixture(scope="module")
def refusals(in_r, server, tmp_path_factory):
    """What R says of the package with each fault."""
    out = tmp_path_factory.mktemp("refusals") / "messages.json"
    names = [*FAULTS, "nowhere"]
    done = in_r(REFUSALS, out, *(f"{server.url}/{name}" for name in names))
    assert done.returncode == 0, done.stderr
    return dict(zip(names, json.loads(out.read_text()), strict=True))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("flipped", "expected sha256 {sha256}, found [0-9a-f]{{64}};"),
        ("shorter", "expected bytes {size}, found {shorter};"),
        ("longer", "expected bytes {size}, found {longer};"),
        ("broken-off", "could not be downloaded from http://"),
        ("endless", "expected bytes {size}, found {longer};"),
        ("failing", "could not be downloaded from http://.*500"),
    ],
)
def test_a_file_that_comes_otherwise_over_http_is_refused_by_name(refusals, sample_package, fault, said):
    body = (sample_package / "data" / "dates.csv").read_bytes()
    facts = {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body)}
    pattern = said.format(**facts, shorter=len(body) - 10, longer=len(body) + 1)
    assert re.match(rf"data/dates\.csv: .*{pattern}", refusals[fault])


def test_a_folder_that_is_not_served_is_said_not_to_be_there(refusals):
    assert re.match("datapackage.json: could not be downloaded from .*404", refusals["nowhere"])


def test_words_around_a_row_are_shown_and_withheld_in_the_public_projection(in_r, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "one.txt").write_text(" date 2021-08-24 Rain fell 🌧 on Monday. Roads stayed open.\n", "utf-8")
    assert build(open_project(None, tmp_path / "raw", tmp_path / "full"), jobs=1).report.ok
    assert write_public_package(tmp_path / "full", tmp_path / "public", "facts").ok
    around = 'context(read_broadsheet(arguments[{}]), 1, "dates", width = 5)'
    both = f"cat({around.format(1)})\n{around.format(2)}"
    done = in_r(both, tmp_path / "full", tmp_path / "public")
    assert done.stdout == "🌧 on Monday. Roa"
    assert done.returncode == 1
    assert "withheld in this public package (text policy facts)" in " ".join(done.stderr.split())


def test_the_page_on_r_runs_as_written(in_r, sample_package, tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "package").symlink_to(sample_package)
    page = (ROOT / "docs" / "r.md").read_text("utf-8")
    blocks = re.findall(r"<!-- runs -->\n```r\n(.*?)```", page, re.DOTALL)
    assert blocks
    done = in_r("\n".join(blocks), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
