"""Which names mean the same: `within` one article, then `across` the dataset."""

from broadsheet.resolve.across import across
from broadsheet.resolve.records import Entity, Name, Resolution
from broadsheet.resolve.within import within

__all__ = ["Entity", "Name", "Resolution", "across", "within"]
