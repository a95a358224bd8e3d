"""A folder with every kind of bad raw file, built once by the command itself.

What becomes of each file was written down before the program was run: the design says the status, Python's own codecs
say the text.
"""

import gzip
import hashlib
import json
import os
import re
import socket
import sys
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.outside import Ran, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="makes names and files that other systems refuse")

LIMIT = 24_000_000
CURLY = "Café owner José Müller said on Tuesday: “It’s over – at last.”\n\nThe naïve façade fell in Orléans."


def article(words: str) -> str:
    return f"On Tuesday, Anna Example told reporters that {words} fell in Kabul.\n\nIt rained in Paris."


def raw(words: str, line_end: str = "\n") -> str:
    return f" date 2021-08-31 {article(words)}".replace("\n", line_end)


@dataclass(frozen=True, slots=True)
class Case:
    data: bytes
    status: str = "read"
    reason: str | None = None  # a pattern; None where the row must give no reason
    encoding: str | None = "utf-8"
    text: str | None = None  # what the article's text must be; None where it is not looked at
    published: str | None = "2021-08-31"


def good(words: str, codec: str = "utf-8", bom: bytes = b"", line_end: str = "\n", encoding: str = "utf-8") -> Case:
    text = article(words).replace("\n", line_end)
    return Case(bom + raw(words, line_end).encode(codec), encoding=encoding, text=text)


def undated(line: str, words: str, reason: str) -> Case:
    return Case(f"{line}{article(words)}".encode(), reason=reason, published=None)


def failed(data: bytes, reason: str) -> Case:
    return Case(data, "failed", reason, None, None, None)


def skipped(data: bytes, reason: str) -> Case:
    return Case(data, "skipped", reason, None, None, None)


ENCODINGS = {
    "utf8.txt": good("one house"),
    "bom.txt": good("two houses", bom=b"\xef\xbb\xbf"),
    "utf16le.txt": good("3 houses", "utf-16-le", b"\xff\xfe", encoding="utf-16le"),
    "utf16be.txt": good("4 houses", "utf-16-be", b"\xfe\xff", encoding="utf-16be"),
    "utf32le.txt": good("5 houses", "utf-32-le", b"\xff\xfe\0\0", encoding="utf-32le"),
    "cp1252.txt": Case(
        f" date 2021-08-31 {CURLY}".encode("cp1252"), "read", r"detected as windows-1252", "windows-1252", CURLY
    ),
    "crlf.txt": good("6 houses", line_end="\r\n"),
    "cr.txt": good("7 houses", line_end="\r"),
    "utf16-cut.txt": failed(b"\xff\xfe" + raw("8 houses").encode("utf-16-le")[:-1], "utf-16le but is broken at byte"),
    "utf16-lone.txt": failed(b"\xff\xfe" + raw("\ud800").encode("utf-16-le", "surrogatepass"), "broken at byte"),
    "utf16-no-bom.txt": failed(raw("9 houses").encode("utf-16-le"), "NUL.*UTF-16.*byte order mark"),
}
DATES = {
    "no-date.txt": undated("", "10 houses", "no date line"),
    "impossible.txt": undated(" date 2021-02-30 ", "11 houses", "2021-02-30 is no date"),
    "month-13.txt": undated(" date 2021-13-01 ", "12 houses", "2021-13-01 is no date"),
    "year-0.txt": undated(" date 0000-01-01 ", "13 houses", "0000-01-01 is no date"),
    "two-dates.txt": undated(
        " date 2021-08-31  date 2021-09-01 ", "14 houses", "more than one date: 2021-08-31, 2021-09-01"
    ),
    "two-lines.txt": undated(
        " date 2021-08-31 \n date 2021-09-01 ", "15 houses", "more than one date: 2021-08-31, 2021-09-01"
    ),
    "same-date-twice.txt": Case(
        f" date 2021-08-31  date 2021-08-31 {article('16 houses')}".encode(), text=article("16 houses")
    ),
    "future.txt": Case(f" date 2999-01-01 {article('17 houses')}".encode(), published="2999-01-01"),
    "first-day.txt": Case(b" date 0001-01-01 It fell yesterday, and a year ago.", published="0001-01-01"),
    "last-day.txt": Case(b" date 9999-12-31 It will fall tomorrow, and next year.", published="9999-12-31"),
}
NO_ARTICLE = {
    "empty.txt": skipped(b"", "empty file"),
    "bom-only.txt": skipped(b"\xef\xbb\xbf", "empty file"),
    "blank.txt": skipped(b" \n\t\r\n ", "only white space"),
    "wide-blank.txt": skipped("\u00a0\u2003\u3000\n".encode(), "only white space"),
    "date-only.txt": skipped(b" date 2021-08-31 \n\n ", "no text after the date line"),
    "over.txt": skipped(b"", "larger than 24,000,000 bytes"),  # made below, sparse
    "report.pdf": skipped(b"%PDF-1.4", r"no reader for \.pdf files"),
    "no-ending": skipped(raw("18 houses").encode(), "no reader for files without an ending"),
    "sub/README.md": skipped(b"notes", r"no reader for \.md files"),
    "sub/articles.csv": skipped(b"path\n", r"no reader for \.csv files"),
}
BINARY = {
    "nul.txt": failed(raw("19 houses").encode() + b"\0", "NUL"),
    "picture.txt": failed(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "binary: holds NUL"),
    "archive.txt": failed(gzip.compress(raw("20 houses").encode(), mtime=0), "binary"),
    "control.txt": failed(b" date 2021-08-31 " + b"\1\2\3\4\5\6" * 30, "binary: holds many control characters"),
    "photo.txt": failed(b"\xff\xd8\xff\xe0" + bytes(range(1, 256)) * 4, "no known encoding|could be detected|binary"),
}
TWICE = {
    "twice-1.txt": good("21 houses"),
    "twice-2.txt": Case(raw("21 houses").encode(), "duplicate", "the same article as twice-1.txt"),
    "twice-3.txt": Case(raw("21 houses", "\r\n").encode(), "duplicate", "the same article as twice-1.txt"),
}
NAMES: dict[bytes, Case] = {
    os.fsencode(name): good(f"{number} houses")
    for number, name in enumerate(
        [
            *(
                "with space.txt",
                "new\nline.txt",
                "tab\t.txt",
                "cr\r.txt",
                "-lead.txt",
                'comma,"q".txt',
                "back\\slash.txt",
            ),
            *("=1+1.txt", "#x.txt", "100%.txt", "%41.txt", "A.txt", "%FF.txt", "CAPITAL.TXT", ".hidden.txt"),
            *("Übung-日本.txt", "nfc-\u00e9.txt", "nfd-e\u0301.txt", "n" * 251 + ".txt", "d/" * 100 + "deep.txt"),
            *("dir.txt/in.txt", "\udcff.txt", "\udced\udca0\udc80.txt", "folder-\udcff/x.txt", "a:b.txt", "nan.txt"),
        ],
        start=100,
    )
}
CASES: dict[bytes, Case] = {
    **{name.encode(): case for group in (ENCODINGS, DATES, NO_ARTICLE, BINARY, TWICE) for name, case in group.items()},
    **NAMES,
}
LINKS = {
    "link-out.txt": "../outside/o.txt",
    "link-in.txt": "bom.txt",
    "link-folder": "../outside",
    "loop.txt": "loop.txt",
    "loop-1.txt": "loop-2.txt",
    "loop-2.txt": "loop-1.txt",
    "dangling.txt": "gone.txt",
    "self": ".",
}
SPECIAL = ("fifo.txt", "socket.txt", "full.txt")


@dataclass(frozen=True, slots=True)
class Built:
    folder: Path
    ran: Ran
    summary: dict
    records: dict[bytes, dict]
    articles: dict[str, dict]


def write_cases(folder: Path) -> None:
    for name, case in CASES.items():
        path = folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)
    with (folder / "over.txt").open("r+b") as file:
        file.truncate(LIMIT + 1)
    for name, target in LINKS.items():
        (folder / name).symlink_to(target)


def write_special(folder: Path) -> None:
    os.mkfifo(folder / "fifo.txt")
    (folder / "full.txt").symlink_to("/dev/full")
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket is limited to 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("socket.txt")
    finally:
        os.chdir(here)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    import pyarrow.parquet as parquet

    folder = tmp_path_factory.mktemp("bad")
    (folder / "raw").mkdir()
    (folder / "outside").mkdir()
    (folder / "outside/o.txt").write_text(raw("an outside house"))
    write_cases(folder / "raw")
    write_special(folder / "raw")
    (folder / "raw/README.md").write_text("About these files.")
    ran = run("build", "--raw", folder / "raw", "--out", folder / "out", "--jobs", "2", "--strict", "--json")
    assert (folder / "out").is_dir(), ran.err
    records = parquet.read_table(folder / "out/parquet/raw_records.parquet").to_pylist()
    articles = parquet.read_table(folder / "out/parquet/articles.parquet").to_pylist()
    return Built(
        folder,
        ran,
        json.loads(ran.out),
        {urllib.parse.unquote_to_bytes(record["path"]): record for record in records},
        {row["article_id"]: row for row in articles},
    )


def test_every_file_is_one_row_and_no_other_is(built):
    expected = {*CASES, *map(os.fsencode, LINKS), *map(os.fsencode, SPECIAL)}
    assert set(built.records) == expected
    assert sum(built.summary["records"].values()) == len(expected)


@pytest.mark.parametrize("name", CASES, ids=lambda name: repr(name[:30]))
def test_a_file_gets_its_status_and_its_reason(built, name):
    case, record = CASES[name], built.records[name]
    assert (record["status"], record["record"]) == (case.status, 0)
    if case.reason is None:
        assert record["reason"] is None
    else:
        assert re.search(case.reason, record["reason"] or "")
    if case.encoding and case.status != "skipped":
        assert record["encoding"] == case.encoding


@pytest.mark.parametrize("name", [*LINKS, "full.txt"])
def test_a_symbolic_link_is_not_followed(built, name):
    record = built.records[name.encode()]
    assert (record["status"], record["reason"]) == ("skipped", "symbolic link, not followed")
    assert record["bytes"] is None
    assert record["sha256"] is None


@pytest.mark.parametrize("name", ["fifo.txt", "socket.txt"])
def test_what_is_no_regular_file_is_named_and_left_alone(built, name):
    record = built.records[name.encode()]
    assert record["status"] == "skipped"
    assert re.search("pipe|socket", record["reason"])


def test_sizes_and_hashes_are_those_of_the_files(built):
    for name in CASES:
        data = (built.folder / "raw" / os.fsdecode(name)).read_bytes()
        record = built.records[name]
        assert (record["bytes"], record["sha256"]) == (len(data), hashlib.sha256(data).hexdigest()), name


@pytest.mark.parametrize("name", [n for n, c in CASES.items() if c.status == "read"], ids=lambda name: repr(name[:30]))
def test_every_article_that_can_be_read_is_there_with_its_words(built, name):
    case, row = CASES[name], built.articles[built.records[name]["article_id"]]
    assert (str(row["published"]) if row["published"] else None) == case.published
    if case.text is not None:
        assert row["text"] == case.text


def test_no_article_is_there_that_no_file_gave(built):
    read = [record for record in built.records.values() if record["status"] == "read"]
    assert len(built.articles) == len(read) == sum(case.status == "read" for case in CASES.values())


def test_a_duplicate_points_at_the_article_that_it_repeats(built):
    first, *later = (built.records[f"twice-{number}.txt".encode()]["article_id"] for number in (1, 2, 3))
    assert set(later) == {first}


def test_strict_exits_with_1_with_the_package_in_place_and_without_a_traceback(built):
    assert built.ran.code == 1
    assert "Traceback" not in built.ran.err
    assert built.summary["valid"] is True


def test_a_date_in_the_future_is_kept_and_warned_of_with_its_file(built):
    warnings = " ".join(built.summary["warnings"])
    assert "2 articles are dated after today" in warnings
    assert "raw/future.txt of 2999-01-01" in warnings or "raw/last-day.txt of 9999-12-31" in warnings


def test_every_reason_is_counted_in_the_summary(built):
    counted = {(reason["status"], reason["reason"]): reason["count"] for reason in built.summary["reasons"]}
    assert counted[("skipped", "symbolic link, not followed")] == len(LINKS) + 1
    assert counted[("skipped", "empty file")] == 2


def test_the_package_is_valid_by_our_own_command(built):
    checked = run("validate", built.folder / "out")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.endswith("Verdict: valid\n")


def test_the_package_is_valid_by_frictionless(built):
    from frictionless import Package

    report = Package(str(built.folder / "out/datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert {resource.name for resource in Package(str(built.folder / "out/datapackage.json")).resources} >= {"articles"}


@pytest.mark.slow
@pytest.mark.parametrize("body", [b"x" * 19_000_000, b"\n" * 19_000_000 + b"It rained.", b"It rained.\n\n" * 1_600_000])
def test_a_large_file_below_the_limit_is_an_article(tmp_path, body):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/large.txt").write_bytes(b" date 2021-08-31 " + body)
    ran = run("build", "--raw", tmp_path / "raw", "--out", tmp_path / "out", "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["records"] == {"read": 1}
