"""The authority file: what it settles, and what is said of its mistakes."""

import csv
import io

import pyarrow.parquet as parquet
import pytest

from broadsheet.build import build
from broadsheet.errors import UsageError
from broadsheet.project import open_project
from broadsheet.records import Article, Mention, Passage
from broadsheet.resolve import Authority, Listed, Name, across, within

ARTICLES = {
    "a.txt": " date 2021-08-31 Ana Rey spoke in Oruna on Monday. Rey left Oruna. “It rained,” said Luis Velaya.",
    "b.txt": " date 2021-09-01 Rey was in Oruna on Wednesday, and Dr Luis Velaya was not.",
}
COLUMNS = "entity_id,name,type,aliases,wikidata_id,geonames_id,country_code,latitude,longitude,not_same_as"


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "raw" / name).write_text(text, "utf-8")
    return tmp_path / "raw"


def listed(**cells):
    """A row of the file as CSV."""
    line = io.StringIO()
    csv.DictWriter(line, COLUMNS.split(","), lineterminator="\n").writerow(cells)
    return line.getvalue()


def built(raw, *rows, jobs=1, reuse=True, out="out"):
    if rows:
        (raw / "authority.csv").write_text("\n".join((COLUMNS, "".join(rows))), "utf-8")
    summary = build(open_project(None, raw, raw.parent / out), jobs=jobs, reuse=reuse)
    assert summary.report.ok, summary.report.as_text()
    return summary


def entities(raw):
    rows = parquet.read_table(raw.parent / "out" / "parquet" / "entities.parquet").to_pylist()
    return {row["entity_id"]: row for row in rows}


def every_byte(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


REY = listed(
    entity_id="e-the-doctor",
    name="Anna Rey",
    type="PERSON",
    aliases="Ana Rey|Rey",
    wikidata_id="Q42",
    country_code="NAM",
)


def test_its_id_name_type_and_identifiers_are_used(raw):
    built(
        raw, REY, listed(entity_id="e-oruna-town", name="Oruna", type="GPE", geonames_id=7, latitude=1.5, longitude=-2)
    )
    found = entities(raw)
    rey, oruna = found["e-the-doctor"], found["e-oruna-town"]
    assert (rey["name"], rey["type"], rey["wikidata_id"], rey["country_code"]) == ("Anna Rey", "PERSON", "Q42", "NAM")
    assert (oruna["geonames_id"], oruna["latitude"], oruna["longitude"]) == (7, 1.5, -2.0)
    assert not {"e-ana-rey", "e-rey", "e-oruna"} & found.keys()


def test_an_entity_that_no_article_names_has_no_row(raw):
    built(raw, listed(entity_id="e-nobody", name="Nobody Else", type="PERSON"))
    assert "e-nobody" not in entities(raw)


def test_a_changed_file_makes_the_next_build_right_and_the_same_as_a_fresh_one(raw, tmp_path):
    built(raw)
    built(raw, REY)
    assert "e-the-doctor" in entities(raw)
    warm = every_byte(tmp_path / "out")
    built(raw, reuse=False, jobs=2)
    assert every_byte(tmp_path / "out") == warm
    assert built(raw).reused == 2


def test_changed_coordinates_need_no_article_to_be_read_again(raw):
    built(raw, listed(entity_id="e-oruna", name="Oruna", type="GPE", latitude=1, longitude=1))
    assert built(raw, listed(entity_id="e-oruna", name="Oruna", type="GPE", latitude=2, longitude=1)).reused == 2
    assert entities(raw)["e-oruna"]["latitude"] == 2


def test_the_provenance_states_its_hash(raw, tmp_path):
    built(raw, REY)
    assert "raw/authority.csv" in (tmp_path / "out" / "ro-crate-metadata.json").read_text("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfentity_id,name,type\ne-the-doctor,Ana Rey,PERSON\n",
        b"entity_id,name,type\r\ne-the-doctor,Ana Rey,PERSON\r\n",
        b'"entity_id","type","name","aliases"\n"e-the-doctor","PERSON","Anna ""Ana"" Rey","Ana Rey | Rey |"\n',
    ],
)
def test_byte_order_marks_line_ends_and_quotes_are_read(raw, data):
    (raw / "authority.csv").write_bytes(data)
    built(raw)
    assert "e-the-doctor" in entities(raw)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"entity_id,name,typ\ne-a,A,ORG\n", "row 1, field typ"),
        (b"entity_id,name\ne-a,A\n", "no column 'type'"),
        (b"entity_id,name,type\ne-a,A,ORG\ne-a,B,ORG\n", "row 3"),
        (b"entity_id,name,type\nAna Rey,A,ORG\n", "field entity_id"),
        (b"entity_id,name,type\ne-a,,ORG\n", "field name"),
        (b"entity_id,name,type\ne-a,A,PERSN\n", "field type: 'PERSN'"),
        (b"entity_id,name,type,aliases\ne-a,A,ORG,\ne-b,B,ORG,C|a\n", "field aliases: 'a' is a name of e-a in row 2"),
        (b"entity_id,name,type,aliases\ne-a,A,ORG,B|?\n", "neither letters nor digits"),
        (b"entity_id,name,type,latitude,longitude\ne-a,A,GPE,90.5,1\n", "field latitude"),
        (b"entity_id,name,type,latitude,longitude\ne-a,A,GPE,1,180.5\n", "field longitude"),
        (b"entity_id,name,type,latitude,longitude\ne-a,A,GPE,1,\n", "field longitude: is missing"),
        (b"entity_id,name,type,country_code\ne-a,A,GPE,XYZ\n", "field country_code: 'XYZ'"),
        (b"entity_id,name,type,wikidata_id\ne-a,A,GPE,42\n", "field wikidata_id"),
        (b"entity_id,name,type,aliases,not_same_as\ne-a,A,ORG,B,b\n", "own id, name or alias"),
        (b"entity_id,name,type,not_same_as\ne-a,A,ORG,e-b\n", "entity_id of no row"),
        (b"entity_id,name,type\ne-a,\xe9,ORG\n", "UTF-8"),
        (b'entity_id,name,type\ne-a,"A,ORG\n', "quotation mark"),
    ],
)
def test_a_mistake_is_told_with_its_place(raw, data, said):
    (raw / "authority.csv").write_bytes(data)
    with pytest.raises(UsageError) as caught:
        built(raw)
    assert "raw/authority.csv" in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2
    assert not (raw.parent / "out").exists()


AUTHORITY = Authority.of(
    [
        Listed("e-ana-rey", "Ana Rey", "PERSON", ("La Doctora",), not_same_as=("Ana Rey Sol", "e-eva-rey")),
        Listed("e-eva-rey", "Eva Rey", "PERSON"),
        Listed("e-oruna", "Oruna", "GPE", ("Orunah",)),
    ]
)


def meant(text, *names):
    """The keys of the names, given in the order of the text with their types."""
    mentions, at = [], 0
    for surface, kind in names:
        at = text.index(surface, at)
        mentions.append(Mention(at, at + len(surface), kind))
        at += len(surface)
    resolved = within(Article(text, (Passage("paragraph", 0, len(text)),)), mentions, AUTHORITY)
    return [(mention.key, mention.type) for mention in resolved]


def test_an_alias_is_the_entity_whatever_its_type():
    text = "La Doctora left. ORUNAH cheered."
    found = meant(text, ("La Doctora", "ORG"), ("ORUNAH", "PERSON"))
    assert found == [("e-ana-rey\t=", "PERSON"), ("e-oruna\t=", "GPE")]


def test_a_short_form_within_the_article_is_the_entity_too():
    assert meant("Ana Rey left. Rey ran.", ("Ana Rey", "PERSON"), ("Rey", "PERSON"))[1][0] == "e-ana-rey\t="


def test_a_name_that_is_not_the_same_stays_apart():
    text = "Ana Rey met Ana Rey Sol."
    found = meant(text, ("Ana Rey", "PERSON"), ("Ana Rey Sol", "PERSON"))
    assert found[1] == ("Ana Rey Sol\tPERSON", "PERSON")


def test_what_is_not_the_same_stays_apart_even_where_the_rules_would_join_it():
    authority = Authority.of([Listed("e-ana-rey", "Ana Rey", "PERSON", not_same_as=("Rey",))])
    names = [Name("e-ana-rey\t=", "PERSON", 3, 1), Name("Rey\tPERSON", "PERSON", 1, 1)]
    assert across(names, authority).entity_of["Rey\tPERSON"] == "e-rey"
    assert (
        across(names, Authority.of([Listed("e-ana-rey", "Ana Rey", "PERSON")])).entity_of["Rey\tPERSON"] == "e-ana-rey"
    )


def test_no_other_entity_takes_a_listed_id():
    authority = Authority.of([Listed("e-oruna", "City of Oruna", "GPE", not_same_as=("Oruna",))])
    assert across([Name("Oruna\tORG", "ORG", 1, 1)], authority).entity_of["Oruna\tORG"] == "e-oruna-2"
