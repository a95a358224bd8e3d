"""Which claims have the highest confidence? Those whose rule was not measured come last."""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    claims = read(package, "claims")
    ranked = claims.sort_values(["confidence", "claim_id"], ascending=[False, True], na_position="last")
    return ranked.head(20)[["claim_id", "rule", "confidence", "content"]]
