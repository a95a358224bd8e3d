"""A report in the form that its reader needs: one file a form, none of which needs the package again.

`grouped` puts findings together by the rule that they break, `rules` says what each code means and where its
standard is; `text` is for terminals, `html` for people who have no terminal, `json` for tools that read frictionless's
reports, `junit`, `sarif` and `github` for continuous integration.
"""

import importlib
from pathlib import Path

from broadsheet.errors import PackageError
from broadsheet.validate.formats.grouped import limited
from broadsheet.validate.report import Report

FORMATS = ("text", "json", "junit", "sarif", "github", "html")
"""The forms, each of which is the function `as_…` of the module of its name; only what is asked for is imported."""

__all__ = ["FORMATS", "render", "save"]


def render(report: Report, form: str, *, limit: int | None = None, color: bool = False) -> str:
    """The report in one of `FORMATS`, ending in a newline.

    `limit` is the number of findings shown of each rule, by default what the form can bear; text alone has colours.
    """
    assert form in FORMATS, form
    options = {"limit": limit, "color": color} if form == "text" else {}
    module = importlib.import_module(f"{__name__}.{form}")
    text: str = getattr(module, f"as_{form}")(limited(report, limit), **options)
    return text.rstrip("\n") + "\n"


def save(report: Report, form: str, file: Path, *, limit: int | None = None) -> None:
    """Write the report to a file in one of `FORMATS`; `PackageError` where it cannot be written."""
    try:
        file.write_text(render(report, form, limit=limit), "utf-8", newline="\n")
    except OSError as error:
        raise PackageError(
            f"{file}: the report cannot be written: {error.strerror or error}", tip="choose another file for --save"
        ) from error
