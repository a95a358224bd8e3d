"""What a version says of its changes, and the numbers that are refused."""

import hashlib

import pytest
from tests.publish.registries import versions, wrong

from broadsheet.errors import PackageError, UsageError
from broadsheet.publish import publish


def changelog(registry, version):
    return (registry / "floods" / version / "CHANGELOG.md").read_text()


def entries(registry, version):
    """Each entry of the CHANGELOG.md of a version, by its head."""
    parts = changelog(registry, version).split("\n## ")[1:]
    return {part.split("\n")[0]: part.split("\n", 1)[1].strip() for part in parts}


def test_the_first_version_says_that_it_is_the_first(project, tmp_path, unchecked):
    publish(project, tmp_path)
    assert entries(tmp_path, "1.0.0") == {"1.0.0 (2023-11-14)": "First version."}


def test_the_changelog_is_one_of_the_files_that_the_sums_have(project, tmp_path, unchecked):
    publish(project, tmp_path)
    digest = hashlib.sha256(changelog(tmp_path, "1.0.0").encode()).hexdigest()
    assert f"{digest}  CHANGELOG.md\n" in (tmp_path / "floods" / "1.0.0" / "SHA256SUMS").read_text()
    assert wrong(tmp_path) == []


def test_a_new_article_asks_for_a_minor_version(project, grown, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    with pytest.raises(PackageError) as error:
        publish(grown, tmp_path, "1.0.1")
    said = str(error.value)
    assert "floods 1.0.1 is too small a step from 1.0.0" in said
    assert "the least version is 1.1.0" in said
    assert "articles: 1 row added (minor: “Add new data to an existing data resource”)" in said
    assert "--version 1.1.0" in error.value.tip
    assert "--allow" in error.value.tip
    assert versions(tmp_path) == ["1.0.0"]
    publish(grown, tmp_path, "1.1.0")
    assert list(entries(tmp_path, "1.1.0")) == ["1.1.0 (2023-11-14)", "1.0.0 (2023-11-14)"]
    newest = entries(tmp_path, "1.1.0")["1.1.0 (2023-11-14)"]
    assert newest.startswith("Compared with 1.0.0: a minor change.")
    assert "- articles: 1 row added (minor: “Add new data to an existing data resource”)" in newest


def test_a_smaller_step_needs_a_reason_that_stays(project, grown, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(grown, tmp_path, "1.0.1", allow="the article\nwas forgotten <b>")
    said = "By the recipe this would be 1.1.0; it is not, because: the article was forgotten &lt;b>"
    assert said in entries(tmp_path, "1.0.1")["1.0.1 (2023-11-14)"]
    publish(grown, tmp_path, "1.0.2")
    assert said in entries(tmp_path, "1.0.2")["1.0.1 (2023-11-14)"]


@pytest.mark.parametrize("reason", [" ", "\x1b[2J", "x" * 5000])
def test_a_reason_that_cannot_be_shown_is_refused(project, tmp_path, reason):
    with pytest.raises(UsageError, match="the reason"):
        publish(project, tmp_path / "r", allow=reason)
    assert not (tmp_path / "r").exists()


def test_the_same_rows_may_have_any_higher_number(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(project, tmp_path, "1.0.1")
    newest = entries(tmp_path, "1.0.1")["1.0.1 (2023-11-14)"]
    assert newest == "Compared with 1.0.0: no change that asks for another number."


def test_a_version_is_compared_with_the_highest_below_it_that_stands(project, grown, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(grown, tmp_path, "2.0.0")
    publish(project, tmp_path, "1.0.1")
    assert "Compared with 1.0.0" in entries(tmp_path, "1.0.1")["1.0.1 (2023-11-14)"]


def test_a_changelog_names_no_row(project, grown, tmp_path, unchecked):
    publish(grown, tmp_path, "1.0.0")
    publish(project, tmp_path, "2.0.0")
    text = changelog(tmp_path, "2.0.0")
    assert "removed" in text
    gone = (tmp_path / "floods" / "1.0.0" / "data" / "entities.csv").read_text()
    assert "dora-model" in gone
    assert "dora" not in text.lower()


def test_a_changelog_by_hand_is_not_taken_for_ours(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    (tmp_path / "floods" / "1.0.0" / "CHANGELOG.md").write_text("# Mine\n\n## 1.0.0\n\nSecret.\n")
    publish(project, tmp_path, "1.0.1")
    assert list(entries(tmp_path, "1.0.1")) == ["1.0.1 (2023-11-14)"]


def test_a_version_before_that_was_damaged_is_named(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    (tmp_path / "floods" / "1.0.0" / "datapackage.json").write_text("{")
    with pytest.raises(Exception, match=r"floods.1\.0\.0"):
        publish(project, tmp_path, "1.0.1")
    assert versions(tmp_path) == ["1.0.0"]


def test_who_is_overtaken_compares_anew(project, grown, tmp_path, unchecked, monkeypatch):
    """While 1.2.0 is made, 1.1.0 is published: 1.2.0 is compared with that one all the same."""
    publish(project, tmp_path, "1.0.0")
    from broadsheet.publish import publication

    whole, made = publication.changes_since, []

    def overtaking(before, *others):
        made.append(before.name)
        if made == ["1.0.0"]:
            publish(grown, tmp_path, "1.1.0")
        return whole(before, *others)

    monkeypatch.setattr(publication, "changes_since", overtaking)
    publish(grown, tmp_path, "1.2.0")
    assert made == ["1.0.0", "1.0.0", "1.1.0"]
    assert [head.split()[0] for head in entries(tmp_path, "1.2.0")] == ["1.2.0", "1.1.0", "1.0.0"]
    assert wrong(tmp_path) == []
