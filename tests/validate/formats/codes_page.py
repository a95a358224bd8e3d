"""The table of codes in docs/validate.md, made from the program: `python -m tests.validate.formats.codes_page`."""

import re
from pathlib import Path

from broadsheet.validate.formats.rules import NEAREST, SHARED, section
from broadsheet.validate.report import CODES

PAGE = Path(__file__).parents[3] / "docs" / "validate.md"
BLOCK = re.compile(r"(<!-- codes: .*? -->\n)(.*?)(<!-- end of codes -->)", re.DOTALL)


def table() -> str:
    """A line for each code: what it means, the type of frictionless, and the section of the standard."""
    return "\n".join(["| code | meaning | frictionless | standard |", "|---|---|---|---|", *map(_line, CODES)]) + "\n"


def _line(code: str) -> str:
    theirs = "the same" if code in SHARED else f"`{NEAREST[code]}`" if code in NEAREST else ""
    address = section(code)
    link = f"[{address.split('standard/')[1]}]({address})" if address else ""
    return f"| `{code}` | {CODES[code].replace('|', '&#124;')} | {theirs} | {link} |"


if __name__ == "__main__":
    PAGE.write_text(BLOCK.sub(lambda found: found[1] + table() + found[3], PAGE.read_text("utf-8")), "utf-8")
