"""Servers that fail, lie or stall: no wrong byte becomes visible, and what is wrong is said."""

import gzip
import time
from types import SimpleNamespace

import pytest
from tests.pull.pulls import files, pulled, wrong
from tests.pull.registries import Registry, noise, package
from tests.pull.servers import (
    bomb,
    bomb_bytes,
    chunked,
    corrupts,
    endless,
    endless_redirect,
    gzipped,
    other,
    redirect,
    resets,
    stalls,
    states_length,
    states_range,
    status,
    trickles,
    truncates,
)

from broadsheet.errors import IntegrityError, ReadError, RegistryError, UnreachableError
from broadsheet.pull import tries
from broadsheet.registry import places, web

CLAIMS = "parquet/claims.parquet"
BIG = {CLAIMS: noise(3_000_000)}
OTHER = noise(3_000_000, 2)


@pytest.fixture
def big(registry):
    """A version with a file that does not come in one piece."""
    return registry.publish("1.1.0", package("1.1.0", extra=BIG))


@pytest.mark.parametrize("ranges", [True, False])
def test_what_is_pulled_is_what_was_published(server, registry, cache, big, ranges):
    server.ranges = ranges
    done = pulled(server)
    assert files(done.package) == big
    assert (done.version, done.fetched, done.there) == ("1.1.0", sum(map(len, big.values())), 0)
    assert wrong(cache) == []
    again = pulled(server)
    assert (again.fetched, again.there) == (0, sum(len(data) for path, data in big.items() if path != "SHA256SUMS"))


def test_several_files_come_at_once(server, cache, monkeypatch):
    monkeypatch.setattr(web, "STALL", 0.5)
    waits = [stalls(3), stalls(3), stalls(3)]
    server.faults = {"claims.csv": waits[:1], "dates.csv": waits[1:2], "README.md": waits[2:]}
    begin = time.monotonic()
    pulled(server)
    assert time.monotonic() - begin < 1.4  # three stalls of half a second


@pytest.mark.parametrize(
    "fault",
    [truncates(0.5), resets(1_000_000), stalls(1_000_000), truncates(0), status(500), status(502), status(408)],
)
@pytest.mark.parametrize("ranges", [True, False])
def test_what_breaks_off_once_is_made_up_for(server, cache, big, fault, ranges):
    server.ranges = ranges
    server.faults = {CLAIMS: [fault]}
    assert files(pulled(server).package) == big
    assert len(server.asked(CLAIMS)) == 2


def test_a_download_goes_on_where_it_stopped(server, cache, big):
    server.faults = {CLAIMS: [resets(1_000_000), truncates(0.5), truncates(0.5)]}
    done = pulled(server)
    assert files(done.package) == big
    first, *others = server.asked(CLAIMS)
    assert first == ""
    starts = [int(part.removeprefix("bytes=").removesuffix("-")) for part in others]
    assert starts == sorted(starts)
    assert starts[1:] == [starts[0] + (3_000_000 - starts[0]) // 2, starts[1] + (3_000_000 - starts[1]) // 2]
    assert done.fetched == sum(map(len, big.values()))


def test_a_later_run_fetches_only_what_is_missing(server, cache, big):
    server.faults = {CLAIMS: [truncates(0.5), *[status(503)] * 20]}
    with pytest.raises(UnreachableError, match="HTTP 503"):
        pulled(server)
    assert not list((cache / "packages").rglob("datapackage.json"))
    server.faults = {}
    server.served = 0
    done = pulled(server, tables=["claims"], form="parquet")
    assert server.asked(CLAIMS)[-1] == "bytes=1500000-"
    assert (done.package / CLAIMS).read_bytes() == BIG[CLAIMS]
    assert done.fetched < 1_600_000 <= done.there + 100_000
    assert wrong(cache) == []


def test_a_server_that_only_ever_sends_a_half_is_given_up(server, cache, big):
    server.ranges = False
    server.faults = {CLAIMS: truncates(0.5)}
    with pytest.raises(UnreachableError, match="broke off"):
        pulled(server)
    assert len(server.asked(CLAIMS)) == tries.TRIES
    assert wrong(cache) == []


def test_a_server_that_always_breaks_off_but_goes_on_is_borne_with(server, cache, registry):
    made = registry.publish("1.2.0", package("1.2.0", extra={CLAIMS: noise(4_000_000)}))
    server.faults = {CLAIMS: [truncates(0.3)] * (tries.TRIES + 3)}
    assert files(pulled(server).package) == made


def test_a_file_that_changed_between_two_tries_is_begun_anew(server, cache, big):
    server.faults = {CLAIMS: [lambda handler, _: truncates(0.5)(handler, OTHER)]}
    assert files(pulled(server).package) == big
    assert server.asked(CLAIMS) == ["", "bytes=1500000-"]  # by If-Range the server sends the whole


def test_a_wrong_beginning_is_found_by_the_hash_and_fetched_anew(server, cache, big):
    server.etags = False
    server.faults = {CLAIMS: [lambda handler, _: truncates(0.5)(handler, OTHER)]}
    assert files(pulled(server).package) == big
    assert server.asked(CLAIMS) == ["", "bytes=1500000-", ""]


def test_a_wrong_file_is_refused_by_name_and_thrown_away(server, cache, big):
    server.faults = {CLAIMS: corrupts}
    with pytest.raises(IntegrityError, match=r"parquet/claims\.parquet has not the sha256"):
        pulled(server)
    assert wrong(cache) == []
    assert not list(cache.rglob("claims.parquet"))
    assert all(path.stat().st_size < 3_000_000 for path in cache.rglob("*") if path.is_file())
    server.faults = {}
    assert files(pulled(server).package) == big


@pytest.mark.parametrize("path", ["SHA256SUMS", "1.1.0/datapackage.json", "parquet/datapackage.json", "README.md"])
def test_no_file_of_a_package_may_be_another(server, cache, big, path):
    server.faults = {path: corrupts}
    with pytest.raises(IntegrityError, match=path.removeprefix("1.1.0/")):
        pulled(server)
    assert wrong(cache) == []
    assert not list((cache / "packages").rglob("datapackage.json"))


@pytest.mark.parametrize("path", ["1.1.0/SHA256SUMS", "1.1.0/data/dates.csv", "1.1.0/datapackage.json"])
def test_two_versions_that_a_server_mixes_are_refused(server, cache, big, path):
    pulled(server, "floods@1.0.0")
    server.faults = {path: other(package("1.0.0")[path.removeprefix("1.1.0/")])}
    with pytest.raises(IntegrityError, match=path.removeprefix("1.1.0/")):
        pulled(server)
    assert wrong(cache) == []


def test_a_file_whose_length_is_stated_too_small_is_refused(server, cache, big):
    server.faults = {CLAIMS: states_length(-1000)}
    with pytest.raises(IntegrityError, match="has not the sha256"):
        pulled(server)
    assert wrong(cache) == []


def test_a_file_whose_length_is_stated_too_large_is_taken_by_its_hash(server, cache, big):
    server.faults = {CLAIMS: states_length(+1000)}
    assert files(pulled(server).package) == big


@pytest.mark.parametrize(
    "stated",
    [
        "bytes 0-2999999/3000000",
        "bytes 1500001-2999999/3000000",
        "bytes 1500000-1/3000000",
        "lines 1-2/3",
        "",
        "bytes 1500000-2999998/3000000",
    ],
)
def test_a_part_that_is_not_the_one_asked_for_is_refused(server, cache, big, stated):
    server.faults = {CLAIMS: [truncates(0.5), states_range(stated)]}
    with pytest.raises(IntegrityError, match="asked for all from byte 1500000 on"):
        pulled(server)
    assert wrong(cache) == []
    server.faults = {}
    assert files(pulled(server).package) == big


def test_a_part_that_nobody_asked_for_is_refused(server, cache, big):
    server.faults = {CLAIMS: states_range("bytes 0-2999999/3000000")}
    with pytest.raises(ReadError, match="HTTP 206"):
        pulled(server)


@pytest.mark.parametrize("path", ["data/claims.csv", "index.json", "SHA256SUMS", CLAIMS])
def test_a_body_without_end_is_refused(server, cache, monkeypatch, path):
    monkeypatch.setattr("broadsheet.pull.files.SMALL", 1 << 20)
    monkeypatch.setattr("broadsheet.pull.indexes.LARGEST_INDEX", 1 << 20)
    server.faults = {path: endless}
    with pytest.raises(IntegrityError, match=r"is larger than the [0-9,]+ bytes that it may have"):
        pulled(server)
    assert sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()) < 3 << 20


def test_what_is_stated_to_be_too_large_is_not_begun(server, cache):
    server.faults = {"data/claims.csv": lambda handler, _: handler.start(200, 1 << 40)}
    with pytest.raises(IntegrityError, match=r"data/claims\.csv is larger"):
        pulled(server)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "data:,x"])
@pytest.mark.parametrize("path", ["index.json", CLAIMS])
def test_a_redirection_to_another_scheme_is_refused(server, cache, target, path):
    server.faults = {path: redirect(target)}
    with pytest.raises(ReadError, match=r"redirects to .*which is not followed"):
        pulled(server)


@pytest.mark.parametrize("target", ["http://[", "http://a:99999/", "http://" + "a" * 70 + ".example/", "http://%zz/"])
def test_a_redirection_to_what_is_no_address_is_refused(server, cache, target):
    server.faults = {"index.json": redirect(target)}
    with pytest.raises(ReadError, match=r"no address|resolve|Name or service"):
        pulled(server)


def test_nothing_that_a_server_says_moves_a_cursor(server, cache):
    for fault in (redirect("http://127.0.0.1:9/\x1b[2J"), redirect("ftp://\x1b[2J"), redirect("http://[\x1b[2J")):
        server.faults = {"index.json": fault}
        with pytest.raises(ReadError) as refused:
            pulled(server)
        assert f"{refused.value} {refused.value.tip}".isprintable()


def test_a_redirection_from_https_to_http_is_refused():
    with pytest.raises(ReadError, match="not followed"):
        web._followed("https://example.org/a", "http://example.org/a")
    assert web._followed("http://example.org/a", "https://example.org/b") == "https://example.org/b"


def test_redirections_in_a_circle_end(server, cache):
    server.faults = {"index.json": redirect("/floods/index.json")}
    with pytest.raises(ReadError, match="redirects more than 5 times"):
        pulled(server)
    assert len(server.requests) == web.REDIRECTIONS + 1


def test_what_comes_with_a_redirection_is_not_read(server, cache):
    server.faults = {"index.json": endless_redirect}
    with pytest.raises(RegistryError, match="no dataset"):
        pulled(server)
    assert server.requests[-1] == ("elsewhere", "")


def test_a_redirection_is_followed_with_the_range(server, cache, big):
    server.faults = {"1.1.0/" + CLAIMS: redirect("/moved")}
    (server.folder / "moved").write_bytes(BIG[CLAIMS])
    assert files(pulled(server).package) == big


@pytest.mark.parametrize("fault", [gzipped, chunked])
def test_another_encoding_of_an_answer_is_undone(server, cache, big, fault):
    server.faults = {"": fault}
    assert files(pulled(server).package) == big


def test_a_part_in_another_encoding_is_refused(server, cache, big):
    packed = gzip.compress(BIG[CLAIMS][1_500_000:])

    def fault(handler, data):
        handler.start(206, len(packed), {"Content-Encoding": "gzip", "Content-Range": "bytes 1500000-2999999/3000000"})
        handler.body(packed)

    server.faults = {CLAIMS: [truncates(0.5), fault]}
    with pytest.raises(ReadError, match="another encoding"):
        pulled(server)


def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(server, cache):
    bomb_bytes()
    server.faults = {"data/claims.csv": bomb}
    with pytest.raises(IntegrityError, match="is larger than"):
        pulled(server)


def test_what_is_not_in_its_stated_encoding_is_refused(server, cache):
    server.faults = {
        "README.md": lambda handler, data: (
            handler.start(200, len(data), {"Content-Encoding": "gzip"}),
            handler.body(data),
        )
    }
    with pytest.raises(IntegrityError, match="not in the encoding"):
        pulled(server)


def test_a_server_that_trickles_counts_as_stalled(server, cache, monkeypatch):
    monkeypatch.setattr(web, "STALL", 0.3)
    server.faults = {"index.json": trickles}
    with pytest.raises(UnreachableError, match="less than 100 bytes a second"):
        pulled(server)


@pytest.mark.parametrize("code", [500, 502, 503, 504, 429])
def test_failures_of_a_server_are_waited_out(server, cache, code):
    server.faults = {"index.json": [status(code)] * 3, "SHA256SUMS": [status(code)] * 4}
    assert pulled(server).version == "1.0.0"


def test_as_long_as_a_server_asks_for_is_waited(server, cache):
    server.faults = {"index.json": [status(429, {"Retry-After": "1"})]}
    begin = time.monotonic()
    pulled(server)
    assert 1 <= time.monotonic() - begin < 3


def test_no_server_makes_the_client_wait_for_days(server, cache, monkeypatch):
    monkeypatch.setattr(tries, "LONGEST_ASKED", 0.05)
    server.faults = {"index.json": [status(503, {"Retry-After": "999999999999"}), status(503, {"Retry-After": "soon"})]}
    begin = time.monotonic()
    pulled(server)
    assert time.monotonic() - begin < 3


@pytest.mark.parametrize("code", [400, 401, 403, 418, 451, 501])
def test_other_refusals_are_not_tried_again(server, cache, code):
    server.faults = {CLAIMS: status(code)}
    with pytest.raises(ReadError, match=f"HTTP {code}"):
        pulled(server)
    assert len(server.asked(CLAIMS)) == 1


@pytest.mark.parametrize("code", [404, 410])
def test_a_file_that_is_not_there_is_named(server, cache, code):
    server.faults = {CLAIMS: status(code)}
    with pytest.raises(ReadError, match=r"claims\.parquet: there is no such file"):
        pulled(server)
    assert wrong(cache) == []


def test_waits_grow_and_differ(monkeypatch):
    waits = []
    monkeypatch.setattr(tries, "TRIES", 8)
    attempt = tries.Tries()
    attempt._stop = SimpleNamespace(wait=waits.append)
    for _ in range(7):
        attempt.failed(UnreachableError("x"))
    with pytest.raises(UnreachableError):
        attempt.failed(UnreachableError("x"))
    assert waits[0] == 0
    least = [min(tries.LONGEST_WAIT, tries.FACTOR * 2**number) for number in range(1, 7)]
    assert all(low <= wait <= low + tries.FACTOR for low, wait in zip(least, waits[1:], strict=True))
    assert len({wait % tries.FACTOR for wait in waits[1:6]}) > 1


def test_a_server_that_is_not_there_is_told_in_words(cache):
    with pytest.raises(UnreachableError, match="Connection refused"):
        places.read_small(places.open_place("http://127.0.0.1:9"), "x", 10)


def test_a_registry_in_which_a_name_is_a_folder_beside_it_is_no_matter(tmp_path, cache):
    made = Registry(tmp_path / "r")
    made.publish("1.0.0")
    assert pulled(str(tmp_path / "r")).version == "1.0.0"
