import json
import shutil

import pytest
from tests.extract.spacy_pipelines.conftest import of_patterns, saved

from broadsheet import earlier, pipeline
from broadsheet.build import build
from broadsheet.errors import UsageError
from broadsheet.package.ro_crate import read_run
from broadsheet.parse import parse_files
from broadsheet.passes import ARTICLES_PER_SHARD
from broadsheet.project import check_settings, minimal_descriptor, open_project
from broadsheet.verify import verify

TEXT = " date 2021-08-31 Ada Obi left Kabul on Tuesday, number {}."


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    return folder


def built(raw, out, choice, **how):
    summary = build(open_project(None, raw, out, entities=choice), **({"jobs": 1} | how))
    assert summary.report.ok
    return summary


def cells(package, column):
    import pyarrow.parquet as pq

    return set(pq.read_table(package / "parquet" / "mentions.parquet")[column].to_pylist())


def test_a_build_states_the_pipeline_in_rows_descriptor_and_provenance_without_its_path(raw, tiny, tmp_path):
    built(raw, tmp_path / "out", f"spacy:{tiny}")
    assert cells(tmp_path / "out", "extractor") == {"spacy:en_tiny@1.2.3"}
    assert cells(tmp_path / "out", "surface") == {"Ada Obi", "Kabul"}
    settings = json.loads((tmp_path / "out" / "datapackage.json").read_text())["broadsheet"]
    assert settings["entities"] == "spacy:en_tiny"
    options = read_run(tmp_path / "out").options
    assert (options["entities"], options["entities.version"]) == ("spacy:en_tiny", "1.2.3")
    assert {"entities.spacy", "entities.sha256"} < set(options)
    for path in (tmp_path / "out").rglob("*.*"):
        assert not path.is_file() or str(tiny.parent).encode() not in path.read_bytes()


def test_the_rules_of_the_program_are_no_option(raw, tmp_path):
    built(raw, tmp_path / "out", None)
    assert set(read_run(tmp_path / "out").options) == {"language"}


def test_the_project_s_own_setting_holds_where_no_option_is_given(raw, tmp_path):
    descriptor = minimal_descriptor() | {"broadsheet": {"entities": "spacy:en_no_such"}}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    assert open_project(tmp_path).entities == "spacy:en_no_such"
    assert open_project(tmp_path, entities="rules").entities == "rules"


@pytest.mark.parametrize("value", ["spacy:./tiny", "spacy:/tiny", "spacy:a/b", "", "spacy:", 3, "spacy:..", "a b"])
def test_a_descriptor_names_no_path(tmp_path, value):
    descriptor = minimal_descriptor() | {"broadsheet": {"entities": value}}
    with pytest.raises(UsageError, match="/broadsheet/entities"):
        check_settings(tmp_path / "datapackage.json", descriptor)


def test_another_pipeline_makes_every_row_anew(raw, tiny, tmp_path):
    built(raw, tmp_path / "out", f"spacy:{tiny}")
    assert built(raw, tmp_path / "out", f"spacy:{tiny}").reused == 3
    copy = shutil.copytree(tiny, tmp_path / "copy")
    assert built(raw, tmp_path / "out", f"spacy:{copy}").reused == 3
    saved(of_patterns([("GPE", "Kabul")]), copy)
    assert built(raw, tmp_path / "out", f"spacy:{copy}").reused == 0
    assert cells(tmp_path / "out", "surface") == {"Kabul"}
    assert built(raw, tmp_path / "out", "rules").reused == 0


@pytest.mark.parametrize(
    "change", [{"version": "1.2.4"}, {"spacy": "9"}, {"sha256": "0"}], ids=["model", "spaCy", "files"]
)
def test_versions_are_part_of_the_cache_key(tiny, monkeypatch, change):
    from broadsheet.extract import spacy_pipelines

    context = pipeline.Context(entities=f"spacy:{tiny}")
    before, versions = earlier.fingerprint_of(context), spacy_pipelines.versions
    monkeypatch.setattr(spacy_pipelines, "versions", lambda place: versions(place) | change)
    assert earlier.fingerprint_of(context) != before


def test_any_number_of_jobs_gives_the_same_bytes(tmp_path, trained):
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(ARTICLES_PER_SHARD + 1):
        (raw / f"{number}.txt").write_text(TEXT.format(number))
    for jobs in (1, 2):
        built(raw, tmp_path / f"out{jobs}", f"spacy:{trained}", jobs=jobs, reuse=False)
    assert cells(tmp_path / "out2", "extractor") == {"spacy:en_trained@0.0.1"}
    one, two = ((tmp_path / f"out{jobs}" / "SHA256SUMS").read_text() for jobs in (1, 2))
    assert one == two


def test_a_package_is_verified_with_the_folder_and_told_without(raw, tiny, tmp_path, here):
    built(raw, tmp_path / "out", f"spacy:{tiny}")
    assert verify(tmp_path / "out", raw, jobs=1, entities=f"spacy:{tiny}").ok
    ran = here("verify", tmp_path / "out", "--raw", raw, "--jobs", "1")
    ran.refused(3, "the spaCy pipeline 'en_tiny' is not installed")


def test_rows_of_another_pipeline_of_the_same_name_are_told_with_the_reason(raw, tiny, tmp_path):
    built(raw, tmp_path / "out", f"spacy:{tiny}")
    other = saved(of_patterns([("GPE", "Kabul")]), tmp_path / "other", version="1.2.4")
    report = verify(tmp_path / "out", raw, jobs=1, entities=f"spacy:{other}")
    messages = [finding.message for finding in report.findings if finding.table == "mentions"]
    assert messages
    assert all("the option entities.version was 1.2.3, and is 1.2.4" in message for message in messages)


def test_parse_takes_the_option(raw, tiny):
    rows = parse_files([raw / "0.txt"], entities=f"spacy:{tiny}").rows["mentions"]
    assert [row["extractor"] for row in rows] == ["spacy:en_tiny@1.2.3"] * 2


def test_other_mentions_of_a_suppressed_person_are_those_of_the_chosen_extractor(raw, tmp_path):
    persons = saved(of_patterns([("PER", "zuri obi"), ("PER", "obi"), ("PER", "jun")]), tmp_path / "persons")
    (raw / "0.txt").write_text(" date 2021-08-31 There zuri obi met jun. Then obi left.")
    (raw / "suppress.csv").write_text("path,name,why\n,zuri obi,asked for\n")
    built(raw, tmp_path / "out", f"spacy:{persons}")
    assert cells(tmp_path / "out", "surface") == {"jun"}


def test_one_error_line_for_an_unknown_extractor_and_nothing_is_left(raw, here, tmp_path):
    ran = here("build", "--raw", raw, "--out", tmp_path / "out", "--entities", "nonsense")
    ran.refused(2, "no extractor of mentions that is called 'nonsense'")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw"]
