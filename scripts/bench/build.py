"""How much time and memory builds of made-up corpora take: `python -m bench.build 2000 20000`.

Corpora and packages are made in `--work` and stay there. Each build runs in a process of its own; see
`docs/performance.md` for what is measured.
"""

import argparse
import contextlib
import dataclasses
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import corpus
from bench.articles import WORDS
from bench.watch import Watched, watch

STAGES = ("reading", "extracting", "resolving", "writing", "validating", "packaging")
MB = 1e6

Result = dict[str, Any]


def measured(raw: Path, work: Path, jobs: int) -> Result:
    """Stages, whole and largest process (see `watch`) of a build that makes the rows of all articles of a folder."""
    return described(raw, jobs) | dataclasses.asdict(built(raw, work, jobs, "--fresh"))


def compared(raw: Path, work: Path, jobs: int, runs: int) -> Result:
    """CPU seconds of first builds, and of second builds for which one article of the folder was changed."""
    first, second = [], []
    for _ in range(runs):
        shutil.rmtree(work / "cache", ignore_errors=True)
        first.append(built(raw, work, jobs).whole.cpu)
        with one_changed(raw):
            second.append(built(raw, work, jobs).whole.cpu)
    return described(raw, jobs) | {"first": first, "second": second}


def built(raw: Path, work: Path, jobs: int, *more: str) -> Watched:
    """What the installed program takes to build the folder."""
    paths = ["--raw", str(raw), "--out", str(work / f"package-{raw.name}")]
    command = [sys.executable, "-m", "broadsheet", "build", *paths, "--jobs", str(jobs), "--verbose", *more]
    try:
        return watch(command, STAGES, {"BROADSHEET_CACHE": str(work / "cache")})
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{error}\n{error.stderr}") from error


@contextlib.contextmanager
def one_changed(raw: Path) -> Iterator[None]:
    """One article of the folder has a sentence more."""
    path = min(files(raw))
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"\n\nOn Friday Ada Alberg said that 12 houses had been damaged.\n")
        yield
    finally:
        path.write_bytes(before)


def described(raw: Path, jobs: int) -> Result:
    """The articles of a folder, their bytes, and the number of processes."""
    sizes = [path.stat().st_size for path in files(raw)]
    return {"corpus": raw.name, "articles": len(sizes), "bytes": sum(sizes), "jobs": jobs}


def files(raw: Path) -> Iterator[Path]:
    """All files below a folder."""
    return (path for path in raw.rglob("*") if path.is_file())


def folder(what: str, work: Path, words: int) -> Path:
    """The folder of that name, or one with so many made-up articles, which is made where there is none yet."""
    if not what.isdigit():
        return Path(what)
    raw = work / f"raw-{what}x{words}"
    if not raw.exists():
        corpus.make(raw, int(what), words=words)
    return raw


def shown(result: Result) -> str:
    """The result as text with a table in Markdown."""
    head = f"{result['articles']:,} articles, {result['bytes'] / MB:,.1f} MB, {result['jobs']} jobs"
    return "\n".join([head, "", *(_comparison(result) if "second" in result else _stages(result)), ""])


def _stages(result: Result) -> Iterator[str]:
    yield "| stage | seconds | CPU seconds | MB, all processes | MB, main process |"
    yield "|---|--:|--:|--:|--:|"
    for stage in (*result["stages"], result["whole"]):
        times = f"{stage['seconds']:,.1f} | {stage['cpu']:,.1f}"
        yield f"| {stage['name']} | {times} | {stage['memory'] / MB:,.0f} | {stage['main'] / MB:,.0f} |"


def _comparison(result: Result) -> Iterator[str]:
    yield "| run | CPU seconds, first build | second build | of the first |"
    yield "|---|--:|--:|--:|"
    runs = list(zip(result["first"], result["second"], strict=True))
    rows = [(str(number), *run) for number, run in enumerate(runs, 1)]
    for name, first, second in (*rows, ("median", *map(statistics.median, zip(*runs, strict=True)))):
        yield f"| {name} | {first:,.1f} | {second:,.1f} | {second / first:.1%} |"


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="bench.build", description="Measure builds of made-up corpora.")
    parser.add_argument("corpora", nargs="+", help="numbers of made-up articles, or folders of articles")
    parser.add_argument("--words", type=int, default=WORDS, help="median words of an article [default: %(default)s]")
    parser.add_argument("--jobs", type=int, default=2, help="processes that extract [default: %(default)s]")
    parser.add_argument("--second", type=int, metavar="RUNS", help="compare first and second builds so many times")
    parser.add_argument(
        "--work", type=Path, default=Path("build/bench"), help="folder to work in [default: build/bench]"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="add the results to those of the file")
    return parser.parse_args()


def main() -> None:
    """The command."""
    asked = options()
    asked.work.mkdir(parents=True, exist_ok=True)
    results = json.loads(asked.json.read_text("utf-8")) if asked.json and asked.json.exists() else []
    for what in asked.corpora:
        raw = folder(what, asked.work, asked.words)
        if asked.second:
            result = compared(raw, asked.work, asked.jobs, asked.second)
        else:
            result = measured(raw, asked.work, asked.jobs)
        print(shown(result), flush=True)
        results.append(result)
        if asked.json:
            asked.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
