"""An attribution: a claim in the making, while its parts are still ranges of tokens."""

from dataclasses import dataclass, field

from broadsheet.extract.claims.sentences import Sentence
from broadsheet.extract.claims.subjects import Range


@dataclass(slots=True)
class Attribution:
    """A claim in the making; ranges are of tokens of `sentence`, None where there is no such part."""

    sentence: Sentence
    cue: Range
    lemma: str
    rule: str
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    shared: "Attribution | None" = None
    extra: list[tuple[Sentence, Range]] = field(default_factory=list)
    open_colon: bool = False


Found = list[Attribution]
