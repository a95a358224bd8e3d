"""A small package in which much is wrong, and reports of whatever strangers' data may say."""

from hypothesis import strategies as st

from broadsheet.validate.report import FAILED, SKIPPED, Check, Finding, Listed, Report, rule_of

EVENTS = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "town", "type": "string", "constraints": {"required": True}},
        {"name": "note", "type": "string"},
        {"name": "killed", "type": "integer", "constraints": {"maximum": 99}},
        {"name": "kind", "type": "string", "constraints": {"enum": ["flood", "fire"]}},
        {"name": "source", "type": "string"},
    ],
    "foreignKeys": [{"fields": ["source"], "reference": {"resource": "sources", "fields": ["name"]}}],
}
SOURCES = {"fields": [{"name": "name", "type": "string", "constraints": {"unique": True}}]}
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

ROWS = """id,day,town,note,killed,kind,source
e1,2021-08-30,Herat,"two
lines",3,flood,daily
e2,2021-13-45,Herat,<script>alert(1)</script>,5,flood,daily
e2,2021-08-30,,,100,flod,weekly
"""

HOSTILE = (
    *(
        "\n::error::x",
        "\0",
        "\x1b[2J",
        "\ud800",
        "]]>",
        "\ufffe",
        "\u2028x",
        "\r",
        "</table><script>x",
        '"><img src=x>',
    ),
    *(
        "</style>",
        "javascript:x",
        "&lt;",
        "::set-output name=x::y",
        "%0A::error::z",
        "../../x",
        "C:\\x",
        "a,b:c",
        "\u202e",
    ),
)
TEXT = st.text(max_size=12) | st.sampled_from(HOSTILE)


@st.composite
def reports(draw):
    """A report of one failed and one skipped check, in which every text is a stranger's."""
    words = [draw(TEXT) for _ in range(8)]
    message, table, name, rule, value, key, raw, path = words
    cells = (draw(TEXT), None)
    check = Check("types", draw(TEXT), FAILED, draw(TEXT), 3)
    finding = Finding(
        *(
            "type-error",
            message,
            table,
            5,
            name,
            rule,
            value,
            key,
            raw,
            check.label,
            path,
            draw(st.none() | st.just(7)),
        ),
        cells,
    )
    checks = (
        Check(check.name, check.table, FAILED, check.why, 3, broken=((rule_of(finding), 3),)),
        Check("texts", draw(TEXT), SKIPPED, draw(TEXT)),
    )
    return Report((finding,), checks, (Listed(table, (path,), (name, draw(TEXT)), 3, 4),), draw(TEXT), 0.5)
