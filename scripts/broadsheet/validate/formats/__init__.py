"""A report in the form that its reader needs: one file a form, none of which needs the package again.

`grouped` puts findings together by the rule that they break, `rules` says what each code means and where its
standard is; `text` is for terminals, `html` for people who have no terminal, `json` for tools that read frictionless's
reports, `junit`, `sarif` and `github` for continuous integration.
"""

from collections.abc import Callable
from pathlib import Path

from broadsheet.errors import PackageError
from broadsheet.validate.formats.github import as_github
from broadsheet.validate.formats.grouped import limited
from broadsheet.validate.formats.html import as_html
from broadsheet.validate.formats.json import as_json
from broadsheet.validate.formats.junit import as_junit
from broadsheet.validate.formats.sarif import as_sarif
from broadsheet.validate.formats.text import as_text
from broadsheet.validate.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
    "html": as_html,
}

__all__ = ["FORMATS", "render", "save"]


def render(report: Report, form: str, *, limit: int | None = None, color: bool = False) -> str:
    """The report in one of `FORMATS`, ending in a newline.

    `limit` is the number of findings shown of each rule, by default what the form can bear; text alone has colours.
    """
    wanted = limited(report, limit)
    text = as_text(wanted, limit=limit, color=color) if form == "text" else FORMATS[form](wanted)
    return text.rstrip("\n") + "\n"


def save(report: Report, form: str, file: Path, *, limit: int | None = None) -> None:
    """Write the report to a file in one of `FORMATS`; `PackageError` where it cannot be written."""
    try:
        file.write_text(render(report, form, limit=limit), "utf-8", newline="\n")
    except OSError as error:
        raise PackageError(
            f"{file}: the report cannot be written: {error.strerror or error}", tip="choose another file for --save"
        ) from error
