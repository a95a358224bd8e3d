"""Files of a package that are elsewhere in the web, for those who allow that they are fetched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from broadsheet.errors import BroadsheetError
from broadsheet.validate.shown import shown


@dataclass(frozen=True, slots=True)
class Remote:
    """Files at addresses, fetched into a folder when they are asked for, each once.

    `fetch` writes what is at an address to a file; it raises `BroadsheetError` where it cannot, and where there is
    too much of it.
    """

    folder: Path
    fetch: Callable[[str, Path], None]
    known: dict[str, Path | str] = field(default_factory=dict)

    def file(self, url: str) -> Path | str:
        """The file that was fetched, or why it was not."""
        if url not in self.known:
            file = self.folder / f"{len(self.known)}{_suffix(url)}"
            try:
                self.fetch(url, file)
                self.known[url] = file
            except BroadsheetError as error:
                self.known[url] = f"cannot be fetched: {shown(error, 300)}"
        return self.known[url]


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


def _suffix(url: str) -> str:
    suffix = PurePosixPath(path_of(url)).suffix
    return suffix if suffix[1:].isalnum() and len(suffix) < 20 else ""
