r"""Single texts read as the value of a Table Schema type; `ValueError` where they are none.

Each value is of a type that can be compared, joined and hashed in columns: whole numbers of microseconds for times,
of months for months, JSON with sorted keys for objects. Used once for each distinct text of a column.
"""

import base64
import binascii
import datetime
import json
import re
import uuid
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urlsplit

from broadsheet.validate import json_limits

Field = dict[str, Any]

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~\u00a1-\U0010ffff]+")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{4,}|[0-9]{4}))"
_DATETIME = re.compile(
    _YEAR + r"-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]+))?" + _ZONE
)
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")
_GYEAR = re.compile(_YEAR + _ZONE)
_GYEARMONTH = re.compile(_YEAR + r"-(?P<month>0[1-9]|1[0-2])" + _ZONE)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=[0-9]|T[0-9])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+)(?:\.(?P<part>[0-9]+))?S)?)?"
)
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_POINT = re.compile(rf"({_NUMBER}), ?({_NUMBER})")
MONTH = 2_629_746 * SECOND
"""A twelfth of a mean year of 365.2425 days: durations in months are compared with those in days by it."""


def email(text: str, _field: Field) -> str:
    """An e-mail address: one @, something before it and a domain after it."""
    return _whole(_EMAIL, text)


def uri(text: str, _field: Field) -> str:
    """A URI: a scheme, and no blanks."""
    urlsplit(text)
    return _whole(_URI, text)


def binary(text: str, _field: Field) -> str:
    """Base64, padded."""
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    return text


def identifier(text: str, _field: Field) -> str:
    """A UUID, in lower case."""
    return str(uuid.UUID(_whole(_UUID, text)))


def _whole(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def json_value(text: str) -> Any:
    """What a JSON text holds; NaN, Infinity and halves of characters are no JSON."""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    json_limits.check_characters(text, found)
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: equal for equal values.

    >>> canonical({"b": [1, 2], "a": None})
    '{"a":null,"b":[1,2]}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def json_object(text: str, _field: Field) -> str:
    """A JSON object, canonical."""
    return canonical(_of(dict, json_value(text)))


def json_array(text: str, _field: Field) -> str:
    """A JSON array, canonical."""
    return canonical(_of(list, json_value(text)))


def _of(kind: type, value: Any) -> Any:
    if isinstance(value, kind):
        return value
    raise ValueError(f"expected {kind.__name__}")


def point(text: str, field: Field) -> str:
    """A geopoint as "lon,lat", whatever its format."""
    form = field.get("format", "default")
    if form == "array":
        parts = _of(list, json_value(text))
    elif form == "object":
        found = _of(dict, json_value(text))
        parts = [found["lon"], found["lat"]] if set(found) == {"lon", "lat"} else []
    else:
        match = _POINT.fullmatch(text)
        parts = [float(part) for part in match.groups()] if match else []
    if len(parts) != 2 or not all(_is_number(part) for part in parts):
        raise ValueError(text)
    return ",".join(repr(float(part)) for part in parts)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def geojson(text: str, field: Field) -> str:
    """A GeoJSON or TopoJSON object, canonical."""
    value = _of(dict, json_value(text))
    right = _is_topology(value) if field.get("format") == "topojson" else _is_geojson(value)
    if not right:
        raise ValueError(text)
    return canonical(value)


def _is_topology(value: dict[str, Any]) -> bool:
    return (
        value.get("type") == "Topology"
        and isinstance(value.get("objects"), dict)
        and isinstance(value.get("arcs"), list)
    )


def _is_geojson(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        features = value.get("features")
        return isinstance(features, list) and all(_is_feature(item) for item in features)
    return _is_feature(value) if kind == "Feature" else _is_geometry(value)


def _is_feature(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("type") == "Feature"
        and isinstance(value.get("properties", 0), (dict, type(None)))
        and "geometry" in value
        and (value["geometry"] is None or _is_geometry(value["geometry"]))
    )


def _is_geometry(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("type") == "GeometryCollection":
        parts = value.get("geometries")
        return isinstance(parts, list) and all(_is_geometry(part) for part in parts)
    return value.get("type") in GEOMETRIES and isinstance(value.get("coordinates"), list)


def date_time(text: str, field: Field) -> int:
    """Microseconds since 1970; without a zone, as if in UTC."""
    form = pattern_of(field)
    if form == "any":
        return _microseconds(_parsed(text))
    if form:
        return _microseconds(datetime.datetime.strptime(text, form))
    match = _DATETIME.fullmatch(text)
    if not match:
        raise ValueError(text)
    hour, minute, second = (int(match[name]) for name in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise ValueError(text)
    fraction = int(f"{match['fraction'] or '':0<6}"[:6])
    day = days(_year(match["year"]), int(match["month"]), int(match["day"]))
    clock = (hour * 3600 + minute * 60 + second) * SECOND + fraction
    return day * DAY + clock - _offset(match["zone"])


def _offset(zone: str | None) -> int:
    if zone in (None, "Z"):
        return 0
    assert zone
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return (-minutes if zone[0] == "-" else minutes) * 60 * SECOND


def _year(text: str) -> int:
    year = int(text)
    if not year:
        raise ValueError("there is no year 0000 in XML Schema 1.0")
    return year + 1 if year < 0 else year


def days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, for any year.

    >>> days(1970, 1, 2), days(2024, 2, 29), days(12024, 1, 1) - days(2024, 1, 1)
    (1, 19782, 3652425)
    """
    cycles, rest = divmod(year - 1, 400)
    return datetime.date(rest + 1, month, day).toordinal() - 719_163 + cycles * 146_097


def _microseconds(moment: datetime.datetime) -> int:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) // datetime.timedelta(microseconds=1)


def _parsed(text: str) -> datetime.datetime:
    from dateutil import parser

    try:
        found: datetime.datetime = parser.parse(text)
    except OverflowError as error:
        raise ValueError(text) from error
    return found


def pattern_of(field: Field) -> str:
    """The strptime pattern of a field, `any`, or nothing for the default form.

    >>> pattern_of({"format": "fmt:%d/%m/%Y"}), pattern_of({"format": "default"})
    ('%d/%m/%Y', '')
    """
    form = str(field.get("format", "default")).removeprefix("fmt:")
    return "" if form == "default" else form


def date(text: str, field: Field) -> int:
    """Days since 1970, of a date in a form of its own; `logical` reads the default form."""
    form = pattern_of(field)
    found = _parsed(text) if form == "any" else datetime.datetime.strptime(text, form)
    return found.toordinal() - 719_163


def time(text: str, field: Field) -> int:
    """Microseconds since midnight."""
    form = pattern_of(field)
    if form == "any":
        found = _parsed(text).time()
    elif form:
        found = datetime.datetime.strptime(text, form).time()
    else:
        found = datetime.time.fromisoformat(_whole(_TIME, text))
    return (found.hour * 3600 + found.minute * 60 + found.second) * SECOND + found.microsecond


def year(text: str, _field: Field) -> int:
    """The year, years before Christ being negative."""
    match = _GYEAR.fullmatch(text)
    if not match:
        raise ValueError(text)
    return _year(match["year"])


def month(text: str, _field: Field) -> int:
    """Months since the year 0."""
    match = _GYEARMONTH.fullmatch(text)
    if not match:
        raise ValueError(text)
    return _year(match["year"]) * 12 + int(match["month"]) - 1


def duration(text: str, _field: Field) -> int:
    """Microseconds, a month being a twelfth of a mean year."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError(text)
    parts = {name: int(value or 0) for name, value in match.groupdict().items() if name not in ("sign", "part")}
    months = parts["years"] * 12 + parts["months"]
    seconds = parts["hours"] * 3600 + parts["minutes"] * 60 + parts["seconds"]
    found = months * MONTH + parts["days"] * DAY + seconds * SECOND + int(f"{match['part'] or '':0<6}"[:6])
    return -found if match["sign"] else found


BY_FORMAT: dict[str, Callable[[str, Field], Any]] = {
    "email": email,
    "uri": uri,
    "binary": binary,
    "uuid": identifier,
}
"""Readers of the formats of strings."""

BY_TYPE: dict[str, Callable[[str, Field], Any]] = {
    "object": json_object,
    "array": json_array,
    "geopoint": point,
    "geojson": geojson,
    "datetime": date_time,
    "date": date,
    "time": time,
    "year": year,
    "yearmonth": month,
    "duration": duration,
}
"""Readers of types whose texts are read one by one."""
