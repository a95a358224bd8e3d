"""Identifiers of what an export speaks of: IRIs that stay the same in every version and every export of a dataset."""

import base64
import re
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from broadsheet.errors import UsageError
from broadsheet.package.credits import is_url

NAMESPACE = uuid.UUID("19951bb8-7bba-4ae3-a33f-ec79cd2725bf")
"""Of the UUIDs that stand in for addresses; never to be changed."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Iris:
    """IRIs of one dataset's articles, claims and entities.

    They begin with `base` where one is given. Without, they are UUIDs (RFC 9562, version 5) of the dataset's name, the
    kind and the id, joined by line ends: whoever knows the three can reckon them.

    >>> Iris("valley", "https://example.org/valley/").of("claims", "a1.0-9")
    'https://example.org/valley/claims/a1.0-9'
    >>> Iris("valley").of("claims", "a1.0-9") == uuid.uuid5(NAMESPACE, "valley\\nclaims\\na1.0-9").urn
    True
    """

    dataset: str
    base: str | None = None

    def of(self, kind: str, key: str) -> str:
        """The IRI of one thing of a kind (`claims`, `entities`, …) with its id."""
        if self.base:
            return f"{self.base}{kind}/{quote(key, safe='')}"
        return uuid.uuid5(NAMESPACE, "\n".join((self.dataset, kind, key))).urn


def checked_base(base: str | None) -> str | None:
    """The address that IRIs begin with; `UsageError` where it is none, or would run into what follows.

    >>> checked_base("https://example.org/valley#")
    'https://example.org/valley#'
    """
    if base is not None and (address(base) is None or base[-1] not in "/#"):
        raise UsageError(
            f"--base {base}: is no address to begin with", tip="give one such as https://example.org/claims/"
        )
    return base


def address(text: object) -> str | None:
    """The text where it is a web address that can stand as an IRI, else None.

    >>> address("https://example.org/a"), address("javascript:alert(1)"), address(None)
    ('https://example.org/a', None, None)
    """
    return text if isinstance(text, str) and text.isprintable() and is_url(text) else None


def hashed(sha256: object) -> str | None:
    """The name of a text by its SHA-256 in hex (RFC 6920), None where that is no hash.

    >>> hashed("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    'ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        return None
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
