"""The public projection of a package: the same tables without the words that its text policy withholds."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.errors import PackageError, PolicyError, UsageError
from broadsheet.package.contents import Changes, check_target, is_broadsheet_package, is_public, write_pages
from broadsheet.package.descriptors import resource_of
from broadsheet.package.files import Written, write_table
from broadsheet.package.rights import public_batch, public_schema, quoted_claims
from broadsheet.package.ro_crate import Projection, read_run
from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR, Project, authored, check_settings, read_descriptor
from broadsheet.provenance import Run, this_run
from broadsheet.schemas import TABLES, Schema
from broadsheet.staging import nested, staged, swap_in
from broadsheet.validate import Report, validate_package

if TYPE_CHECKING:
    import pyarrow as pa

Batches = Iterator["pa.RecordBatch"]

NAMED = 10
"""So many articles without a licence are named."""


@dataclass(frozen=True, slots=True)
class Full:
    """A full package that broadsheet built: where it is, and what its pages say."""

    folder: Path
    descriptor: dict[str, Any]
    run: Run

    def batches(self, table: str, columns: list[str] | None = None) -> Batches:
        """The rows of a table."""
        import pyarrow.parquet as parquet

        with parquet.ParquetFile(self.folder / "parquet" / f"{table}.parquet") as file:
            for batch in file.iter_batches(16_384, columns=columns):
                yield batch.replace_schema_metadata()


def named(path: Path, out: Path | None = None) -> tuple[Path, Path, str]:
    """Source, target and text policy for a project or a package.

    A project's policy is the one that its descriptor states now, whatever it was when the package was built.
    """
    descriptor = read_descriptor(path / DESCRIPTOR)
    is_package = is_broadsheet_package(path)
    check_settings(path / DESCRIPTOR, authored(descriptor) if is_package else descriptor)
    policy = str(descriptor.get("broadsheet", {}).get("textPolicy", "facts"))
    if not is_package:
        return path / "build" / "package", out or path / "build" / "public", policy
    if out is None:
        raise UsageError("for a package that lies in no project, --out is needed", tip="see: broadsheet package --help")
    return path, out, policy


def write_public_package(
    source: Path,
    out: Path,
    policy: str,
    progress: Progress | None = None,
    version: str | None = None,
    changes: Changes | None = None,
) -> Report:
    """Write the public projection of the package in `source` to `out`; the report is that of its validation.

    `policy` is one of `TEXT_POLICIES`; `version` is the projection's, by default that of the package; so is
    CHANGELOG.md, unless `changes` makes one.
    Raises `PackageError` where the source is no full package that is whole, or the target is neither free nor a
    public package, and `PolicyError` where the policy is `full` and an article has no licence.
    """
    tell = progress or silent
    full = open_full(source, tell)
    if version is not None:
        full = replace(full, descriptor={**full.descriptor, "version": version})
    check_public_target(out, source)
    if policy == "full":
        check_licences(full)
    with staged(out) as staging:
        package = staging / "package"
        package.mkdir()
        _write_projection(full, package, policy, tell, changes)
        tell("validating", 0, 0)
        report = validate_package(package)
        if report.ok:
            swap_in(package, out)
    return report


def open_full(source: Path, tell: Progress) -> Full:
    """The package, after it has been validated: what is damaged is not published."""
    tip = "build it first: broadsheet build"
    if not (source / DESCRIPTOR).is_file():
        raise PackageError(f"{source}: is no package", tip=tip)
    if is_public(source):
        raise PackageError(f"{source}: is a public projection already", tip="name the full package that it was made of")
    tell("checking", 0, 0)
    report = validate_package(source)
    if not report.ok:
        raise PackageError(
            f"{source}: is not valid ({report.count} findings), so it is not published",
            tip=f"see them with: broadsheet validate {source}",
        )
    descriptor = read_descriptor(source / DESCRIPTOR)
    run = read_run(source)
    if run is None or {resource["name"] for resource in descriptor["resources"]} != set(TABLES):
        raise PackageError(f"{source}: is no package that broadsheet built", tip=tip)
    return Full(source, descriptor, run)


def check_public_target(out: Path, source: Path) -> None:
    """Raise `PackageError` unless the target is absent, empty or a public package, apart from the source."""
    check_target(out)
    if nested(source, out):
        raise PackageError(f"{out}: neither package may lie in the other", tip="choose another --out")
    if (out / DESCRIPTOR).exists() and not is_public(out):
        raise PackageError(f"{out}: holds a full package, and is left alone", tip="choose another --out")


def check_licences(full: Full) -> None:
    """Raise `PolicyError`, naming them, where articles have no licence."""
    import pyarrow.compute as pc

    without: list[str] = []
    for batch in full.batches("articles", ["article_id", "license"]):
        without += batch.filter(pc.is_null(batch["license"]))["article_id"].to_pylist()
    if without:
        more = f" and {len(without) - NAMED:,} more" if len(without) > NAMED else ""
        raise PolicyError(
            f"the text policy is full, but {len(without):,} articles have no licence: "
            f"{', '.join(without[:NAMED])}{more}",
            tip="state their licences in raw/articles.csv and build again, or choose the policy facts or quotes",
        )


def _write_projection(full: Full, package: Path, policy: str, tell: Progress, changes: Changes | None) -> None:
    """Write the tables and pages of the projection into an empty folder."""
    schemas = {name: public_schema(resource_of(full.descriptor, name)["schema"], policy) for name in TABLES}
    written = []
    for number, (name, schema) in enumerate(schemas.items()):
        tell("projecting", number, len(schemas))
        written.append(_write(full, name, schema, policy, package))
    write_pages(package, _project(full, policy), schemas, written, full.run, _projection(full, policy), changes)


def _write(full: Full, name: str, schema: Schema, policy: str, package: Path) -> Written:
    if policy == "full":
        return write_table(name, full.batches(name), schema, package)
    if policy == "quotes" and name in ("claims", "claim_spans"):
        batches = (public_batch(batch, schema, quotable) for batch, quotable in _quotable(full, name))
    else:
        batches = (public_batch(batch, schema) for batch in full.batches(name))
    return write_table(name, batches, schema, package)


def _project(full: Full, policy: str) -> Project:
    """The package as a project of its own, so that its pages are written as those of a build are."""
    settings = {**full.descriptor["broadsheet"], "textPolicy": policy, "public": True}
    descriptor = {**full.descriptor, "broadsheet": settings}
    return Project(raw=full.folder, out=full.folder, root=full.folder, descriptor=descriptor)


def _projection(full: Full, policy: str) -> Projection:
    hashes = {name: resource_of(full.descriptor, name)["broadsheet:contentHash"] for name in TABLES}
    return Projection(this_run({}), policy, hashes)


def _quotable(full: Full, table: str) -> "Iterator[tuple[pa.RecordBatch, pa.Array]]":
    """Batches of the table with, for each row, whether it holds a quotation that may be published."""
    import pyarrow as pa

    allowed = _allowed(full)
    article, claims = "", set[str]()
    for batch in full.batches(table):
        roles = batch["role"].to_pylist() if table == "claim_spans" else ["content"] * batch.num_rows
        kept = []
        for where, claim, role in zip(
            batch["article_id"].to_pylist(), batch["claim_id"].to_pylist(), roles, strict=True
        ):
            while article < where:
                article, claims = next(allowed)
            kept.append(role == "content" and claim in claims)
        yield batch, pa.array(kept, pa.bool_())


def _allowed(full: Full) -> Iterator[tuple[str, set[str]]]:
    """Each article that has claims, in order, with the ids of those that may be quoted."""
    counts = _cells(full, "articles", ["article_id", "word_count"])
    claims = _cells(full, "claims", ["article_id", "claim_id", "kind", "content"])
    for article, rows in itertools.groupby(claims, key=lambda row: row[0]):
        words = next(count for found, count in counts if found == article)
        yield article, quoted_claims((row[1:] for row in rows), words)


def _cells(full: Full, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    for batch in full.batches(table, columns):
        yield from zip(*(batch[name].to_pylist() for name in columns), strict=True)
