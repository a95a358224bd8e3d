from xml.etree import ElementTree

import pytest

from bench.plot import Panel, plot

SVG = "{http://www.w3.org/2000/svg}"


def result(articles, cpu, memory):
    stages = [{"name": name, "cpu": cpu} for name in ("starting", "reading", "extracting")]
    return {"articles": articles, "stages": stages, "whole": {"memory": memory, "main": memory / 2}}


@pytest.fixture
def results():
    return [result(20_000, 30.0, 800e6), result(2_000, 3.0, 700e6)]


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_lines_and_numbers_of_articles_are_named(results):
    shown = texts(plot(results))
    assert {"reading", "extracting", "all processes", "main process", "2,000", "20,000"} <= set(shown)
    assert "starting" not in shown


def test_the_order_of_results_does_not_matter(results):
    assert plot(results) == plot(results[::-1])


def test_comparisons_are_left_out(results):
    assert plot([*results, {"articles": 5, "first": [1.0], "second": [0.5]}]) == plot(results)


def test_twice_the_value_is_twice_as_high():
    panel = Panel("", [10, 100, 1000], {"line": [1.0, 2.0, 4.0]})
    base, one, two, four = (panel.down(value) for value in (0, 1, 2, 4))
    assert base - two == pytest.approx(2 * (base - one))
    assert base - four == pytest.approx(4 * (base - one))


def test_ten_times_the_articles_are_always_as_far():
    panel = Panel("", [10, 100, 1000], {"line": [1.0, 2.0, 4.0]})
    ten, hundred, thousand = (panel.across(articles) for articles in panel.articles)
    assert hundred - ten == pytest.approx(thousand - hundred)
