"""How long the resolution of many names takes, and how much memory: `python -m bench.resolve [NAMES]`, in `scripts/`.

The names are made up: people of random given names and surnames with and without initials, bare surnames, bodies with
their acronyms, places. Prints JSON: distinct names, entities, CPU seconds and peak memory of resolving alone.
"""

import datetime
import json
import random
import resource
import sys
import time
from collections.abc import Iterator

from broadsheet.resolve import Name, across

SYLLABLES = "ba ko ri mel tan vor esh du nal pi zar qui ost lem fa ge hir jun".split()  # noqa: SIM905
DAY = datetime.date(2021, 8, 1)


def word(rng: random.Random, syllables: int) -> str:
    """A word that is no name yet."""
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def spelled(rng: random.Random) -> tuple[str, str]:
    """A key's text and its type."""
    kind = rng.random()
    if kind < 0.5:
        middle = rng.choice(("", "", f"{rng.choice('ABCDE')}. "))
        return f"{word(rng, 2)} {middle}{word(rng, 3)}\tPERSON", "PERSON"
    if kind < 0.6:
        return f"{word(rng, 3)}\tPERSON", "PERSON"
    if kind < 0.8:
        name = f"{word(rng, 2)} {word(rng, 3)} {rng.choice(('Bank', 'Front', 'Council'))}"
        return f"{name}\tORG\t{''.join(part[0] for part in name.split())}", "ORG"
    return f"{word(rng, 4)}\tPLACE", rng.choice(("GPE", "LOC"))


def names(count: int, seed: int = 1) -> Iterator[Name]:
    """So many names, no key twice."""
    rng = random.Random(seed)
    seen: set[str] = set()
    while len(seen) < count:
        key, kind = spelled(rng)
        if key not in seen:
            seen.add(key)
            day = DAY + datetime.timedelta(rng.randrange(1000))
            yield Name(key, kind, rng.randrange(1, 50), 1, day, day)


def measure(count: int) -> dict[str, float]:
    """The figures for so many names; memory is that of the whole process, before and at its peak."""
    some = list(names(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = across(some)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "names": count,
        "entities": len(found.entities),
        "cpu_seconds": round(seconds, 2),
        "mb_before": before // 1024,
        "mb_peak": peak // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)))
