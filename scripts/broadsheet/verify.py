"""The way back from a package to its raw files: what it says is read again, and the package is made again.

A verification is a validation of the package, with three checks more: the raw files are those that were read, the
words of every span stand where its row says, and a new build gives the same rows and bytes. Where it does not, the
rows that differ are named, with what may be the reason: the raw file, the program, the libraries or the options.
"""

import contextlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadsheet.build import build, options_of
from broadsheet.diff import Difference, differing, stream
from broadsheet.errors import IntegrityError, ReadError
from broadsheet.package.contents import is_public
from broadsheet.package.descriptors import resource_of
from broadsheet.package.public import write_public_package
from broadsheet.package.ro_crate import RO_CRATE, read_run
from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR, Project, authored, check_settings, read_descriptor
from broadsheet.provenance import Run, differences, this_run
from broadsheet.schemas import TABLES
from broadsheet.validate import Report, validate_package
from broadsheet.validate.contents import Table
from broadsheet.validate.database import database, reading
from broadsheet.validate.files import SUMS
from broadsheet.validate.report import KEPT, SKIPPED, Faults, Finding, Outcomes, Recorder, Unmade, fault
from broadsheet.validate.shown import quoted
from broadsheet.validate.spans import spans_hold

OF_THE_RUN = {RO_CRATE, SUMS}
"""Files that hold the time of a run, or the hash of one that does."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A package and what was made of the same raw files now.

    `again` is the package that is compared, `full` the one with all texts (for a package that is not public, the
    same). `then` is the run that the package states, `now` is this program's.
    `changed` are ids of articles whose text is not that of the package.
    """

    package: Path
    again: Path
    full: Path
    then: Run
    now: Run
    changed: frozenset[str]


def _resource(folder: Path, name: str) -> dict[str, Any]:
    return resource_of(read_descriptor(folder / DESCRIPTOR), name)


def _table(folder: Path, name: str) -> Table:
    """A table of a package, by its Parquet file."""
    return Table(name, _resource(folder, name)["schema"], parquet=folder / "parquet" / f"{name}.parquet")


def verify(
    package: Path,
    raw: Path,
    jobs: int | None = None,
    progress: Progress | None = None,
    entities: str | None = None,
) -> Report:
    """Verify a package against the raw folder that it was built from.

    `entities` is where the extractor is that found the names, if it is a folder, which no package states.
    Raises `ReadError` where either is missing, `IntegrityError` where the package does not say what built it.
    """
    for folder, what in ((package, "package"), (raw, "folder of raw files")):
        if not folder.is_dir():
            raise ReadError(f"{folder}: no such folder", tip=f"name the {what}; see: broadsheet verify --help")
    tell = progress or silent
    tell("validating", 0, 0)
    report = validate_package(package)
    if not report.ok:
        return report + _unmade("the package itself is not valid")
    if read_run(package) is None:
        raise IntegrityError(
            f"{package}: does not say what it was built by, so it cannot be verified",
            tip="verify packages that broadsheet built; others can be validated",
        )
    with tempfile.TemporaryDirectory(prefix="broadsheet-verify-") as made:
        return report + _compared(_made_again(package, raw, Path(made), jobs, tell, entities))


def _unmade(why: str) -> Report:
    recorder = Recorder()
    recorder.run("rebuild", "", [Unmade(why)])
    return recorder.report()


def _made_again(
    package: Path, raw: Path, folder: Path, jobs: int | None, tell: Progress, entities: str | None
) -> _Pair:
    """Build from the raw files with the package's own settings and schemas, and project where it is public."""
    project = replace(_project_of(package, raw, folder), chosen=entities)
    summary = build(project, jobs, tell, reuse=False)
    assert summary.report.ok, summary.report.as_text()
    full = project.out
    again = folder / "public" if is_public(package) else full
    if again != full:
        write_public_package(full, again, project.text_policy, tell)
    then = read_run(package)
    assert then is not None
    changed = frozenset(_changed_articles(_table(package, "articles"), _table(full, "articles")))
    return _Pair(package, again, full, then, this_run(options_of(project)), changed)


def _project_of(package: Path, raw: Path, folder: Path) -> Project:
    """The package's descriptor and schemas as a project that is built in the folder."""
    descriptor = read_descriptor(package / DESCRIPTOR)
    check_settings(package / DESCRIPTOR, authored(descriptor))
    root, schema = folder / "root", folder / "root" / "schema"
    schema.mkdir(parents=True)
    for resource in descriptor["resources"]:
        if resource["name"] in TABLES:
            (schema / f"{resource['name']}.json").write_text(json.dumps(resource["schema"]), "utf-8")
    with contextlib.suppress(FileNotFoundError):
        (root / "CHANGELOG.md").write_bytes((package / "CHANGELOG.md").read_bytes())
    return Project(raw=raw, out=folder / "package", root=root, schema=schema, descriptor=authored(descriptor))


def _compared(pair: _Pair) -> Report:
    recorder = Recorder()
    recorder.run("raw files", "raw_records", _raw_files_are_the_same(pair))
    articles = _table(pair.full, "articles")
    for name in TABLES:
        recorder.run("words in raw", name, _words_are_in_raw(pair, name, articles))
    same = [recorder.run("rebuild", name, _rows_are_the_same(pair, name)) for name in TABLES]
    recorder.run("bytes", "", _bytes_are_the_same(pair) if all(same) else [Unmade("rows differ")])
    return recorder.report()


# Raw files


def _raw_files_are_the_same(pair: _Pair) -> Outcomes:
    """Whether every raw record has the hash and the fate that the package states, and no other is there."""
    columns = ("status", "bytes", "sha256", "encoding")
    found, count = differing(_table(pair.package, "raw_records"), _table(pair.full, "raw_records"), columns)
    if found:
        yield Faults([_raw_finding(difference) for difference in found], count)


def _raw_finding(one: Difference) -> Finding:
    key, path = ", ".join(map(str, one.key)), str(one.key[0])
    return Finding("raw-difference", _raw_difference(one.then, one.now), "", one.row, key=key, raw_path=path)


def _raw_difference(then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    if now is None:
        return "the raw file is missing; restore it"
    if then is None:
        return "the raw file is not in the package; it was added after the build"
    if then["sha256"] != now["sha256"]:
        return f"the raw file has sha256 {now['sha256']}, expected {then['sha256']}; restore the file that was read"
    return f"the raw file is {now['status']} now, expected {then['status']}"


def _changed_articles(then: Table, now: Table) -> Iterator[str]:
    """Articles whose text is not the one that the package was made from."""
    query = "select coalesce(a.k0, b.k0) from a full join b on a.k0 = b.k0 where a.k1 is distinct from b.k1"
    with database() as connection, reading():
        connection.register("a", stream(then, ("article_id", "text_sha256")))
        connection.register("b", stream(now, ("article_id", "text_sha256")))
        yield from (row[0] for row in connection.execute(query).fetchall())


def _words_are_in_raw(pair: _Pair, name: str, articles: Table) -> Outcomes:
    """Whether the words of every span stand in the text that was read from the raw files now."""
    for item in spans_hold(_table(pair.package, name), {"articles": articles}):
        if not isinstance(item, Unmade) or item.outcome != SKIPPED:
            yield item


# Rows and bytes


def _rows_are_the_same(pair: _Pair, name: str) -> Outcomes:
    """Whether the new build has the same rows; those that differ are named, with what may be the reason."""
    hashes = [_resource(folder, name)["broadsheet:contentHash"] for folder in (pair.package, pair.again)]
    if hashes[0] == hashes[1]:
        return
    then, now = _table(pair.package, name), _table(pair.again, name)
    found, count = differing(then, now, tuple(now.fields))
    if found:
        yield Faults([_row_finding(pair, difference) for difference in found], count)
    else:
        yield fault("rebuild-difference", f"the rows have another order; {_reason(pair, '')}")


def _row_finding(pair: _Pair, one: Difference) -> Finding:
    article = str((one.then or one.now or {}).get("article_id") or "")
    text = f"{_row_difference(one.then, one.now)}; {_reason(pair, article)}"
    return Finding("rebuild-difference", text, "", one.row, key=", ".join(map(str, one.key)))


def _row_difference(then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    if then is None or now is None:
        return "the new build has this row and the package has not" if then is None else "the new build has no such row"
    changed = [name for name in then if then[name] != now[name]]
    shown = [f"{name} is {quoted(now[name], 40)}, expected {quoted(then[name], 40)}" for name in changed[:3]]
    return f"in the new build {', '.join(shown)}" + (" and more" if len(changed) > 3 else "")


def _reason(pair: _Pair, article: str) -> str:
    """What may be the reason why an article's rows differ: the first that is known, of raw file, program, libraries."""
    if article in pair.changed:
        return "its raw file is not the one that was read"
    if reasons := differences(pair.then, pair.now):
        return "; ".join(reasons)
    if pair.changed:
        return "other raw files are not those that were read"
    return "program, libraries and options are the same, so the package was altered, or raw/suppress.csv"


def _bytes_are_the_same(pair: _Pair) -> Outcomes:
    """Whether every file has the same bytes, apart from those that hold the time of a run."""
    then, now = (_sums(folder) for folder in (pair.package, pair.again))
    wrong = sorted(name for name in {*then, *now} - OF_THE_RUN if then.get(name) != now.get(name))
    if not wrong:
        return
    reasons = differences(pair.then, pair.now)
    if reasons:
        yield Unmade(f"the rows are the same, and not the bytes of {len(wrong)} files: {'; '.join(reasons)}")
    for name in () if reasons else wrong[:KEPT]:
        yield fault("rebuild-difference", f"{quoted(name)} has other bytes when it is made again", rule="same bytes")


def _sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    return {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
