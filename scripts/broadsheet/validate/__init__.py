"""Validation of packages: every check ends as passed, failed, skipped (why) or not applicable.

`inputs` says what a path is, `plan` which checks there are, `own_tables` and `any_tables` those of rows; each family
of checks has a file of its own: `authored`, `descriptor`, `profile`, `files`, `cells`, `constraints`, `keys`, `order`,
`spans`, `nesting`, `twins`, `sidecars`, `expected`. `selection` says which are asked for, `report` holds what is found,
`formats` shows it. What strangers wrote is read through `json_limits`, `archives`, `paths` and `parquet_limits`;
`elsewhere` leaves to frictionless what is not read here, and `remote` has what is fetched from URLs.
"""

from broadsheet.validate.authored import check_project
from broadsheet.validate.plan import Terms, validate_package, validate_path, validate_project
from broadsheet.validate.remote import Remote
from broadsheet.validate.report import Check, Finding, Report
from broadsheet.validate.selection import Selection, check_fail_on, fails
from broadsheet.validate.sidecars import validate_sidecars

__all__ = [
    "Check",
    "Finding",
    "Remote",
    "Report",
    "Selection",
    "Terms",
    "check_fail_on",
    "check_project",
    "fails",
    "validate_package",
    "validate_path",
    "validate_project",
    "validate_sidecars",
]
