"""What the codes of findings mean to tools: the section of the standard, and the type of error of frictionless."""

from broadsheet.validate.report import CODES

STANDARD = "https://datapackage.org/standard"

SECTIONS = {
    "package-error": "data-package/",
    "resource-error": "data-resource/#path-or-data",
    "schema-error": "table-schema/",
    "dialect-error": "table-dialect/",
    "scheme-error": "data-resource/#path-or-data",
    "source-error": "data-resource/#path-or-data",
    "encoding-error": "data-resource/#encoding",
    "byte-count": "data-resource/#bytes",
    "hash-count": "data-resource/#hash",
    "row-count": "data-resource/",
    "missing-label": "table-schema/#fieldsMatch",
    "extra-label": "table-schema/#fieldsMatch",
    "incorrect-label": "table-schema/#fieldsMatch",
    "extra-cell": "table-schema/#fieldsMatch",
    "missing-cell": "table-schema/#fieldsMatch",
    "type-error": "table-schema/#field-types",
    "integer-range": "table-schema/#integer",
    "constraint-error": "table-schema/#field-constraints",
    "primary-key": "table-schema/#primaryKey",
    "unique-key": "table-schema/#uniqueKeys",
    "unique-error": "table-schema/#unique",
    "foreign-key": "table-schema/#foreignKeys",
    "undeclared-file": "data-package/#resources",
}
"""The section of the Data Package standard that a code is about; other codes are about broadsheet's own packages."""

OF_TABLES = ("row-count", "table-dimensions")
OF_FILES = ("byte-count", "hash-count")
OF_LABELS = ("missing-label", "extra-label", "incorrect-label")
OF_CELLS = ("extra-cell", "missing-cell", "type-error", "constraint-error", "unique-error")
OF_ROWS = ("primary-key", "foreign-key")
OF_PACKAGES = (
    *("package-error", "resource-error", "schema-error", "dialect-error", "scheme-error", "source-error"),
    "encoding-error",
)
SHARED = (*OF_TABLES, *OF_FILES, *OF_LABELS, *OF_CELLS, *OF_ROWS, *OF_PACKAGES)
"""Codes that are types of errors of frictionless too."""

NEAREST = {"integer-range": "type-error"}
"""Codes that frictionless has another type for."""


def meaning(code: str) -> str:
    """The code in a sentence."""
    text = CODES.get(code, code)
    return f"{text[:1].upper()}{text[1:]}."


def title(code: str) -> str:
    """The code as a heading.

    >>> title("foreign-key")
    'Foreign key'
    """
    return code.replace("-", " ").capitalize()


def section(code: str) -> str:
    """The address of the standard's section; empty where a code is of no standard."""
    return f"{STANDARD}/{SECTIONS[code]}" if code in SECTIONS else ""


def frictionless_type(code: str, *, row: bool, table: bool, cell: bool) -> str:
    """The type of error as which frictionless knows a finding.

    `row`, `table` and `cell` say whether the finding has them: frictionless makes no error without all its parts.

    >>> frictionless_type("span-error", row=True, table=True, cell=True)
    'row-constraint'
    """
    wanted = NEAREST.get(code, code)
    if wanted in (*OF_TABLES, *OF_FILES, *OF_PACKAGES):
        return wanted
    if (wanted in OF_CELLS and cell) or (wanted in OF_ROWS and row) or (wanted in OF_LABELS and table):
        return wanted
    if row:
        return "row-constraint"
    return "table-error" if table else "package-error"
