"""Where are the places that are named? Coordinates are missing where nobody has stated them."""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    mentions = read(package, "mentions")
    places = mentions[mentions["type"].isin(["GPE", "LOC", "FAC"])]
    entities = read(package, "entities")[["entity_id", "country_code", "latitude", "longitude"]]
    rows = places.merge(entities, on="entity_id")
    columns = ["mention_id", "name", "published", "country_code", "latitude", "longitude"]
    return rows[columns].sort_values("mention_id")
