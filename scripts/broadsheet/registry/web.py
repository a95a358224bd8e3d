"""Places on web servers, read over requests.

Redirections are followed here and not by requests, which reads what comes with them to its end: five at most, never
to another scheme than http and https, nor from https to http. Bodies are read as they come, so that neither a server
that stalls nor one that trickles is waited for longer than `STALL` seconds.
"""

import contextlib
import os
import re
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from broadsheet.errors import IntegrityError, MissingError, ReadError, UnreachableError, UsageError
from broadsheet.registry.places import CHUNK, Opened
from broadsheet.validate.shown import quoted, shown

if TYPE_CHECKING:
    import requests

CONNECT = 10.0
STALL = 30.0
"""Seconds to wait for a connection, and for bytes of an answer."""

SLOWEST = 100
"""Bytes a second, over `STALL` seconds, below which an answer counts as stalled."""

REDIRECTIONS = 5
AGAIN = (408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524)
"""Answers after which another try may do."""

_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_SESSIONS = threading.local()
_STRONG = re.compile(r'"[!#-~]{1,200}"')


def web_place(url: str) -> "WebPlace":
    """The folder at an address; `UsageError` for one that cannot be a folder's."""
    try:
        parts = urlsplit(url)
        fault_of_port = "" if parts.port != 0 else "names the port 0"
    except ValueError as error:
        raise UsageError(
            f"{shown(url)}: is no address: {shown(error)}", tip="write https://example.org/data"
        ) from error
    faults = (
        (not parts.hostname, "names no server"),
        (bool(fault_of_port), fault_of_port),
        (parts.username is not None, "holds a password or user; put these into ~/.netrc"),
        (bool(parts.query or parts.fragment), "holds ? or #, so it is no folder's"),
        (not url.isprintable() or " " in url, "holds a blank or a sign that no address has"),
    )
    for holds, fault in faults:
        if holds:
            raise UsageError(
                f"{shown(parts.hostname or url)}: the address {fault}", tip="write https://example.org/data"
            )
    return WebPlace(url.rstrip("/"))


def fetch(url: str, file: Path, most: int, seconds: float) -> None:
    """Write what is at an address to a new file; `IntegrityError` where it is more than so many bytes or takes longer.

    Raises `MissingError` where there is nothing, `UnreachableError` where another try may do, else `ReadError`.
    """
    end = time.monotonic() + seconds
    with contextlib.closing(_answer(url, {})) as answer, file.open("xb") as found:
        for chunk in _opened(answer, url, 0).chunks:
            found.write(chunk)
            if found.tell() > most or time.monotonic() > end:
                limit = f"{most:,} bytes" if found.tell() > most else f"{seconds:,.0f} seconds"
                raise IntegrityError(f"{shown(url, 200)}: takes more than {limit}", tip="fetch it by other means")


class WebPlace:
    """A folder on a web server; several threads may read from it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @contextlib.contextmanager
    def open(self, path: str, start: int = 0, etag: str = "") -> Iterator[Opened]:
        """See `Place`."""
        url = f"{self.text}/{quote(path)}"
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers |= {"Range": f"bytes={start}-"} | ({"If-Range": etag} if etag else {})
        with contextlib.closing(_answer(url, headers)) as answer:
            yield _opened(answer, url, start)


def _answer(url: str, headers: Mapping[str, str]) -> "requests.Response":
    """The answer after redirections, its body not read."""
    session = _session()
    current = url
    for _ in range(REDIRECTIONS + 1):
        answer = _asked(session, current, headers)
        target = session.get_redirect_target(answer)
        if target is None:
            return answer
        answer.close()
        current = _followed(current, target)
    raise ReadError(f"{url}: redirects more than {REDIRECTIONS} times", tip="see that the address is right")


def _session() -> "requests.Session":
    """A session of this thread and process, kept as long as they are: requests' are not made for several."""
    import requests

    from broadsheet import __version__

    found: requests.Session | None = getattr(_SESSIONS, "session", None)
    if found is None or _SESSIONS.process != os.getpid():
        found = _SESSIONS.session = requests.Session()
        _SESSIONS.process = os.getpid()
        found.resolve_redirects = _none  # type: ignore[method-assign] # requests' own reads bodies to their end
        found.headers["User-Agent"] = f"broadsheet/{__version__}"
    return found


def _none(*_: object, **__: object) -> "Generator[requests.Response, None, None]":
    """No redirection."""
    yield from ()


def _asked(session: "requests.Session", url: str, headers: Mapping[str, str]) -> "requests.Response":
    import requests
    import urllib3

    try:
        session.cookies.clear()
        return session.get(url, headers=dict(headers), stream=True, allow_redirects=False, timeout=(CONNECT, STALL))
    except ValueError as error:  # among them requests' own for addresses
        raise ReadError(f"{shown(url, 200)}: is no address that can be read: {shown(error, 200)}") from error
    except requests.exceptions.SSLError as error:
        raise ReadError(f"{shown(url, 200)}: its certificate is not to be trusted: {shown(error, 200)}") from error
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
        raise UnreachableError(f"{shown(url, 200)}: {_reason(error)}", tip="see that there is a connection") from error


def _followed(url: str, target: str) -> str:
    """Where a redirection leads; `ReadError` where it must not be followed."""
    try:
        found = urljoin(url, target)
        before, after = urlsplit(url), urlsplit(found)
    except ValueError as error:
        raise ReadError(f"{shown(url, 200)}: redirects to {quoted(target)}, which is no address") from error
    if after.scheme not in ("http", "https") or (before.scheme, after.scheme) == ("https", "http"):
        raise ReadError(
            f"{shown(url, 200)}: redirects to {quoted(found)}, which is not followed",
            tip="from https only https is followed, and never another scheme",
        )
    return found


def _opened(answer: "requests.Response", url: str, start: int) -> Opened:
    status = answer.status_code
    encoded = answer.headers.get("Content-Encoding", "identity").lower() != "identity"
    if status == 206 and start:
        if encoded:
            raise ReadError(f"{url}: answers a part of the file in another encoding, which cannot be put together")
        begin, size = _part(answer.headers.get("Content-Range", ""), url, start)
        return Opened(begin, size, _chunks(answer, url), _etag(answer))
    if status == 416 and start:
        return Opened(start, None, iter(()))
    if status != 200:
        raise _refused(answer, url)
    size = None if encoded else _length(answer)
    return Opened(0, size, _chunks(answer, url), "" if encoded else _etag(answer))


def _part(stated: str, url: str, start: int) -> tuple[int, int | None]:
    """Where the part begins, and the size of the whole; `IntegrityError` where it is not the part asked for."""
    found = _RANGE.fullmatch(stated.strip())
    if found:
        begin, end = int(found[1]), int(found[2])
        size = None if found[3] == "*" else int(found[3])
        if begin == start <= end and (size is None or size == end + 1):
            return begin, size
    raise IntegrityError(
        f"{url}: asked for all from byte {start} on, and was told Content-Range {quoted(stated)}",
        tip="nothing of that was used; tell those who keep the server",
    )


def _refused(answer: "requests.Response", url: str) -> ReadError:
    status, tip = answer.status_code, "see that the address is right"
    if status in (404, 410):
        return MissingError(f"{url}: there is no such file (HTTP {status})", tip=tip)
    if status in AGAIN:
        text = f"{url}: the server answers HTTP {status}"
        return UnreachableError(text, tip="try again later", wait=_wait(answer.headers.get("Retry-After")))
    if status in (401, 403):
        tip = "user and password of a server are taken from ~/.netrc"
    return ReadError(f"{url}: the server answers HTTP {status}", tip=tip)


def _wait(stated: str | None) -> float | None:
    from urllib3 import Retry
    from urllib3.exceptions import InvalidHeader

    with contextlib.suppress(InvalidHeader, OverflowError, ValueError, TypeError):
        return Retry().parse_retry_after(stated) if stated else None
    return None


def _length(answer: "requests.Response") -> int | None:
    stated = answer.headers.get("Content-Length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else None


def _etag(answer: "requests.Response") -> str:
    """The entity tag where it is a strong one, which stands for the very bytes."""
    stated = answer.headers.get("ETag", "")
    return stated if _STRONG.fullmatch(stated) else ""


def _chunks(answer: "requests.Response", url: str) -> Iterator[bytes]:
    """The body as it comes; whatever breaks it off is `UnreachableError`."""
    import urllib3

    since, got = time.monotonic(), 0
    try:
        while chunk := answer.raw.read1(CHUNK, decode_content=True):
            yield chunk
            got += len(chunk)
            passed = time.monotonic() - since
            if passed > STALL:
                if got < SLOWEST * passed:
                    raise UnreachableError(f"{url}: sends less than {SLOWEST} bytes a second", tip="try again later")
                since, got = time.monotonic(), 0
    except urllib3.exceptions.DecodeError as error:
        raise IntegrityError(f"{url}: is not in the encoding that the server states: {shown(error)}") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise UnreachableError(f"{url}: broke off: {_reason(error)}", tip="try again later") from error


def _reason(error: Any) -> str:
    """The innermost cause that has words, as one line."""
    seen = 0
    while seen < 10 and (inner := getattr(error, "reason", None) or error.__cause__ or error.__context__):
        if not isinstance(inner, BaseException):
            break
        error, seen = inner, seen + 1
    strerror = getattr(error, "strerror", None)
    return shown(strerror or error or type(error).__name__, 200)
