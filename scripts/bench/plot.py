"""A plot of results as SVG: `python -m bench.plot results.json docs/performance.svg`. The same results, the same bytes.

Two panels over the number of articles, which has a logarithmic axis: CPU time by stage, and peak memory.
"""

import argparse
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 420, 320
"""Size of a panel."""

LEFT, TOP, RIGHT, BOTTOM = 56, 44, 110, 48
COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa3377", "#66ccee", "#bbbbbb")
"""Paul Tol's bright scheme, whose colours the colour-blind can tell apart."""

LINE_HEIGHT = 14
NOT_SHOWN = ("starting",)


class Panel(NamedTuple):
    """One diagram: its title, the numbers of articles, and for each line its name and a value for each number."""

    title: str
    articles: list[int]
    lines: dict[str, list[float]]

    @property
    def top(self) -> float:
        """The end of the vertical axis, a round number not below any value."""
        highest = max(itertools.chain(*self.lines.values()))
        step: float = 10 ** math.floor(math.log10(highest))
        return step * math.ceil(highest / step)

    def across(self, articles: int) -> float:
        """Where a number of articles stands."""
        first, last = math.log10(self.articles[0]), math.log10(self.articles[-1])
        share = (math.log10(articles) - first) / (last - first) if last > first else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def down(self, value: float) -> float:
        """Where a value stands."""
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def plot(results: Iterable[dict[str, Any]]) -> str:
    """The SVG of the results of `bench.build` that have stages; they are ordered by their numbers of articles."""
    found = sorted((result for result in results if "stages" in result), key=lambda result: int(result["articles"]))
    articles = [result["articles"] for result in found]
    stages = [stage["name"] for stage in found[-1]["stages"] if stage["name"] not in NOT_SHOWN]
    cpu = {name: [1000 * _stage(result, name)["cpu"] / result["articles"] for result in found] for name in stages}
    memory = {
        name: [result["whole"][key] / 1e6 for result in found]
        for name, key in (("all processes", "memory"), ("main process", "main"))
    }
    panels = (Panel("CPU seconds per 1,000 articles", articles, cpu), Panel("Peak memory in MB", articles, memory))
    return "\n".join([*_frame(len(panels)), *_side_by_side(panels), "</svg>", ""])


def _stage(result: dict[str, Any], name: str) -> dict[str, Any]:
    return next(stage for stage in result["stages"] if stage["name"] == name)


def _frame(panels: int) -> Iterator[str]:
    width = panels * WIDTH
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    yield ' font-family="sans-serif" font-size="12" fill="#333">'
    yield f'<rect width="{width}" height="{HEIGHT}" fill="white"/>'


def _side_by_side(panels: Iterable[Panel]) -> Iterator[str]:
    for number, panel in enumerate(panels):
        yield f'<g transform="translate({number * WIDTH} 0)">'
        yield _text(LEFT, 22, panel.title, "start", "bold")
        yield from _axes(panel)
        yield from _lines(panel)
        yield "</g>"


def _axes(panel: Panel) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for quarter in range(5):
        value = panel.top * quarter / 4
        height = panel.down(value)
        yield f'<path d="M{LEFT} {height:.1f}H{right}" stroke="{"#333" if not quarter else "#ddd"}"/>'
        yield _text(LEFT - 6, height + 4, f"{value:,.10g}", "end")
    for articles in panel.articles:
        yield f'<path d="M{panel.across(articles):.1f} {bottom}v5" stroke="#333"/>'
        yield _text(panel.across(articles), bottom + 18, f"{articles:,}", "middle")
    yield _text((LEFT + right) / 2, bottom + 36, "articles", "middle")


def _lines(panel: Panel) -> Iterator[str]:
    heights = _apart([panel.down(values[-1]) + 4 for values in panel.lines.values()])
    for (name, values), colour, height in zip(panel.lines.items(), itertools.cycle(COLOURS), heights, strict=False):
        points = [
            (panel.across(articles), panel.down(value)) for articles, value in zip(panel.articles, values, strict=True)
        ]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        yield f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        yield _text(WIDTH - RIGHT + 8, height, name, "start", colour=colour)


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights of labels, moved up where one would cover another.

    >>> _apart([100, 98, 10])
    [100, 86, 10]
    """
    placed, last = list(heights), math.inf
    for number in sorted(range(len(placed)), key=lambda number: -placed[number]):
        last = placed[number] = min(placed[number], last - LINE_HEIGHT)
    return placed


def _text(x: float, y: float, text: str, anchor: str, weight: str = "normal", colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.plot", description="Plot what bench.build measured.")
    parser.add_argument("results", type=Path, help="JSON file that bench.build wrote")
    parser.add_argument("svg", type=Path, help="file to write")
    asked = parser.parse_args()
    asked.svg.write_text(plot(json.loads(asked.results.read_text("utf-8"))), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
