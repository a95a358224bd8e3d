"""Claims written as they come: one JSON-LD document, or JSON Lines of objects that each stand alone."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from broadsheet.dataset import Dataset
from broadsheet.errors import UsageError
from broadsheet.export import schemaorg, webannotation
from broadsheet.export.about import About, about
from broadsheet.export.claims import Claim, claims_of
from broadsheet.export.files import new_file
from broadsheet.export.iris import checked_base

LINES = (".jsonl", ".ndjson")
"""Names of files that hold JSON Lines."""

WIDTH = 32
"""Characters before and after a quotation."""


@dataclass(frozen=True, slots=True)
class Options:
    """How claims are written: `base` begins all identifiers, `width` characters stand on each side of a quotation."""

    form: str
    lines: bool = False
    base: str | None = None
    width: int = WIDTH


@dataclass(slots=True)
class Written:
    """How many claims were written, and how many of them without their words."""

    claims: int = 0
    wordless: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A context, what makes an object of a claim, and what makes a document of such objects."""

    context: str
    node: Callable[[Claim, About, Options], dict[str, Any]]
    document: Callable[[Iterator[str], About], Iterator[str]]


FORMATS = {
    "webannotation": Format(
        webannotation.CONTEXT,
        lambda claim, about, options: webannotation.annotation(claim, about, options.width),
        webannotation.document,
    ),
    "schemaorg": Format(
        schemaorg.CONTEXT, lambda claim, about, _options: schemaorg.claim_node(claim, about), schemaorg.document
    ),
}
"""The formats of claims by name."""


def write_claims(dataset: Dataset, out: Path | IO[bytes], options: Options, *, force: bool = False) -> Written:
    """Write all claims of a package as UTF-8, into a file that appears whole or not at all, or to a stream.

    Raises `UsageError` where the file exists (unless `force`) or a base is no address, `IntegrityError` where rows
    point at nothing, `PackageError` where the file cannot be written.
    """
    checked_base(options.base)
    if options.width < 0:
        raise UsageError(f"width is {options.width}", tip="give a number of characters, 0 or more")
    done = Written()
    pieces = _pieces(dataset, options, done)
    if not isinstance(out, Path):
        _write(pieces, out)
        return done
    with new_file(out, force) as path, path.open("wb") as stream:
        _write(pieces, stream)
    return done


def _write(pieces: Iterator[str], stream: IO[bytes]) -> None:
    for piece in pieces:
        stream.write(piece.encode("utf-8", "replace"))  # a descriptor may hold halves of characters
    stream.flush()


def _pieces(dataset: Dataset, options: Options, done: Written) -> Iterator[str]:
    form, described = FORMATS[options.form], about(dataset.descriptor, options.base)
    nodes = (form.node(claim, described, options) for claim in _counted(claims_of(dataset), done))
    if options.lines:
        return (dumped({"@context": form.context, **node}) + "\n" for node in nodes)
    return form.document((dumped(node) for node in nodes), described)


def _counted(claims: Iterator[Claim], done: Written) -> Iterator[Claim]:
    for claim in claims:
        done.claims += 1
        done.wordless += claim.row["content"] is None
        yield claim


def dumped(node: dict[str, Any]) -> str:
    """The node as one line of JSON in which no HTML can begin, so that it can stand in a page's script element.

    >>> dumped({"text": "</script>"})
    '{"text": "\\\\u003c/script>"}'
    """
    text = json.dumps(node, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_UNSAFE = re.compile("[<\x85\u2028\u2029]")
"""What may begin HTML, and what some programs take for the end of a line."""
