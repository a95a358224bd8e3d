"""Conformance cases: tiny packages, and what the specifications of Data Package v1 and v2 say of each.

Every line of `cases/*.jsonl` is a case: `id`, the `section` of the specification, what it `says` in our own words,
and what it makes of the package, `expect`: valid, invalid, or skipped (what need not be supported, but must be said).
An invalid case names its `faults` as family@row.field (row and field where they are clear, row 1 being the header),
several families that would do parted by `|`; `FAMILIES` in `verdicts` says which codes make up each.

The package is given in one of these ways, and files beside it in `files`:

- `field` and `cells`: a CSV file of the columns id and value, the latter described by `field`;
- `schema` (and `dialect`) and `csv`: a CSV file with this text;
- `resources`: the package's resources; `package`: its other properties;
- `descriptor`: all of the descriptor; `text`: the text of datapackage.json (null: there is none).

`version` 1 leaves `$schema` out. `note` explains what the text alone does not, `deliberate` states where this
validator means to differ and why. `known_differences.txt` lists the cases that this validator does not yet judge as
expected; `python -m tests.validate.conformance.case_files --known` writes it anew, and `--table FILE` writes all cases
as a table, with the verdicts of this validator and of frictionless side by side.
"""

import base64
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
KNOWN = Path(__file__).parent / "known_differences.txt"
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SECTIONS = {"v1": "https://specs.frictionlessdata.io/", "profiles": "https://datapackage.org/"}
STANDARD = "https://datapackage.org/standard/"


@dataclass(frozen=True, slots=True)
class Case:
    """One case, `file` being the group that it stands in; `content` is its line."""

    file: str
    content: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.content["id"])

    @property
    def expect(self) -> str:
        """What the specification makes of the package: valid, invalid or skipped."""
        return str(self.content["expect"])

    @property
    def faults(self) -> list[str]:
        """The faults that the specification makes of an invalid package."""
        return list(self.content.get("faults", []))

    @property
    def link(self) -> str:
        """The address of the section.

        >>> Case("", {"section": "table-schema/#enum"}).link
        'https://datapackage.org/standard/table-schema/#enum'
        """
        section = str(self.content["section"])
        first, _, rest = section.partition("/")
        if first == "v1":
            return SECTIONS[first] + rest
        return SECTIONS.get(first, STANDARD) + section


def cases() -> Iterator[Case]:
    """All cases, by file and line."""
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield Case(path.stem, json.loads(line))


def write_case(case: Case, folder: Path) -> Path:
    """Write the package of a case into an empty folder; the path of its descriptor, which a few cases leave out."""
    for name, content in files(case.content).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(content))
    path = folder / "datapackage.json"
    text = case.content.get("text", "") if "text" in case.content else json.dumps(descriptor(case.content))
    if text is not None:
        path.write_text(text, "utf-8")
    return path


def descriptor(content: dict[str, Any]) -> Any:
    """The descriptor of a case's package."""
    if "descriptor" in content:
        return content["descriptor"]
    declared = {} if content.get("version") == 1 else {"$schema": V2}
    found = {"resources": content["resources"]} if "resources" in content else {"resources": [_resource(content)]}
    return declared | found | content.get("package", {})


def _resource(content: dict[str, Any]) -> dict[str, Any]:
    resource = {"name": "table", "path": "table.csv", "type": "table"} if "version" not in content else {"name": "t"}
    resource |= {"path": "table.csv"}
    schema = content.get("schema")
    if "field" in content:
        fields = [{"name": "id", "type": "integer"}, {"name": "value", **content["field"]}]
        schema = {"fields": fields} | (schema or {})
    resource |= {"schema": schema} if schema is not None else {}
    return resource | ({"dialect": content["dialect"]} if "dialect" in content else {})


def files(content: dict[str, Any]) -> dict[str, Any]:
    """The contents of a case's files by path: text, or an object of base64 or Parquet columns."""
    table: dict[str, Any] = {}
    if "field" in content:
        table = {"table.csv": _column(content["cells"])}
    elif "csv" in content:
        table = {"table.csv": content["csv"]}
    return table | content.get("files", {})


def _column(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([("id", "value"), *enumerate(cells, 1)])
    return text.getvalue()


def _bytes(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8")
    return base64.b64decode(content["base64"]) if "base64" in content else _parquet(content["parquet"])


def _parquet(columns: dict[str, list[Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    sink = io.BytesIO()
    pa_parquet.write_table(pa.table({name: _array(*column) for name, column in columns.items()}), sink)
    return sink.getvalue()


def _array(type_of: str, values: list[Any]) -> Any:
    """An Arrow array; dates, times and decimals stand as text in the case."""
    import pyarrow as pa

    others = {"decimal128(10, 2)": pa.decimal128(10, 2), "list<int64>": pa.list_(pa.int64())}
    arrow = others.get(type_of) or pa.type_for_alias(type_of)
    if any(isinstance(value, str) for value in values) and type_of != "string":
        return pa.array(values, pa.string()).cast(arrow)
    return pa.array(values, arrow)


def known_differences() -> set[str]:
    """The ids of the cases that this validator does not judge as expected."""
    lines = KNOWN.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def main(arguments: list[str]) -> None:
    """Write the table to the file named after `--table`, or the list of known differences."""
    from tests.validate.conformance import side_by_side

    match arguments:
        case ["--table", path]:
            Path(path).write_text(side_by_side.table(), "utf-8")
        case ["--known"]:
            KNOWN.write_text(side_by_side.known(), "utf-8")
        case _:
            raise SystemExit("usage: python -m tests.validate.conformance.case_files --table FILE | --known")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
