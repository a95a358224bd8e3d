"""How fast names are found: `python -m bench.names [FOLDER]`, in `scripts/`.

FOLDER holds text files, one article each; without it 300 made-up articles are read. Prints JSON: words (between white
space), CPU seconds to load lists and network, words a CPU second at the first pass and the median of three more, and
the peak memory of the process in MB before and after.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.articles import article
from broadsheet.extract.entities import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found


def texts(folder: Path | None) -> list[str]:
    """What is to be read."""
    if folder is None:
        return [article(number) for number in range(300)]
    return [path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.is_file()]


def seconds(articles: Sequence[Article]) -> float:
    """CPU seconds to find the names of the articles."""
    start = time.process_time()
    for one in articles:
        extract(one, Found())
    return time.process_time() - start


def peak() -> int:
    """Most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and print."""
    articles = [Article(text, split_passages(text)) for text in texts(Path(sys.argv[1]) if sys.argv[1:] else None)]
    words = sum(len(one.text.split()) for one in articles)
    before = peak()
    loading = seconds([Article("Kabul fell.", split_passages("Kabul fell."))])
    first = seconds(articles)
    later = statistics.median(seconds(articles) for _ in range(3))
    figures = {
        "words": words,
        "loading_cpu_s": round(loading, 2),
        "words_per_cpu_s_first": round(words / first),
        "words_per_cpu_s": round(words / later),
        "peak_mb_before": before,
        "peak_mb": peak(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
