import json
import sys

import pytest

from broadsheet import plugins
from broadsheet.errors import BroadsheetError, PluginError, UsageError
from broadsheet.extract.spacy_pipelines import places


def test_a_folder_says_name_versions_and_hash_and_never_its_path(tiny):
    identity = plugins.identity("mentions", f"spacy:{tiny}")
    assert identity.name == "spacy:en_tiny"
    assert identity.versions["version"] == "1.2.3"
    assert set(identity.versions) == {"version", "sha256", "spacy", "thinc"}
    assert str(tiny.parent) not in str(identity)


def test_another_file_is_another_pipeline(tiny, tmp_path):
    import shutil

    copy = shutil.copytree(tiny, tmp_path / "copy")
    assert places.content_hash(copy) == places.content_hash(tiny)
    (copy / "entity_ruler" / "patterns.jsonl").write_text("")
    assert places.content_hash(copy) != places.content_hash(tiny)


@pytest.fixture
def installed(tiny, tmp_path, monkeypatch):
    """A package of a pipeline as `spacy package` lays it out, on the path of this process."""
    import shutil

    package = tmp_path / "site" / "en_installed"
    shutil.copytree(tiny, package / "en_installed-1.2.3")
    meta = json.loads((tiny / "meta.json").read_text()) | {"requirements": ["numpy>=1", "not-there<2"]}
    (package / "meta.json").write_text(json.dumps(meta | {"name": "installed"}))
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_init_py\n"
        "def load(**options):\n    return load_model_from_init_py(__file__, **options)\n"
    )
    for file in (package / "meta.json", package / "en_installed-1.2.3" / "meta.json"):
        file.write_text(json.dumps(json.loads(file.read_text()) | {"name": "installed"}))
    info = tmp_path / "site" / "en_installed-1.2.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: en_installed\nVersion: 1.2.3\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    yield "en_installed"
    sys.modules.pop("en_installed", None)


def test_an_installed_pipeline_is_found_by_name_and_not_imported_to_be_asked(installed):
    identity = plugins.identity("mentions", f"spacy:{installed}")
    assert identity.name == "spacy:en_installed"
    assert {"version", "numpy"} < set(identity.versions)
    assert {"sha256", "not-there"} & set(identity.versions) == set()
    assert installed not in sys.modules


def test_an_installed_pipeline_is_loaded(installed):
    assert places.load(places.locate(installed)).meta["name"] == "installed"


@pytest.mark.parametrize(
    ("choice", "kind", "message", "tip"),
    [
        ("nonsense", UsageError, "no extractor of mentions that is called 'nonsense'", "there are rules, spacy"),
        ("spacy", UsageError, "needs an argument", "write spacy:PIPELINE"),
        ("spacy:", UsageError, "needs an argument", "write spacy:PIPELINE"),
        ("rules:x", UsageError, "takes no argument", "write rules"),
        ("spacy:en_no_such", PluginError, "'en_no_such' is not installed", "python -m spacy download en_no_such"),
        ("spacy:pytest", PluginError, "is no spaCy pipeline", "spacy:./pytest"),
        ("spacy:./nowhere", PluginError, "it has no meta.json", "nlp.to_disk"),
    ],
)
def test_what_cannot_be_is_said_with_the_next_step(choice, kind, message, tip):
    with pytest.raises(kind, match=message) as raised:
        plugins.identity("mentions", choice)
    assert tip in raised.value.tip


def test_without_spacy_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(places, "find_spec", lambda _name: None)
    with pytest.raises(PluginError, match="needs spaCy, which is not installed") as raised:
        places.locate("en_core_web_sm")
    assert 'pip install "broadsheet[spacy]"' in raised.value.tip


@pytest.mark.parametrize(
    "meta",
    [
        "{",
        "[]",
        '{"lang": "en"}',
        '{"lang": "en", "name": "a b", "version": "1"}',
        '{"lang": "en", "name": "../x", "version": "1"}',
        '{"lang": "en", "name": "x", "version": "1\\n2"}',
    ],
)
def test_a_meta_json_that_is_none_is_refused(tmp_path, meta):
    (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(BroadsheetError, match=r"meta\.json"):
        places.locate(str(tmp_path))


def test_a_broken_pipeline_is_an_error_with_its_place(tiny, tmp_path):
    import shutil

    broken = shutil.copytree(tiny, tmp_path / "broken")
    (broken / "config.cfg").write_text("[nlp]\nlang = \n")
    with pytest.raises(PluginError, match="broken cannot be loaded"):
        places.load(places.locate(str(broken)))
