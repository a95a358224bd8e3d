"""Reads a table of a package with the types of its schema."""

from pathlib import Path

import pandas as pd

import broadsheet


def read(package: Path, table: str) -> pd.DataFrame:
    return broadsheet.load(package, table)
