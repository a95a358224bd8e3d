"""The names of a dataset, summed up batch by batch: what the resolution across articles works from."""

import datetime
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.tables.beside import Beside

if TYPE_CHECKING:
    import pyarrow as pa


class NameCounts(NamedTuple):
    """How often, in how many articles and when a key with a type is met."""

    mention_count: int
    article_count: int
    first_published: datetime.date | None
    last_published: datetime.date | None


class NameTally:
    """Counts by key and type, and the countries beside places; memory grows with the number of distinct names only."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], NameCounts] = {}
        self.beside = Beside()

    def add(self, mentions: "pa.RecordBatch") -> None:
        """Add a batch of `mentions`; all mentions of one article must be in one batch."""
        import pyarrow as pa

        self.beside.add(mentions)
        grouped = (
            pa.Table.from_batches([mentions])
            .group_by(["entity_id", "type"])
            .aggregate(
                [
                    ("mention_id", "count"),
                    ("article_id", "count_distinct"),
                    ("published", "min"),
                    ("published", "max"),
                ]
            )
        )
        columns = (
            grouped[name].to_pylist()
            for name in (
                "entity_id",
                "type",
                "mention_id_count",
                "article_id_count_distinct",
                "published_min",
                "published_max",
            )
        )
        for key, kind, *counts in zip(*columns, strict=True):
            more = NameCounts(*counts)
            known = self.counts.get((key, kind))
            self.counts[key, kind] = _sum(known, more) if known else more


def _sum(one: NameCounts, other: NameCounts) -> NameCounts:
    firsts = [day for day in (one.first_published, other.first_published) if day]
    lasts = [day for day in (one.last_published, other.last_published) if day]
    return NameCounts(
        one.mention_count + other.mention_count,
        one.article_count + other.article_count,
        min(firsts, default=None),
        max(lasts, default=None),
    )
