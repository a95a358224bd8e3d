"""The data files keep their promises."""

import re

from broadsheet.extract.entities import lexicon

TYPES = {
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "-",
}


def test_every_file_states_its_source() -> None:
    files = sorted(lexicon.FOLDER.iterdir())
    assert files
    assert all("# Source: " in file.read_text("utf-8") for file in files)


def test_country_codes_are_three_letters_and_unique() -> None:
    codes = [land.code for land in lexicon.countries() if land.code]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert len(codes) == len(set(codes)) > 190


def test_types_are_those_of_the_schema() -> None:
    assert {entry.type for entry in lexicon.names().values()} <= TYPES


def test_every_country_and_its_people_are_listed() -> None:
    for land in lexicon.countries():
        assert lexicon.type_of(land.name) == "GPE", land.name
        assert all(lexicon.type_of(name) in ("NORP", "LANGUAGE") for name in land.people), land.name


def test_an_unknown_class_of_words_is_an_error_and_not_an_empty_list() -> None:
    classes = [line.split("\t")[0] for line in (lexicon.FOLDER / "words.tsv").read_text("utf-8").splitlines()]
    named = [name for name in classes if not name.startswith("#")]
    assert len(named) == len(set(named))
    assert all(lexicon.words(name) for name in named)
