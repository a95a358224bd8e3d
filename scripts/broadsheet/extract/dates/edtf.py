"""TIMEX3 values as Extended Date/Time Format strings (ISO 8601-2)."""

import re

from broadsheet.extract.dates.values import bounds

_PARTS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}


def edtf(value: str) -> str | None:
    """The EDTF string of a value, None where it has none.

    >>> [edtf(value) for value in ("2021-08", "198", "18", "2012-Q3", "2013-W11", "PRESENT_REF", "P3D")]
    ['2021-08', '198X', '18XX', '2012-35', '2013-03-11/2013-03-17', None, None]
    """
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value
    if re.fullmatch(r"\d{2,3}", value):
        return value + "X" * (4 - len(value))
    if (part := re.fullmatch(r"(\d{4})-(\w\w)", value)) and part[2] in _PARTS:
        return f"{part[1]}-{_PARTS[part[2]]}"
    if re.fullmatch(r"\d{4}-W\d\d", value):
        first, last = bounds(value)
        return f"{first}/{last}"
    return None
