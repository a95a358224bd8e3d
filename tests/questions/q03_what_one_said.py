"""What did the Taliban say?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    claims = read(package, "claims")
    said = claims[claims["source_entity_id"] == "e-taliban"]
    return said[["claim_id", "published", "kind", "cue_lemma", "content"]].sort_values("claim_id")
