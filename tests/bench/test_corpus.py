import io
import statistics
import subprocess
import sys

import pytest

from bench import corpus
from bench.articles import article
from broadsheet.readers.plain_text import reader


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.txt")}


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(tmp_path):
    corpus.make(tmp_path / "small", 3)
    corpus.make(tmp_path / "large", 5)
    small, large = contents(tmp_path / "small"), contents(tmp_path / "large")
    assert len(small) == 3
    assert len(large) == 5
    assert small.items() < large.items()


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_makes_the_same_articles(hash_seed):
    program = "from bench.articles import article; print(ascii([article(number) for number in range(5)]))"
    path = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": "scripts"}
    made = subprocess.run([sys.executable, "-c", program], env=path, capture_output=True, check=True, text=True)
    assert made.stdout.strip() == ascii([article(number) for number in range(5)])


@pytest.mark.parametrize("words", [60, 120, 600])
def test_articles_are_about_as_long_as_asked_for(words):
    lengths = [len(article(number, words=words).split()) for number in range(200)]
    assert statistics.median(lengths) == pytest.approx(words, abs=20)


@pytest.mark.parametrize("number", range(5))
def test_every_article_is_read_with_its_day(number):
    text = article(number)
    (reading,) = reader.read(io.BytesIO(text.encode()), {})
    assert reading.status == "read"
    assert reading.reason is None
    assert str(reading.article.published) == text.split()[1]


def test_an_unfinished_corpus_is_not_taken_for_a_whole_one(tmp_path, monkeypatch):
    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus, "article", fail)
    with pytest.raises(KeyboardInterrupt):
        corpus.make(tmp_path / "corpus", 3)
    assert not (tmp_path / "corpus").exists()
