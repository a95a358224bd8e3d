"""Tables in packed files: unpacked within limits, so that they are read as any other."""

import bz2
import dataclasses
import gzip
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from broadsheet.validate.archives import MODEST, RATIO, UNPACKED
from broadsheet.validate.contents import Resource
from broadsheet.validate.report import Outcomes, Recorder, fault
from broadsheet.validate.shown import shown
from broadsheet.validate.tabular.reading import READ, form_of, packing

_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError, ValueError)
_STEP = 1 << 20


def unpacked(recorder: Recorder, main: list[Resource], folder: Path) -> list[Resource]:
    """The resources, those of packed tables with their unpacked file, which lies in the folder."""
    return [
        _unpacked(recorder, one, folder / str(number)) if _is_packed(one) else one for number, one in enumerate(main)
    ]


def _is_packed(one: Resource) -> bool:
    is_table = isinstance(one.content.get("schema"), dict) or form_of(one.content) == "csv"
    is_read = is_table and form_of(one.content) in READ
    return is_read and one.file is not None and one.file.is_file() and bool(packing(one.content, [one.file]))


def _unpacked(recorder: Recorder, one: Resource, target: Path) -> Resource:
    if not recorder.run("packed", one.shown_path, _written(one, target), one.name):
        return dataclasses.replace(one, file=None)
    if not target.is_file():
        return one
    content = {name: value for name, value in one.content.items() if name != "compression"}
    return dataclasses.replace(one, file=target, content=content)


def _written(one: Resource, target: Path) -> Outcomes:
    """What keeps a file from being unpacked; where nothing does, it is."""
    assert one.file is not None
    how = packing(one.content, [one.file])
    most = max(MODEST, min(UNPACKED, RATIO * one.file.stat().st_size))
    try:
        with _opened(one.file, how) as source, target.open("xb") as found:
            while block := source.read(_STEP):
                found.write(block)
                if found.tell() > most:
                    raise ValueError(f"it unpacks to more than {most:,} bytes")
    except _BROKEN as error:
        target.unlink(missing_ok=True)
        text = f"{shown(one.shown_path)} cannot be unpacked as {shown(how)}: {shown(error, 200)}; pack it anew"
        yield fault("source-error", text, rule="packed")


def _opened(path: Path, how: str) -> Any:
    openers: dict[str, Any] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open, "zip": _member}
    if how not in openers:
        raise ValueError(f"there is no reader of it; pack it as one of {', '.join(openers)}")
    return openers[how](path)


def _member(path: Path) -> IO[bytes]:
    """The only file of a zip."""
    archive = zipfile.ZipFile(path)
    members = [one for one in archive.infolist() if not one.filename.endswith("/")]
    if len(members) != 1:
        archive.close()
        raise ValueError(f"it holds {len(members):,} files, where a table is one; name their paths after unpacking it")
    return archive.open(members[0])
