"""Ten questions to the sample dataset as a reader has it, answered in pandas and in R."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

HERE = Path(__file__).parent
QUESTIONS = sorted(path.stem for path in HERE.glob("q[0-9]*.py"))

DRIVER = """
arguments <- commandArgs(trailingOnly = TRUE)
source(file.path(arguments[1], "tables.R"))
for (name in arguments[-(1:3)]) {
  source(file.path(arguments[1], paste0(name, ".R")))
  readr::write_csv(answer(arguments[2]), file.path(arguments[3], paste0(name, ".csv")), na = "")
}
"""


def in_pandas(name: str, package: Path) -> pd.DataFrame:
    sys.path.insert(0, str(HERE))
    try:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.answer(package).reset_index(drop=True)
    finally:
        sys.path.remove(str(HERE))


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """The cells as text: missing is empty, a whole number has no decimals."""
    return [["" if pd.isna(cell) else _text(cell) for cell in row] for row in frame.itertuples(index=False)]


def _text(cell) -> str:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@pytest.fixture(scope="session")
def in_r(pulled, rscript, r_library, tmp_path_factory):
    """The answers of all questions in R, as CSV files in a folder."""
    out = tmp_path_factory.mktemp("answers")
    command = [rscript, "-e", DRIVER, str(HERE), str(pulled), str(out), *QUESTIONS]
    surroundings = os.environ | {"R_LIBS": str(r_library)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr
    return out


def test_there_are_ten():
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("name", QUESTIONS)
def test_pandas_and_r_give_the_same_answer(name, pulled, in_r):
    python = in_pandas(name, pulled)
    r = pd.read_csv(in_r / f"{name}.csv", keep_default_na=False, na_values=[""])
    assert len(python) > 0
    assert list(python.columns) == list(r.columns)
    assert cells(python) == cells(r)


def test_articles_a_week_as_counted_by_hand(pulled):
    answer = in_pandas("q01_articles_a_week", pulled)
    in_first_week = answer[answer["week"] == "2021-W33"]
    assert in_first_week["articles"].sum() == 3  # 16, 19 and 22 August
    assert answer["articles"].sum() == 19  # 20 articles, one of them without a date


def test_the_taliban_are_covered_most(pulled):
    assert in_pandas("q02_most_covered", pulled)["entity_id"][0] == "e-taliban"


def test_words_around_hold_the_quotation(pulled):
    around = in_pandas("q08_words_around", pulled).set_index("claim_id")["around"]
    claims = pd.read_csv(pulled / "data" / "claims.csv", keep_default_na=False).set_index("claim_id")
    whole = claims.loc[around.index]
    single = whole[~whole["content"].str.contains(" […] ", regex=False)]
    assert len(single)
    assert all(content in around[claim] for claim, content in single["content"].items())


def test_namibia_is_a_country_and_no_missing_cell(pulled):
    answer = in_pandas("q09_on_a_map", pulled)
    assert set(answer.loc[answer["name"] == "Namibia", "country_code"]) == {"NAM"}
