"""What docs/validate.md takes from the program: `python -m tests.validate.formats.page` writes it anew."""

import json
import os
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner
from tests.validate.formats.small import PROFILE

from broadsheet.cli import cli
from broadsheet.validate.formats.rules import NEAREST, SHARED, section
from broadsheet.validate.report import CODES

PAGE = Path(__file__).parents[3] / "docs" / "validate.md"

SCHEMA = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "note", "type": "string"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["flood", "fire"]}},
    ],
}
ROWS = """id,day,note,kind
e1,2021-08-31,"two
lines",fire
e2,2021-13-45,,flood
e3,2021-08-31,,flod
e4,2021-08-31,,flod
"""


def write_package(folder: Path) -> None:
    """The package of the page's example."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "events.csv").write_text(ROWS)
    resource = {"name": "events", "path": "data/events.csv", "schema": SCHEMA, "rows": 4}
    (folder / "datapackage.json").write_text(
        json.dumps({"$schema": PROFILE, "name": "floods", "resources": [resource]})
    )


def example() -> str:
    """What the command says of the example, as the page shows it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        write_package(Path(folder, "floods"))
        os.chdir(folder)
        try:
            printed = CliRunner().invoke(cli, ["validate", "floods"]).stdout
        finally:
            os.chdir(before)
    return "".join(f"    {line}".rstrip() + "\n" for line in ["$ broadsheet validate floods", *printed.splitlines()])


def table() -> str:
    """A line for each code: what it means, the type of frictionless, and the section of the standard."""
    return "\n".join(["| code | meaning | frictionless | standard |", "|---|---|---|---|", *map(_line, CODES)]) + "\n"


def _line(code: str) -> str:
    theirs = "the same" if code in SHARED else f"`{NEAREST[code]}`" if code in NEAREST else ""
    address = section(code)
    link = f"[{address.split('standard/')[1]}]({address})" if address else ""
    return f"| `{code}` | {CODES[code].replace('|', '&#124;')} | {theirs} | {link} |"


def written(page: str) -> str:
    """The page with its example and its table as the program has them now."""
    page = re.sub(r"(?<=\n\n)    \$ broadsheet validate floods\n(?:    .*\n|\n(?=    ))+", lambda _: example(), page)
    return re.sub(r"(?<=\n)\| code \| meaning .*\n(?:\|.*\n)+", lambda _: table(), page)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
