"""Checks of meaning: every span row says where its words are, and the words are there.

Texts and rows are streamed in step, both in the order of article_id; the words are compared as code points by
numpy, so the work is linear in the words however long an article is.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, NOT_APPLICABLE, Faults, Finding, Outcomes, Unmade
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SPAN = ("article_id", "start_char", "end_char")


def spans_hold(table: Table, tables: Mapping[str, Table]) -> Outcomes:
    """Whether every span lies in its article's text and, where the row has a surface, the text there is the surface."""
    articles = tables.get("articles")
    if articles is None or not set(SPAN) <= set(table.fields) or "text" not in articles.fields:
        yield Unmade("the table has no spans in articles", NOT_APPLICABLE)
        return
    words = "surface" if "surface" in table.fields else None
    withheld = 0
    columns = (*SPAN, words) if words else SPAN
    for first, rows, texts in _in_step(table, columns, articles):
        withheld += int(_withheld(rows, texts).sum())
        yield from _out_of_bounds(rows, texts, first)
        if words:
            yield from _other_words(rows, texts, first)
    if withheld:
        yield Unmade(f"text withheld, so the words of {withheld} rows were not compared")


class Texts:
    """The texts of some articles as code points in one array, with the place of each article in it."""

    def __init__(self, batch: "pa.RecordBatch") -> None:
        import numpy as np

        texts = batch["text"].to_pylist()
        self.places = {article: place for place, article in enumerate(batch["article_id"].to_pylist())}
        self.counts = np.array(batch["char_count"].to_pylist(), dtype=np.int64)
        self.known = np.array([text is not None for text in texts], dtype=bool)
        self.points = points("".join(text or "" for text in texts))
        lengths = np.array([len(text or "") for text in texts], dtype=np.int64)
        self.starts = np.cumsum(lengths) - lengths
        self.lengths = np.where(self.known, lengths, self.counts)


def points(text: str) -> "np.ndarray[Any, Any]":
    """The code points of a text."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


class Rows:
    """Rows of some articles: where each one's article is among the texts, its bounds, and its words if it has any."""

    def __init__(self, batch: "pa.RecordBatch", texts: Texts) -> None:
        import numpy as np

        self.batch = batch
        places = texts.places
        self.article = np.array([places.get(article, -1) for article in batch["article_id"].to_pylist()], np.int64)
        self.start, self.end = (sources.whole_numbers(batch[name]) for name in SPAN[1:])


def _withheld(rows: Rows, texts: Texts) -> Any:
    return (rows.article >= 0) & ~texts.known[rows.article]


def _bounded(rows: Rows, texts: Texts) -> Any:
    """Which rows have bounds within their article's text."""
    return (rows.start >= 0) & (rows.start < rows.end) & (rows.end <= texts.lengths[rows.article])


def _out_of_bounds(rows: Rows, texts: Texts, first: int) -> Iterator[Faults]:
    import numpy as np

    bad = np.flatnonzero((rows.article >= 0) & ~_bounded(rows, texts))
    findings = [_bad_bounds(rows, texts, int(row), first) for row in bad[:KEPT]]
    if findings:
        yield Faults(findings, len(bad))


def _bad_bounds(rows: Rows, texts: Texts, row: int, first: int) -> Finding:
    value, length = f"{rows.start[row]}-{rows.end[row]}", texts.lengths[rows.article[row]]
    text = f"the span {value} does not lie in its article's text of {length} characters; build the package again"
    return Finding("bounds-error", text, "", first + row, "end_char", "0 <= start_char < end_char <= char_count", value)


def _other_words(rows: Rows, texts: Texts, first: int) -> Iterator[Faults]:
    """Rows whose surface is not the text at their span."""
    import numpy as np

    surfaces = rows.batch["surface"].to_pylist()
    stated = np.array([surface is not None for surface in surfaces], dtype=bool)
    usable = np.flatnonzero((rows.article >= 0) & stated & texts.known[rows.article] & _bounded(rows, texts))
    begins = texts.starts[rows.article[usable]] + rows.start[usable]
    lengths = rows.end[usable] - rows.start[usable]
    given = np.array([len(surfaces[row]) for row in usable], dtype=np.int64)
    bad = set(usable[lengths != given].tolist())
    same = lengths == given
    bad |= set(
        usable[same][~_equal(texts.points, begins[same], lengths[same], [surfaces[r] for r in usable[same]])].tolist()
    )
    findings = [_bad_words(rows, texts, row, first) for row in sorted(bad)[:KEPT]]
    if findings:
        yield Faults(findings, len(bad))


def _equal(text: Any, begins: Any, lengths: Any, surfaces: Sequence[str]) -> Any:
    """For each surface, whether the text at its place is the same; all have the length of their place."""
    import numpy as np

    if not len(begins):
        return np.zeros(0, dtype=bool)
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    wrong = text[np.repeat(begins, lengths) + within] != points("".join(surfaces))
    return np.add.reduceat(wrong, ends - lengths) == 0


def _bad_words(rows: Rows, texts: Texts, row: int, first: int) -> Finding:
    begin = texts.starts[rows.article[row]]
    there = texts.points[begin + rows.start[row] : begin + rows.end[row]].tobytes().decode("utf-32-le", "replace")
    surface = rows.batch["surface"][row].as_py()
    place = f"{rows.start[row]}-{rows.end[row]}"
    text = f"the text at {place} is {quoted(there)}, expected the surface {quoted(surface)}; build again"
    return Finding("span-error", text, "", first + row, "surface", "text[start_char:end_char] == surface", surface)


def _in_step(table: Table, columns: Sequence[str], articles: Table) -> "Iterator[tuple[int, Rows, Texts]]":
    """Rows with the texts of their articles, in the order of both."""
    wanted = ("article_id", "text", "char_count")
    texts = (Texts(batch) for batch in _small(sources.batches(articles, wanted)))
    current = next(texts, None)
    for first, batch in sources.numbered(sources.batches(table, columns)):
        start = 0
        while current is not None and start < batch.num_rows:
            count = _leading(batch, start, current)
            yield first + start, Rows(batch.slice(start, count), current), current
            start += count
            if start < batch.num_rows:
                current = next(texts, None)


def _leading(batch: "pa.RecordBatch", start: int, texts: Texts) -> int:
    """How many rows from `start` on come not after the last article of these texts."""
    import polars as pl

    last = max(texts.places, default="")
    after = (pl.Series(pl.from_arrow(batch["article_id"].slice(start))) > last).arg_true()
    return int(after[0]) if len(after) else batch.num_rows - start


def _small(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """Batches of few articles each, so that their texts take little memory."""
    for batch in batches:
        yield from sources.sliced(batch, 256)


def texts_hold(articles: Table) -> Outcomes:
    """Whether every text that is there has the recorded length and SHA-256."""
    import hashlib

    if not {"text", "char_count", "text_sha256"} <= set(articles.fields):
        yield Unmade("the table has no texts", NOT_APPLICABLE)
        return
    withheld = 0
    for first, batch in sources.numbered(sources.batches(articles, ("text", "char_count", "text_sha256"))):
        for row, values in enumerate(zip(*(column.to_pylist() for column in batch.columns), strict=True), first):
            text, count, sha256 = values
            withheld += text is None
            if text is not None and (len(text) != count or hashlib.sha256(text.encode()).hexdigest() != sha256):
                found = f"{len(text)} characters with another length or SHA-256 than recorded; build again"
                yield Faults([Finding("text-error", f"the text has {found}", "", row, "text", "text_sha256")], 1)
    if withheld:
        yield Unmade(f"text withheld in {withheld} articles")
