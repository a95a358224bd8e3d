"""What a person sees: the commands on a real pseudo-terminal."""

import os
import pty
import sys

import pytest


def on_terminal(*arguments: str) -> str:
    """What the command shows on a terminal, standard output and error together."""
    shown = []

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 4096)
        shown.append(data)
        return data

    saved = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pty.spawn([sys.executable, "-m", "broadsheet", *arguments], read)
    finally:
        os.dup2(saved, 1)
    return b"".join(shown).decode()


@pytest.fixture
def article(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    path = tmp_path / "one.txt"
    path.write_text(" date 2021-08-31 On Tuesday it rained in Kabul.")
    return path


def test_rows_are_a_table_without_the_columns_nobody_reads(article):
    shown = on_terminal("parse", str(article), "--table", "dates")
    assert "dates: 1 rows" in shown
    assert "Tuesday" in shown
    assert "date_id" not in shown


def test_a_build_ends_with_its_counts(article, tmp_path):
    (tmp_path / "raw").mkdir()
    article.rename(tmp_path / "raw" / "one.txt")
    shown = on_terminal("build", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"))
    assert "Raw records: 1 (1 read)" in shown
    assert f"Valid: {tmp_path / 'out'}" in shown
