"""Checks of what lies in what: passages beside each other, spans within their passages, contents of their parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.validate import hashes, sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, NOT_APPLICABLE, Faults, Finding, Outcomes, Unmade
from broadsheet.validate.shown import quoted

SPAN = ("article_id", "start_char", "end_char")
JOINT = " […] "


def passages_are_apart(passages: Table) -> Outcomes:
    """Whether each passage begins where the one before it in its article has ended, or later."""
    import pyarrow as pa
    import pyarrow.compute as pc

    last = None
    for first, batch in sources.numbered(sources.batches(passages, SPAN)):
        joined = pa.concat_batches([last, batch]) if last is not None else batch
        before, after = joined.slice(0, max(0, joined.num_rows - 1)), joined.slice(1)
        same = pc.equal(before["article_id"], after["article_id"])
        rows = pc.indices_nonzero(pc.and_(same, pc.less(after["start_char"], before["end_char"]))).to_pylist()
        begin = first - (joined.num_rows - batch.num_rows)
        if rows:
            yield Faults([_overlap(begin + row + 1) for row in rows[:KEPT]], len(rows))
        last = batch.slice(batch.num_rows - 1) if batch.num_rows else last


def _overlap(row: int) -> Finding:
    text = f"the passage begins before the one in row {row - 1} has ended; build the package again"
    return Finding("passage-overlap", text, "", row, "start_char", "passages never overlap")


def spans_lie_in_passages(table: Table, tables: Mapping[str, Table]) -> Outcomes:
    """Whether every row's span lies within the passage that the row names; a claim may go on into later ones."""
    passages = tables.get("passages")
    if passages is None or not {*SPAN, "passage_id"} <= set(table.fields) or table is passages:
        yield Unmade("the table has no spans in passages", NOT_APPLICABLE)
        return
    lows, highs, keys = _bounds(passages)
    if not len(keys):  # then every row dangles, which another check finds
        return
    for rows in hashes.hashed(table, ("passage_id",), more=("start_char", "end_char")):
        place = hashes.places(rows.hashes, keys)
        start, end = (sources.whole_numbers(rows.batch[name]) for name in ("start_char", "end_char"))
        beyond = (start < lows[place]) | (start >= highs[place])
        if table.name != "claims":
            beyond |= end > highs[place]
        bad = (beyond & rows.whole & (place >= 0)).nonzero()[0].tolist()
        if bad:
            found = [_outside(rows.first + n, start[n], end[n], lows[place[n]], highs[place[n]]) for n in bad[:KEPT]]
            yield Faults(found, len(bad))


def _bounds(passages: Table) -> tuple[Any, Any, Any]:
    """Starts and ends of all passages, in the order of the hashes of their ids, and these."""
    import numpy as np

    parts = [
        (rows.hashes, *(sources.whole_numbers(rows.batch[name]) for name in ("start_char", "end_char")))
        for rows in hashes.hashed(passages, ("passage_id",), more=("start_char", "end_char"))
    ]
    empty = (np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    keys, starts, ends = (np.concatenate(columns) for columns in zip(empty, *parts, strict=True))
    order = np.argsort(keys)
    return starts[order], ends[order], keys[order]


def _outside(row: int, start: int, end: int, low: int, high: int) -> Finding:
    text = f"the span {start}-{end} does not lie in its passage {low}-{high}; build the package again"
    return Finding("passage-error", text, "", row, "start_char", "span within its passage", f"{start}-{end}")


def contents_are_their_parts(claims: Table, tables: Mapping[str, Table]) -> Outcomes:
    """Whether every claim's content is that of its parts in `claim_spans`, joined by " […] "."""
    spans = tables.get("claim_spans")
    if spans is None or not {"claim_id", "content"} <= set(claims.fields):
        yield Unmade("the table has no contents in parts", NOT_APPLICABLE)
        return
    withheld = 0
    parts = _parts(spans)
    current: tuple[str, dict[str, list[Any]]] | None = next(parts, None)
    columns = ("claim_id", "article_id", "content")
    for first, batch in sources.numbered(sources.batches(claims, columns)):
        for row, (claim, article, content) in enumerate(
            zip(*(c.to_pylist() for c in batch.columns), strict=True), first
        ):
            while current is not None and current[0] < article:
                current = next(parts, None)
            known = current[1].get(claim, []) if current is not None and current[0] == article else []
            if content is None or None in known:
                withheld += 1
            elif JOINT.join(known) != content:
                yield Faults([_other_content(row, content, JOINT.join(known))], 1)
    if withheld:
        yield Unmade(f"text withheld in {withheld} claims")


def _parts(spans: Table) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """For each article in order, the content parts of its claims by claim, in the order of their numbers."""
    columns = ("article_id", "claim_id", "role", "part", "surface")
    article, parts = "", dict[str, list[tuple[int, Any]]]()
    for batch in sources.batches(spans, columns):
        for where, claim, role, part, surface in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            if where != article:
                yield article, _sorted(parts)
                article, parts = where, {}
            if role == "content":
                parts.setdefault(claim, []).append((part, surface))
    yield article, _sorted(parts)


def _sorted(parts: dict[str, list[tuple[int, Any]]]) -> dict[str, list[Any]]:
    return {claim: [surface for _, surface in sorted(of, key=lambda one: one[0])] for claim, of in parts.items()}


def _other_content(row: int, content: str, joined: str) -> Finding:
    text = f"the content {quoted(content)} is not that of its parts, {quoted(joined)}; build the package again"
    return Finding("content-error", text, "", row, "content", "content is its parts", content)
