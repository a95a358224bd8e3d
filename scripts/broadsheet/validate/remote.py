"""Files of a package that are elsewhere in the web, for those who allow that they are fetched."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from broadsheet.errors import BroadsheetError
from broadsheet.validate.shown import shown

_PASSWORD = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Remote:
    """Files at addresses, fetched into a folder when they are asked for, each once, within limits for all together.

    `fetch` writes what is at an address to a file, at most so many bytes within so many seconds; it raises
    `BroadsheetError` where it cannot, and where there is more.
    """

    folder: Path
    fetch: Callable[[str, Path, int, float], None]
    most: int = 16 << 30
    seconds: float = 3600
    begin: float = field(default_factory=time.monotonic)
    known: dict[str, Path | str] = field(default_factory=dict)

    def file(self, url: str) -> Path | str:
        """The file that was fetched, or why it was not."""
        if url not in self.known:
            self.known[url] = self._fetched(url, self.folder / f"{len(self.known)}{_suffix(url)}")
        return self.known[url]

    def _fetched(self, url: str, file: Path) -> Path | str:
        left = self.most - sum(one.stat().st_size for one in self.known.values() if isinstance(one, Path))
        try:
            if urlsplit(url).username is not None:
                return "holds a user or password, so it is not fetched; put these into ~/.netrc"
            self.fetch(url, file, left, self.begin + self.seconds - time.monotonic())
        except (BroadsheetError, OSError, ValueError) as error:
            file.unlink(missing_ok=True)
            return f"cannot be fetched: {shown(error, 300)}"
        return file


def is_address(path: str) -> bool:
    """Whether a path is an address in the web.

    >>> is_address("https://example.org/data.csv"), is_address("data.csv"), is_address("file:///etc/passwd")
    (True, False, False)
    """
    return path.lower().startswith(("http://", "https://"))


def path_of(path: str) -> str:
    """The path within an address, without query and fragment; other paths as they are.

    >>> path_of("https://example.org/a/data.tsv?raw=1"), path_of("a/data.tsv")
    ('/a/data.tsv', 'a/data.tsv')
    """
    try:
        return urlsplit(path).path if is_address(path) else path
    except ValueError:
        return path


def without_password(path: Any) -> Any:
    """A path as it may be shown: of an address without user and password.

    >>> without_password("https://ann:secret@example.org/data.csv")
    'https://…@example.org/data.csv'
    """
    return _PASSWORD.sub(r"\1…@", path) if isinstance(path, str) else path


def _suffix(url: str) -> str:
    suffix = PurePosixPath(path_of(url)).suffix
    return suffix if suffix[1:].isalnum() and len(suffix) < 20 else ""
