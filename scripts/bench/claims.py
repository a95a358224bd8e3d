"""How fast claims and figures are read: `python -m bench.claims [FOLDER]`, in `scripts/`.

FOLDER holds text files, one article each; without it 300 made-up articles are read. Dates and names are found before
and not counted. Prints JSON: characters, characters a CPU second (the median of five passes), and the CPU seconds for
one article of all texts one after another against those for the texts by themselves: 1 where time is linear in length.
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.names import texts
from broadsheet.extract import claims, dates, entities, figures
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found
from broadsheet.resolve import within

Read = tuple[Article, Found]
"""An article with its dates and names."""


def read(text: str) -> Read:
    """The article with what is found before its claims."""
    article = Article(text, split_passages(text))
    mentions = within(article, entities.extract(article, Found()))
    return article, Found(mentions=mentions, dates=dates.extract(article, Found(mentions=mentions)))


def seconds(articles: Sequence[Read]) -> float:
    """CPU seconds to read the figures and claims of the articles."""
    start = time.process_time()
    for article, found in articles:
        given = Found(mentions=found.mentions, dates=found.dates, figures=figures.extract(article, found))
        claims.extract(article, given)
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    found = texts(Path(sys.argv[1]) if sys.argv[1:] else None)
    apart, together = [read(text) for text in found], [read("\n\n".join(found))]
    seconds(apart[:3])
    passes = [(seconds(apart), seconds(together)) for _ in range(5)]
    least, joined = (statistics.median(taken) for taken in zip(*passes, strict=True))
    characters = sum(map(len, found))
    print(
        json.dumps(
            {
                "characters": characters,
                "characters_per_cpu_s": round(characters / least),
                "one_article_of_all": round(joined / least, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
