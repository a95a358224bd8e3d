"""From what was found in articles to the rows and columns of the tables."""

from broadsheet.tables.columns import EntityNames, finish, to_batch
from broadsheet.tables.rows import Row, Rows, rows_of

__all__ = ["EntityNames", "Row", "Rows", "finish", "rows_of", "to_batch"]
