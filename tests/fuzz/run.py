"""Validates mutated packages until the time is over; what raises, hangs or takes the memory is kept to look at.

    python -m tests.fuzz.run --seconds 60 --seed 1 --out build/fuzz

Each case is written before it is validated, in a process with little memory of its own, so that crashes of libraries
are seen as well. A case is made from its seed alone: `--only SEED` makes one again.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.mutations import of_bytes, of_json
from tests.fuzz.seeds import SEEDS

MEMORY, SECONDS = 4 << 30, 20
"""Bytes of address space, and seconds for one case."""


def mutated(folder: Path, seed: int) -> Path:
    """A package that was changed at random, the same for a seed every time; the path to be validated."""
    dice = random.Random(seed)
    path = dice.choice(SEEDS)(folder)
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    for file in dice.sample(files, dice.randint(1, len(files))):
        if file.suffix == ".json" and dice.random() < 0.8:
            file.write_text(json.dumps(of_json(json.loads(file.read_text()), dice)))
        else:
            file.write_bytes(of_bytes(file.read_bytes(), dice))
    return path


def validated(path: Path) -> None:
    """Validate, and write the report in every format; raises what must not be raised."""
    from broadsheet.errors import BroadsheetError
    from broadsheet.validate import validate_path
    from broadsheet.validate.formats import render

    try:
        report = validate_path(path)
    except BroadsheetError:
        return
    for form in ("text", "json", "junit", "sarif", "github", "html"):
        render(report, form).encode()
    assert report.ok == (not report.findings)


def _child(seeds: range, until: float, work: Path, out: Path) -> None:
    """Validate one case after the other; the seed of the present one stands in a file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for seed in seeds:
        if time.monotonic() > until:
            break
        (work / "seed").write_text(str(seed))
        folder = work / "case"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        signal.alarm(SECONDS)
        try:
            validated(mutated(folder, seed))
        except BaseException:
            (out / f"{seed}.txt").write_text(traceback.format_exc())
        signal.alarm(0)
    (work / "seed").write_text(f"{seed} done")


def fuzz(seconds: float, first: int, out: Path) -> tuple[int, list[int]]:
    """Validate cases for so long; how many, and the seeds of those that went wrong."""
    out.mkdir(parents=True, exist_ok=True)
    work = out / f"work-{os.getpid()}"
    work.mkdir()
    until, seed = time.monotonic() + seconds, first
    while time.monotonic() < until:
        child = os.fork()
        if not child:
            _child(range(seed, seed + 2000), until, work, out)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        last = (work / "seed").read_text().split()
        seed = int(last[0]) + 1
        if status:
            (out / f"{last[0]}.txt").write_text(f"the process ended with status {status} (14: it took too long)\n")
    shutil.rmtree(work)
    return seed - first, sorted(int(path.stem) for path in out.glob("*.txt") if first <= int(path.stem) < seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--only", type=int, help="make and validate the case of this seed only")
    options = parser.parse_args()
    if options.only is not None:
        folder = options.out / f"case-{options.only}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        validated(mutated(folder, options.only))
        return 0
    count, wrong = fuzz(options.seconds, options.seed, options.out)
    print(f"{count} cases from seed {options.seed}, {len(wrong)} went wrong {wrong[:20]}; see {options.out}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
