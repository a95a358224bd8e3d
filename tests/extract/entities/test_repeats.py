"""A name that was found once is found again wherever the article has its words."""

import pytest

from broadsheet.extract.entities.draft import Draft
from broadsheet.extract.entities.looks import Look
from broadsheet.extract.entities.repeats import repeated
from broadsheet.extract.entities.tokens import tokenize


def seen(text: str) -> Look:
    return Look(tokenize(text, 0, len(text)), [], True, [])


def again(text: str, *names: str) -> list[str]:
    """What is found again in the text, given the first places of the names."""
    one = seen(text)
    words = [token.text for token in one.tokens]
    found = []
    for name in names:
        parts = name.split()
        at = next(i for i in range(len(words)) if words[i : i + len(parts)] == parts)
        found.append((one, Draft(at, at + len(parts), "ORG", margin=9000)))
    more = [draft for _, draft in repeated([one], found)]
    assert all(draft.to <= len(words) for draft in more)
    return [" ".join(words[draft.at : draft.to]) for draft in more]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Tarnex Oil sued. Tarnex Oil lost.", ["Tarnex Oil"], ["Tarnex Oil"]),
        ("Tarnex Oil sued Tarnex. Tarnex Oil and Tarnex lost.", ["Tarnex Oil"], ["Tarnex Oil"]),
        ("Tarnex Oil sued. tarnex oil lost.", ["Tarnex Oil"], []),
        ("Hope sued. Hope lost.", ["Hope"], []),
        ("Tarnex sued. So did Tarnex Oil.", ["Tarnex", "Tarnex Oil"], []),
        ("Tarnex and Tarnex Oil sued. So did Tarnex", ["Tarnex", "Tarnex Oil"], ["Tarnex"]),
    ],
)
def test_a_name_is_found_again_unless_it_is_a_common_word_or_covered(text, names, expected):
    assert again(text, *names) == expected


def test_what_is_found_again_rests_on_a_rule_alone():
    one = seen("Tarnex sued. Tarnex lost.")
    ((_, draft),) = repeated([one], [(one, Draft(0, 1, "ORG", margin=9000))])
    assert (draft.type, draft.margin) == ("ORG", None)
