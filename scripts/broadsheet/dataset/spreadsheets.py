"""What spreadsheets do to text, and how to keep them from it."""

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that begins so may be taken for a formula."""


def guarded(cell: str) -> str:
    """The text of a CSV cell that a spreadsheet will take for text.

    >>> guarded("=1+1"), guarded("e-ana-rey")
    ("'=1+1", 'e-ana-rey')
    """
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
