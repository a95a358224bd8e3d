"""How many people were killed on each day, as reported? Reports conflict, so all are shown."""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    claims = read(package, "claims")
    killed = claims[claims["event_lemma"].isin(["kill", "die"])]
    rows = killed.merge(read(package, "figures"), on="claim_id", suffixes=("", "_figure"))
    rows = rows[["event_earliest", "event_latest", "published", "source_name", "surface", "counted", "figure_id"]]
    return rows.sort_values("figure_id")
