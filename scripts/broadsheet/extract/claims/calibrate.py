"""Writes `confidence.tsv`: how often each rule's content was right on annotated texts.

    python -m broadsheet.extract.claims.calibrate GOLD.jsonl

A line of GOLD.jsonl is an object with `text` and `attributions`, each with `content`: a list of [start, end]
in code points. A content is right if it has the same words as one of the gold; one that matches a gold item with
`"ignore": true` is not counted, and neither is a rule that was used fewer than `ENOUGH` times.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from broadsheet.extract.claims.drafts import build
from broadsheet.records import Article, Found, Passage, Span

ENOUGH = 10
WORD = re.compile(r"\w+(?:['’]\w+)*")
BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
Words = frozenset[int]


def measure(records: Iterable[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """Precision and number of uses of every rule that was used often enough, by rule."""
    right: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for record in records:
        gold, ignored = _gold(record)
        for claim in build(_article(record["text"]), Found()):
            content = _words(record["text"], claim.content)
            if content in gold:
                right[claim.rule] += 1
            if content in gold or not any(_alike(content, other) for other in ignored):
                used[claim.rule] += 1
    return {rule: (right[rule] / count, count) for rule, count in sorted(used.items()) if count >= ENOUGH}


def _article(text: str) -> Article:
    blocks = (Passage("paragraph", m.start(), m.start() + len(m.group().rstrip())) for m in BLOCK.finditer(text))
    return Article(text=text, passages=tuple(blocks))


def _gold(record: dict[str, Any]) -> tuple[set[Words], list[Words]]:
    """The contents to be found, and those to be ignored."""
    wanted, ignored = set(), []
    for item in record["attributions"]:
        content = _words(record["text"], [Span(*span) for span in item["content"]])
        if item.get("ignore"):
            ignored.append(content)
        else:
            wanted.add(content)
    return wanted, ignored


def _words(text: str, spans: Iterable[Span]) -> Words:
    """Where the words of some spans begin."""
    return frozenset(match.start() for span in spans for match in WORD.finditer(text, span.start, span.end))


def _alike(first: Words, second: Words) -> bool:
    return 2 * len(first & second) >= 0.5 * (len(first) + len(second)) > 0


def write(measured: dict[str, tuple[float, int]], path: Path) -> None:
    """Write the table that `rules.confidence` reads; statements have no gold and are left out."""
    rows = [f"{rule}\t{precision:.2f}\t{count}" for rule, (precision, count) in measured.items()]
    kept = [row for row in rows if not row.startswith("statement-")]
    path.write_text("\n".join(["rule\tprecision\tuses", *kept]) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    """Measure on the files named, and write the table beside this module."""
    lines = (line for name in arguments for line in Path(name).read_text("utf-8").splitlines() if line.strip())
    write(measure(json.loads(line) for line in lines), Path(__file__).with_name("confidence.tsv"))


if __name__ == "__main__":
    main(sys.argv[1:])
