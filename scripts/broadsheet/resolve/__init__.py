"""Which names mean the same: `within` one article, then `across` the dataset; the `Authority` wins over the rules."""

from broadsheet.resolve.across import across
from broadsheet.resolve.authority import AUTHORITY, Authority, Listed, read_authority
from broadsheet.resolve.records import Entity, Name, Resolution
from broadsheet.resolve.within import within

__all__ = [
    "AUTHORITY",
    "Authority",
    "Entity",
    "Listed",
    "Name",
    "Resolution",
    "across",
    "read_authority",
    "within",
]
