"""Whether a text is HTML, which no reader takes for the words of an article."""

import html
import re
from html.entities import html5

ELEMENTS = "|".join(
    (
        "a|abbr|address|article|aside|audio|b|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|dd",
        "del|details|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|i|iframe",
        "img|input|ins|label|li|link|main|map|mark|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|script",
        "section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot",
        "th|thead|time|title|tr|track|tt|u|ul|var|video|wbr",
    )
)
"""Elements whose tags are told from words between angle brackets."""

_TAG = re.compile(rf"</?(?:{ELEMENTS})(\s[^<>]*)?/?>|<!--|<!doctype\s|<!\[CDATA\[", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def find_tag(text: str) -> str | None:
    """The first HTML tag of the text, plain or escaped; None where it has none.

    >>> find_tag("<p>Rain</p>"), find_tag("&lt;br/&gt;Rain"), find_tag("a < b, <sic>, and 3 <b and c> 2")
    ('<p>', '<br/>', None)
    """
    return _tag(text) or (_tag(html.unescape(text)) if "&lt;" in text.lower() or "&#" in text else None)


def find_reference(text: str) -> str | None:
    """The first character reference of the text that HTML knows.

    >>> find_reference("Salt &amp; Sons"), find_reference("R&D; sales")
    ('&amp;', None)
    """
    found = (match[0] for match in _REFERENCE.finditer(text))
    return next((one for one in found if one[1] == "#" or one[1:] in html5), None)


def _tag(text: str) -> str | None:
    """The first tag: what stands after the element's name is nothing, or gives an attribute a value."""
    for match in _TAG.finditer(text):
        if not match[1] or not match[1].strip(" \t\r\n/") or "=" in match[1]:
            return match[0]
    return None
