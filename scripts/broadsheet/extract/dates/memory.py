"""What an article has spoken of so far: the dates that later expressions may be reckoned from."""

from dataclasses import dataclass, field
from typing import Literal

from broadsheet.extract.dates.values import Day, unit_of, year_number
from broadsheet.records import Span

Standing = Literal["opening", "coming", "plain", "aside"]
"""Whether a date opens its sentence, lies ahead ("by June"), or looks away from the story ("since 1976")."""

# How far, in characters, a year that is far from the publication date holds for the months that follow it in news.
ASIDE_REACH = 100
# Units by which a story goes on.
TOLD = frozenset(("Y", "H", "Q", "S", "M", "W", "WE", "D"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that the text has spoken of."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Anchored:
    """A value, with the publication date or the mention that it was reckoned from."""

    value: str | None
    anchor: str = "none"
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and which way its clause points: past below 0, future above, 2 the surest.

    `stands` is its place in a story, `sentence` the offset at which its sentence begins, or some words before it.
    """

    at: int
    direction: int
    stands: Standing = "plain"
    sentence: int = 0

    @property
    def back(self) -> bool:
        """Whether the story may look back here."""
        return self.stands == "plain"


@dataclass(slots=True)
class Memory:
    """The publication date, the manner of the article, and the dates it has spoken of, the last by unit.

    `narrative`: the article tells of years that are gone. `day_first`: how it writes dates in figures, None where it
    does not show. `thread`: the date that the story has come to; `quarter`: the quarter that it speaks of.
    """

    document: Day | None
    narrative: bool = False
    day_first: bool | None = None
    last: dict[str, Mention] = field(default_factory=dict)
    latest: Mention | None = None
    thread: Mention | None = None
    quarter: Mention | None = None

    def note(self, anchored: Anchored, span: Span, stands: Standing = "plain") -> None:
        """Remembers a value of the calendar; in a history not what is said of the day of publication."""
        unit = unit_of(anchored.value) if anchored.value else ""
        if not anchored.value or not unit or (self.narrative and anchored.anchor == "document"):
            return
        self.latest = Mention(anchored.value.split("T")[0], span)
        self.last[unit] = self.latest
        if unit == "Q":
            self.quarter = self.latest
        if unit in TOLD and stands != "aside" and self._goes_on(self.latest.value, unit, stands):
            self.thread = self.latest

    def _goes_on(self, value: str, unit: str, stands: Standing) -> bool:
        """Whether the story has come to this date: else it only looks back or ahead."""
        if self.thread is None or stands == "opening":
            return True
        now, then = year_number(value), year_number(self.thread.value)
        if unit in ("Y", "D"):
            return unit == "D"
        return now is None or then is None or 0 <= now - then <= 1

    def told_at(self, place: Place) -> Mention | None:
        """The date that a story has come to here: in news that of an aside which begins shortly before, years away.

        Beyond its sentence an aside goes on only in clauses that look back.
        """
        if self.thread is None or self.narrative:
            return self.thread
        year = year_number(self.thread.value)
        near = year is None or self.document is None or abs(year - self.document.year) <= 1
        goes_on = place.direction < 0 or self.thread.span.start >= place.sentence
        return self.thread if not near and goes_on and place.at - self.thread.span.end <= ASIDE_REACH else None

    def recent(self, *units: str) -> Mention | None:
        """The last mention of one of these units."""
        found = [self.last[unit] for unit in units if unit in self.last]
        return max(found, key=lambda mention: mention.span) if found else None
