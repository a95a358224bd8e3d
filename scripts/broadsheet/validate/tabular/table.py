"""A table of any package: its rows as logical values, and the checks of header, cells and constraints."""

import dataclasses
import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.progress import Progress, silent
from broadsheet.schemas import primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Resource, Table
from broadsheet.validate.gathered import Gathered, Key
from broadsheet.validate.key_sets import Room
from broadsheet.validate.report import KEPT, Faults, Finding, Outcomes, Unmade, UnreadableError, fault
from broadsheet.validate.shown import quoted, shown
from broadsheet.validate.tabular import columnar, dialects, fields, logical, rows
from broadsheet.validate.tabular.reading import ELSEWHERE, READ, dialect_of, form_of, packing, read_rows
from broadsheet.validate.tabular.rules import Rule, RuleError, rules, unknown

if TYPE_CHECKING:
    import polars as pl

TYPED = {"int": ("integer", "number", "year"), "float": ("number",), "bool": ("boolean",)}
TYPED |= {"dict": ("object", "geojson", "geopoint"), "list": ("array", "geopoint")}
"""The field types that a JSON cell of each kind may stand for; texts may stand for any."""


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """Where the rows are, and the fields that they have; `schema` is narrowed to the columns that are there.

    `absent_key` are the fields of the primary key that are not.
    """

    name: str
    schema: dict[str, Any]
    resource: dict[str, Any]
    paths: tuple[Path, ...]
    dialect: dict[str, Any]
    there: dict[str, int]
    absent_key: tuple[str, ...] = ()
    gathered: Gathered = dataclasses.field(default_factory=Gathered)

    @property
    def counted(self) -> int | None:
        """How many rows there are; None while they are not all seen."""
        return self.gathered.rows if self.gathered.is_complete else None

    def cells(self) -> rows.Rows:
        """The cells as texts."""
        missing = [self._missing(field) for field in self.schema["fields"]]
        same = missing and missing[:1] * len(missing) == missing
        found = read_rows(self.resource, self.paths, missing[0] if same else ())
        if found.labels is None or self.dialect.get("caseSensitiveHeader") is not False:
            return found
        names = {field["name"].casefold(): field["name"] for field in self.schema["fields"]}
        return dataclasses.replace(found, labels=[names.get(label.casefold(), label) for label in found.labels])

    def _missing(self, field: dict[str, Any]) -> list[str]:
        """The texts that stand for a missing value of a field."""
        null = self.dialect.get("nullSequence")
        found = missing_values(field.get("missingValues", self.schema.get("missingValues", [""])))
        return [*found, *([null] if null is not None else [])]

    def columns(
        self, names: Sequence[str], opened: rows.Rows | None = None
    ) -> "Iterator[tuple[int, dict[str, logical.Read], dict[str, pl.Series]]]":
        """The named fields, chunk by chunk, with the number of the first row, and the texts that were read."""
        asked = set(names)
        wanted = {field["name"]: field for field in self.schema["fields"] if field["name"] in asked}
        found = opened or self.cells()
        last = max((self.there[name] for name in wanted), default=0)
        is_parquet = form_of(self.resource) == "parquet"
        for chunk in found.chunks:
            if last >= len(chunk.columns):
                raise UnreadableError(f"it has {len(chunk.columns)} columns only")
            texts = {name: chunk.columns[self.there[name]] for name in wanted}
            if not found.knows_missing:
                texts = {name: self._known(texts[name], field) for name, field in wanted.items()}
            reader = columnar.read if is_parquet else functools.partial(self._read, chunk)
            yield chunk.first, {name: reader(texts[name], field) for name, field in wanted.items()}, texts

    def _known(self, texts: "pl.Series", field: dict[str, Any]) -> "pl.Series":
        """The texts of a column, null where they stand for a missing value."""
        import polars as pl

        gone = self._missing(field)
        if not gone or texts.dtype != pl.String:
            return texts
        return pl.select(pl.when(~texts.is_in(gone)).then(texts)).to_series()

    def _read(self, chunk: rows.Chunk, texts: "pl.Series", field: dict[str, Any]) -> logical.Read:
        found = logical.read(texts, field)
        if not chunk.kinds:
            return found
        allowed = ["str", "null", *(kind for kind, types in TYPED.items() if field["type"] in types)]
        if field["type"] == "any":
            return found
        other = texts.is_not_null() & ~chunk.kinds[self.there[field["name"]]].is_in(allowed)
        return dataclasses.replace(found, bad=other if found.bad is None else found.bad | other)

    def batches(self, columns: Sequence[str] | None = None) -> "sources.Batches":
        """The values of the named columns as Arrow batches that know the numbers of their rows."""
        import pyarrow as pa

        names = [field["name"] for field in self.schema["fields"]] if columns is None else list(columns)
        if unknown := sorted(set(names) - set(self.there)):
            raise UnreadableError(f"there is no column {', '.join(map(quoted, unknown))}")
        types = {field["name"]: field for field in self.schema["fields"]}
        for first, found, cells in self.columns(names):
            arrays = [logical.compared(cells[name], found[name], types[name]).to_arrow() for name in names]
            yield pa.RecordBatch.from_arrays(arrays, names).replace_schema_metadata({sources.FIRST: str(first)})


def missing_values(declared: Any) -> list[str]:
    """The texts that stand for missing values, labelled or not.

    >>> missing_values([{"value": "-99", "label": "refused"}])
    ['-99']
    """
    items = declared if isinstance(declared, list) else []
    found = [item.get("value") if isinstance(item, dict) else item for item in items]
    return [text for text in found if isinstance(text, str)]


def opened(table: Table, found: Sequence[Resource]) -> Table:
    """The table with its logical rows, or with the reason why it has none."""
    content = found[0].content
    if isinstance(content.get("data"), str) and form_of(content) != "csv":
        return dataclasses.replace(table, limit="inline data in text are read as CSV only")
    paths = tuple(resource.file for resource in found if resource.file is not None and resource.file.is_file())
    stated = content.get("path")
    if len(paths) != (len(stated) if isinstance(stated, list) else bool(found[0].path)):
        return dataclasses.replace(table, limit=f"{'not all' if paths else 'none'} of its files can be read")
    if packed := packing(content, paths):
        return dataclasses.replace(table, limit=f"files packed as {shown(packed)} are not read")
    if form_of(content) not in READ:
        reason = f"its format, {quoted(form_of(content))}, is not read"
        return dataclasses.replace(table, limit=reason, is_elsewhere=form_of(content) in ELSEWHERE)
    if reason := fields.unusable(table.schema):
        return dataclasses.replace(table, limit=f"its schema cannot be used: {reason}")
    if list(dialects.wrong(content.get("dialect", {}))):
        return dataclasses.replace(table, limit="its dialect cannot be used")
    there = {field["name"]: place for place, field in enumerate(table.schema["fields"])}
    schema = fields.narrowed(table.schema, there, found[0].default_type)
    whole = LogicalTable(table.name, schema, content, paths, dialect_of(content), {})
    try:
        labels = whole.cells().labels
    except (UnreadableError, OSError, UnicodeError):
        labels = None
    if labels is not None:
        there = fields.placed(table.schema, labels)
    schema = fields.narrowed(table.schema, there, found[0].default_type)
    absent = tuple(name for name in primary_key(table.schema) if name not in there)
    found_there = dataclasses.replace(whole, schema=schema, there=there, absent_key=absent)
    return dataclasses.replace(table, schema=schema, limit="", logical=found_there)


def cells_hold(
    table: Table, declared: dict[str, Any], keys: Iterable[Key], room: Room, progress: Progress = silent
) -> Outcomes:
    """Whether the columns are the schema's, and every cell is of its type and keeps its field's constraints.

    The keys are taken into the room on the way, and `progress` is told how many rows were read.
    """
    found = table.logical
    found.gathered.begin(keys, room)
    compiled = []
    for field in found.schema["fields"]:
        own = list(rules(field))
        compiled.append((field, [one for one in own if isinstance(one, Rule)]))
        for error in (one for one in own if isinstance(one, RuleError)):
            yield fault("schema-error", str(error), field=field["name"], rule="constraints")
    unmade = [text for field in found.schema["fields"] for text in unknown(field)]
    try:
        opened_rows = found.cells()
        wrong = list(_header(table, declared, opened_rows))
        yield from wrong
        if wrong and (opened_rows.labels is None or not found.there):
            yield Unmade("its columns are not the schema's")
            return
        yield from _cells(found, compiled, opened_rows, progress)
        yield from opened_rows.faults.values()
        yield from opened_rows.of_parts
        slow = [one for _, own in compiled for one in own if one.undecided]
        unmade += [f"{one.text} of {one.field} would take too long in {sum(one.undecided):,} rows" for one in slow]
        if unmade:
            yield Unmade("; ".join(unmade))
    except rows.NotEncodedError as error:
        yield fault("encoding-error", shown(error, 200))
    except (UnreadableError, OSError) as error:
        yield fault("source-error", f"{shown(error, 200)}; restore the file, or correct its description")


def _header(table: Table, declared: dict[str, Any], found: rows.Rows) -> Iterator[Faults]:
    file = table.logical.paths[0].name if table.logical.paths else "the data"
    if found.labels is not None and (reason := _no_header(declared, found.labels)):
        yield fault("missing-label", f"{file} {reason}", rule="header")
    elif found.labels is not None:
        order = {field["name"]: place for place, field in enumerate(declared["fields"])}
        labels = sorted(found.labels, key=lambda label: order.get(label, len(order)))
        yield from fields.header_faults(declared, labels if found.is_keyed else found.labels, file)
    elif found.width and found.width != len(declared["fields"]):
        text = f"{file} has {found.width} columns, expected {len(declared['fields'])}; correct the schema or the file"
        yield fault("missing-label" if found.width < len(declared["fields"]) else "extra-label", text)


def _no_header(declared: dict[str, Any], labels: Sequence[str]) -> str:
    """Why the labels of a file are none at all; empty where they may be."""
    names = [field["name"] for field in declared["fields"]]
    if labels in ([], [""]) and names != [""]:
        return f"is empty; expected the columns {shown(', '.join(names), 120)}"
    if labels[:1] == ["version https://git-lfs.github.com/spec/v1"]:
        return "is a pointer of Git LFS in place of the data; fetch them with: git lfs pull"
    parted = {sign: labels[0].split(sign) for sign in ";\t|,"} if len(labels) == 1 < len(names) else {}
    sign = next((sign for sign, found in parted.items() if len({*found} & {*names}) > 1), "")
    return f'has columns that {sign!r} parts; say so in the dialect: "delimiter": {json.dumps(sign)}' if sign else ""


def _cells(
    found: LogicalTable,
    compiled: list[tuple[dict[str, Any], list[Rule]]],
    opened_rows: rows.Rows,
    progress: Progress,
) -> Iterator[Faults]:
    names = [field["name"] for field, _ in compiled]
    in_keys = [field for field, _ in compiled if field["name"] in found.gathered.fields]
    for first, columns, texts in found.columns(names, opened_rows):
        for field, field_rules in compiled:
            name = field["name"]
            yield from _typed(columns[name], texts[name], field, first)
            yield from _ruled(columns[name], texts[name], field, field_rules, first)
        rows_of_chunk = len(next(iter(texts.values()), ()))
        compared = {
            field["name"]: logical.compared(texts[field["name"]], columns[field["name"]], field) for field in in_keys
        }
        found.gathered.see(compared, rows_of_chunk)
        progress("rows", found.gathered.rows, 0)
    found.gathered.ragged = len(opened_rows.faults)
    found.gathered.rows += found.gathered.ragged
    found.gathered.is_complete = True


def _typed(column: logical.Read, texts: "pl.Series", field: dict[str, Any], first: int) -> Iterator[Faults]:
    wrong = f"is no {logical.named(field)}; expected {logical.expected(field)}; correct it"
    if column.stored:
        wrong = f"is stored as {column.stored}; expected {logical.named(field)}; cast the column"
    for mask, code, text in (
        (column.bad, "type-error", wrong),
        (column.beyond, "integer-range", "needs more than 64 bits, which most readers do not have; make it a string"),
    ):
        if mask is not None and mask.any():
            places = mask.arg_true().to_list()
            findings = [
                Finding(code, f"{quoted(cell)} {text}", "", first + p, field["name"], code, cell)
                for p in places[:KEPT]
                for cell in [columnar.text_at(texts, p)]
            ]
            yield Faults(findings, len(places))


def _ruled(
    column: logical.Read, texts: "pl.Series", field: dict[str, Any], field_rules: list[Rule], first: int
) -> Iterator[Faults]:
    if field.get("constraints", {}).get("required") and texts.null_count():
        places = texts.is_null().arg_true().to_list()
        text = "is missing but required; fill the cell"
        findings = [Finding("constraint-error", text, "", first + p, field["name"], "required") for p in places[:KEPT]]
        yield Faults(findings, len(places))
    for one in field_rules:
        held = one.holds(column.values)
        if one.settled is not None:
            held = one.settled(held, texts, column.values)
        if undecided := held.null_count() - column.values.null_count():
            one.undecided.append(undecided)
        if not held.all():  # nulls, which are missing cells, are not looked at
            places = (column.values.is_not_null() & ~held.fill_null(value=True)).arg_true().to_list()
            findings = [_broken(one, columnar.text_at(texts, place), first + place) for place in places[:KEPT]]
            yield Faults(findings, len(places))


def _broken(one: Rule, text: str, row: int) -> Finding:
    message = f"{quoted(text)} does not fit {shown(one.text, 120)}; correct the cell"
    return Finding("constraint-error", message, "", row, one.field, one.text, text)
