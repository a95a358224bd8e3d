"""What happened on 26 August 2021, as far as the texts say so?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    claims = read(package, "claims")
    day = pd.Timestamp("2021-08-26")
    on_day = claims[(claims["event_earliest"] == day) & (claims["event_latest"] == day)]
    return on_day[["claim_id", "published", "source_name", "event_lemma", "content"]].sort_values("claim_id")
