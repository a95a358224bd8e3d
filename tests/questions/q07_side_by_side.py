"""What do the Taliban and the National Resistance Front say of Panjshir, article by article?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    mentions = read(package, "mentions")
    named = mentions.loc[mentions["entity_id"] == "e-panjshir", ["article_id"]].drop_duplicates()
    claims = read(package, "claims").merge(named, on="article_id")
    sides = {"e-taliban": "taliban", "e-national-resistance-front": "front"}
    claims = claims.assign(side=claims["source_entity_id"].map(sides)).dropna(subset=["side"])
    return claims[["published", "side", "claim_id", "content"]].sort_values(["published", "side", "claim_id"])
