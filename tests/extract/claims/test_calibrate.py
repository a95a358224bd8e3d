from broadsheet.extract.claims.calibrate import measure, write
from broadsheet.extract.claims.rules import RULES, confidence

SAID = "The mayor said that it was late."


def record(content, **more):
    start = SAID.index(content)
    return {"text": SAID, "attributions": [{"content": [[start, start + len(content)]], **more}]}


def test_a_rule_is_right_as_often_as_its_contents_have_the_words_of_the_gold():
    gold = [record("that it was late")] * 9 + [record("it was late")] * 3
    assert measure(gold) == {"verb-that": (0.75, 12)}


def test_what_the_gold_ignores_is_not_counted():
    assert measure([record("that it was late", ignore=True)] * 20) == {}


def test_a_rule_used_seldom_is_not_measured():
    assert measure([record("that it was late")] * 3) == {}


def test_the_table_has_a_row_for_every_rule_but_statements(tmp_path):
    path = tmp_path / "confidence.tsv"
    write({"verb-that": (0.75, 12), "statement-event": (0.0, 99)}, path)
    assert path.read_text("utf-8") == "rule\tprecision\tuses\nverb-that\t0.75\t12\n"


def test_every_confidence_is_a_share():
    known = [value for rule in RULES if (value := confidence(rule)) is not None]
    assert known
    assert all(0 <= value <= 1 for value in known)
