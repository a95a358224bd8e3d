"""What an article has spoken of so far: the dates that later expressions may be reckoned from."""

from dataclasses import dataclass, field

from broadsheet.extract.dates.values import Day, unit_of, year_of
from broadsheet.records import Span

# A year so many years away from the thread of the story is taken for an aside.
ASIDE = 3


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
    """Where an expression stands, and which way its clause points: past below 0, future above, 2 the surest."""

    at: int
    direction: int


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

    def note(self, value: str | None, span: Span, opening: bool = False) -> None:
        """Remembers a value of the calendar; `opening` if it opens a passage, and so is no aside."""
        unit = unit_of(value) if value else ""
        if not value or not unit:
            return
        self.latest = Mention(value.split("T")[0], span)
        if unit != "Y" or self.thread is None or self._near(value) or opening:
            self.thread = self.latest
        if unit == "Q":
            self.quarter = self.latest
        self.last[unit] = self.latest

    def _near(self, value: str) -> bool:
        """Whether a year is near that of the thread: else it may be an aside."""
        now, then = year_of(value), year_of(self.thread.value) if self.thread else ""
        return not (now.isdigit() and then.isdigit()) or abs(int(now) - int(then)) <= ASIDE

    def recent(self, *units: str) -> Mention | None:
        """The last mention of one of these units."""
        found = [self.last[unit] for unit in units if unit in self.last]
        return max(found, key=lambda mention: mention.span) if found else None
