"""Which words stand around each direct quotation?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    claims = read(package, "claims")
    rows = claims[claims["kind"] == "direct"].merge(read(package, "articles")[["article_id", "text"]], on="article_id")
    spans = zip(rows["text"], rows["start_char"], rows["end_char"], strict=True)
    rows["around"] = [text[max(0, start - 40) : end + 40] for text, start, end in spans]
    return rows[["claim_id", "around"]].sort_values("claim_id")
