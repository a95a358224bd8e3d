"""A package that was opened: its tables, and the way from a row back to its words and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.dataset.filters import unknown
from broadsheet.dataset.frames import Engine, as_frame, check_engine
from broadsheet.dataset.located import Located, Place, found
from broadsheet.dataset.rows import read_rows, row_batches
from broadsheet.dataset.sources import Source, check_hash, declared, read_descriptor, sources_of
from broadsheet.dataset.words import Context, around, cell, span
from broadsheet.errors import ReadError
from broadsheet.schemas import Schema

if TYPE_CHECKING:
    import pyarrow as pa

WITHHELD = "build the dataset's own full package from the raw files, and load that"


def open_dataset(
    where: Place,
    *,
    engine: Engine = "pandas",
    verify: bool = True,
    registry: Place | None = None,
    table: str | None = None,
) -> "Dataset":
    """The package as a `Dataset`; no table is read yet.

    Of one that is pulled, the table is fetched if one is named, the others when they are first asked for.
    """
    check_engine(engine)
    where_found = found(where, registry, table)
    path = where_found.path
    descriptor = read_descriptor(path)
    return Dataset(path, descriptor, engine, verify, sources_of(path, descriptor), where_found)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dataset:
    """A package: each of its tables is an attribute, read when it is first asked for and then kept.

    `path` is the descriptor's, `descriptor` what it says. A table whose name is no name in Python, or is that of a
    method, is had by `table`.

    >>> import broadsheet
    >>> dataset = broadsheet.load("build/package")
    >>> dataset
    <Dataset broadsheet-sample 0.1.0: articles, entities, claims, dates, mentions, passages, ...>
    >>> len(dataset.claims) == dataset.descriptor["resources"][2]["rows"]
    True
    """

    path: Path
    descriptor: dict[str, Any]
    engine: Engine
    verify: bool
    _sources: dict[str, Source]
    _located: Located
    _frames: dict[str, Any] = field(default_factory=dict)
    _verified: set[str] = field(default_factory=set)
    _text: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[str]:
        """The names of the tables that can be read, in the descriptor's order."""
        return [name for name in declared(self.descriptor) if name in self._sources or self._located.more]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self.tables:
            raise AttributeError(str(unknown("table", name, self.tables)))
        if name not in self._frames:
            self._frames[name] = self.table(name)
        return self._frames[name]

    def __dir__(self) -> Iterator[str]:
        yield from object.__dir__(self)
        yield from self.tables

    def __repr__(self) -> str:
        shown = [*self.tables[:6], *(["..."] if len(self.tables) > 6 else [])]
        title = " ".join(str(self.descriptor[key]) for key in ("name", "version") if key in self.descriptor)
        return f"<Dataset {title}: {', '.join(shown)}>"

    def table(
        self,
        name: str,
        *,
        columns: Sequence[str] | None = None,
        filters: Any = None,
        engine: Engine | None = None,
    ) -> Any:
        """A table as `load` gives it, read anew; `engine` is the dataset's own where none is named."""
        if engine is not None:
            check_engine(engine)
        rows = read_rows(self._source(name), columns, filters)
        return as_frame(engine or self.engine, rows, self._source(name).fields)

    def batches(self, table: str, columns: Sequence[str] | None = None) -> "Iterator[pa.RecordBatch]":
        """The rows of a table in their order as Arrow batches: for tables that are larger than memory."""
        return row_batches(self._source(table), columns)

    def schema(self, table: str) -> Schema:
        """The Table Schema of a table: its fields with their types, titles and descriptions, and its keys."""
        return self._named(table).schema

    def file(self, table: str) -> Path:
        """The file that a table is read from, its hash checked: for programs that read Parquet lazily."""
        return self._source(table).file

    def context(self, row: Any, width: int = 80) -> Context:
        """The words of a row, with at most `width` characters before and after them.

        The row has article_id, start_char and end_char: a mapping, a row of pandas (a Series, or of `itertuples`) or
        polars (named), or a frame of one row. Raises `ReadError` where the package does not hold the text, and says
        whether it is withheld.

        >>> import broadsheet
        >>> dataset = broadsheet.load("build/package")
        >>> mention = dataset.mentions.iloc[0]
        >>> dataset.context(mention, width=30).words == mention["surface"]
        True
        """
        article, start, end = span(row)
        return around(self._text_of(article), start, end, width)

    def raw(self, row: Any) -> list[str]:
        """The raw files of a row's article: paths relative to the project's raw/, the one that was read first.

        Files that repeat the article follow. The row is as for `context`, but needs its article_id only.

        >>> import broadsheet
        >>> dataset = broadsheet.load("build/package")
        >>> dataset.raw(dataset.claims.iloc[0])
        ['003_08ac2312e95138f8.txt']
        """
        condition = [("article_id", "==", cell(row, "article_id"))]
        records = read_rows(self._source("raw_records"), ["path", "status"], condition).to_pylist()
        records.sort(key=lambda record: record["status"] != "read")
        return list(dict.fromkeys(record["path"] for record in records))

    def _named(self, table: str) -> Source:
        if table not in self._sources:
            self._fetch(table)
        return self._sources[table]

    def _fetch(self, table: str) -> None:
        """Pull a table that is not here yet; raise what says why it cannot be had."""
        if table not in declared(self.descriptor):
            raise unknown("table", table, self.tables)
        if self._located.more:
            self._located.more(table)
            self._sources.update(sources_of(self.path, self.descriptor))
        if table not in self._sources:
            name = self.descriptor.get("name", "NAME")
            raise ReadError(
                f"{self.path.parent}: the table {table} is described, but its file is not here",
                tip=f"if this was pulled, fetch the table too: broadsheet pull {name} --table {table}",
            )

    def _source(self, table: str) -> Source:
        """The source of a table, its hash checked before it is first read."""
        source = self._named(table)
        if self.verify and table not in self._verified:
            check_hash(source)
            self._verified.add(table)
        return source

    def _text_of(self, article: str) -> str:
        """The text of an article; that of the last one is kept, since rows stand in the order of articles."""
        if article not in self._text:
            rows = read_rows(self._source("articles"), ["text"], [("article_id", "==", article)])
            text = rows["text"][0].as_py() if len(rows) else None
            if text is None:
                raise ReadError(f"article {article}: {self._why_no_text(len(rows))}", tip=WITHHELD)
            self._text.clear()
            self._text[article] = text
        return self._text[article]

    def _why_no_text(self, rows: int) -> str:
        settings = self.descriptor.get("broadsheet")
        settings = settings if isinstance(settings, dict) else {}
        if not rows:
            return f"is not in the table articles of {self.path.parent}"
        if settings.get("public"):
            return f"its text is withheld in this public package (text policy {settings.get('textPolicy', 'facts')})"
        return "the package does not hold its text"
