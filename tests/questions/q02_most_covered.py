"""Who and what is in the most articles?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    entities = read(package, "entities")
    ranked = entities.sort_values(["article_count", "mention_count", "entity_id"], ascending=[False, False, True])
    return ranked.head(10)[["entity_id", "name", "type", "article_count", "mention_count"]]
