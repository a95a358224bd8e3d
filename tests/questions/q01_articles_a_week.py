"""How many articles did each outlet publish in each ISO week?"""

from pathlib import Path

import pandas as pd

from tables import read


def answer(package: Path) -> pd.DataFrame:
    articles = read(package, "articles").dropna(subset=["published"])
    week = articles["published"].dt.strftime("%G-W%V")
    counts = articles.groupby([week.rename("week"), "outlet"]).size().rename("articles")
    return counts.reset_index().sort_values(["week", "outlet"])
