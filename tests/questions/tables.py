"""Reads a table of a package as its README says: the empty cell is missing, and nothing else is."""

from pathlib import Path

import pandas as pd


def read(package: Path, table: str) -> pd.DataFrame:
    return pd.read_csv(package / "data" / f"{table}.csv", keep_default_na=False, na_values=[""])
