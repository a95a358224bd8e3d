"""Places that fsspec knows, such as s3://, gs:// and memory://; for those who have it installed."""

import contextlib
from collections.abc import Iterator
from typing import Any

from broadsheet.errors import MissingError, ReadError, UnreachableError, UsageError
from broadsheet.registry.places import CHUNK, Opened
from broadsheet.validate.shown import shown


def remote_place(url: str) -> "RemotePlace":
    """The folder at an address of fsspec; `UsageError` where fsspec, or what it needs for the scheme, is missing."""
    if "::" in url:
        raise UsageError(f"{shown(url)}: addresses in addresses are not read", tip="name the folder itself")
    try:
        import fsspec
    except ImportError:
        raise UsageError(f"{shown(url)}: needs fsspec", tip="pip install 'broadsheet[remote]'") from None
    try:
        files, root = fsspec.url_to_fs(url)
    except ImportError as error:
        raise UsageError(f"{shown(url)}: {shown(error, 200)}", tip="install what is named there") from error
    except ValueError as error:
        raise UsageError(
            f"{shown(url)}: {shown(error, 200)}", tip="write https://, s3://, gs:// or a folder"
        ) from error
    return RemotePlace(url.rstrip("/"), files, root.rstrip("/"))


class RemotePlace:
    """A folder at an address of fsspec."""

    def __init__(self, text: str, files: Any, root: str) -> None:
        self.text = text
        self._files = files
        self._root = root

    @contextlib.contextmanager
    def open(self, path: str, start: int = 0, etag: str = "") -> Iterator[Opened]:  # noqa: ARG002 - see `Place`
        """See `Place`."""
        where = f"{self.text}/{path}"
        with _telling(where):
            size = self._files.info(f"{self._root}/{path}").get("size")
            stream = self._files.open(f"{self._root}/{path}", "rb", cache_type="readahead")
        with contextlib.closing(stream):
            begin = start if size is None or start <= size else 0
            yield Opened(begin, size, _chunks(stream, begin, where))


def _chunks(stream: Any, start: int, where: str) -> Iterator[bytes]:
    with _telling(where):
        stream.seek(start)
    while True:
        with _telling(where):
            chunk: bytes = stream.read(CHUNK)
        if not chunk:
            return
        yield chunk


@contextlib.contextmanager
def _telling(where: str) -> Iterator[None]:
    """Turn what an implementation raises, which may be anything, into our errors."""
    try:
        yield
    except FileNotFoundError:
        raise MissingError(f"{where}: there is no such file", tip="see that the address is right") from None
    except PermissionError as error:
        raise ReadError(f"{where}: may not be read: {shown(error, 200)}") from error
    except Exception as error:
        raise UnreachableError(
            f"{where}: {shown(error, 200) or type(error).__name__}", tip="try again later"
        ) from error
