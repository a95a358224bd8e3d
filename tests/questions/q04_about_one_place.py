"""What is claimed of Panjshir? Claims in whose content it is named."""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    mentions = read(package, "mentions")
    named = mentions[(mentions["entity_id"] == "e-panjshir") & (mentions["claim_role"] == "content")]
    claims = read(package, "claims").merge(named[["claim_id"]].drop_duplicates(), on="claim_id")
    return claims[["claim_id", "published", "kind", "source_name", "content"]].sort_values("claim_id")
