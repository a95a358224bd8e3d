"""Projects whose own files are broken: the descriptor, the schemas, the sidecars in raw/.

All of them must end with 2 and a message that names the file, the place in it and what to do next, before anything
is written; what is only unusual must build.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.outside import WORDS

ROOT = Path(__file__).parents[1]
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A project like the sample, with two articles, in the folder `p` of the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "schema", "p/schema")
    shutil.copy(ROOT / "datapackage.json", "p")
    Path("p/raw").mkdir()
    for name in ("a", "b"):
        Path(f"p/raw/{name}.txt").write_text(WORDS.format(name))
    return Path("p")


def changed(path: Path, change: Change) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def put(*keys: str | int, value: object) -> Change:
    """A change that puts a value at a place, given as the keys that lead there."""

    def change(content: Any) -> None:
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = value

    return change


NOT_JSON = [
    (b"", ":1:1: "),
    (b'{\n  "name": "x",\n  "keywords": [,]\n}', ":3:16: "),
    (b'{\n  "name": "x"\n', ":3:1: "),
    (b'{"name": "x"}\n}', ":2:1: "),
    (b'\xef\xbb\xbf{"name": "x"}', "byte order mark"),  # frictionless reads no JSON that has one
    (b'{"name": NaN}', "NaN"),
    (b'{\n "name": "caf\xe9"}', "is not UTF-8"),
    (b'\xff\xfe{\0"\0', "is not UTF-8"),
    (b"[]", "expected a JSON object, found an array"),
    (b'"x"', "expected a JSON object, found a string"),
    (b'{\n "name": "x",\n "name": "y"\n}', 'two members "name"'),
    (b'{"a":' + b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deeply"),
]


@pytest.mark.parametrize("name", ["datapackage.json", "schema/articles.json"])
@pytest.mark.parametrize(("data", "said"), NOT_JSON, ids=lambda value: repr(value)[:25])
def test_what_is_no_json_object_is_refused_with_its_place(project, here, name, data, said):
    (project / name).write_bytes(data)
    here("build", "p").refused(2, f"p/{name}", said)
    assert not (project / "build").exists()


@pytest.mark.parametrize(
    ("pointer", "change"),
    [
        ("/name", put("name", value=7)),
        ("/name", put("name", value="Bad Name")),
        ("/name", lambda descriptor: descriptor.pop("name")),
        ("/title", put("title", value=[])),
        ("/description", put("description", value=None)),
        ("/version", put("version", value=1)),
        ("/keywords", put("keywords", value="news")),
        ("/keywords/0", put("keywords", 0, value=1)),
        ("/licenses", put("licenses", value="CC")),
        ("/licenses/0", put("licenses", 0, value=3)),
        ("/licenses/0", put("licenses", 0, value={})),
        ("/contributors/0/title", put("contributors", 0, "title", value=3)),
        ("/sources/0", put("sources", 0, value=1)),
        ("/broadsheet", put("broadsheet", value="x")),
        ("/broadsheet/language", put("broadsheet", "language", value=5)),
        ("/broadsheet/language", put("broadsheet", "language", value="not a tag!")),
        ("/broadsheet/textPolicy", put("broadsheet", "textPolicy", value="secret")),
        ("/broadsheet/textpolicy", put("broadsheet", "textpolicy", value="facts")),
        ("/resources", put("resources", value="x")),
        ("/resources", put("resources", value={})),
        ("/resources/0", put("resources", 0, value=7)),
        ("/resources/2/name", put("resources", 2, "name", value=5)),
        ("/resources/0/schema", put("resources", 0, "schema", value="schema/none.json")),
        ("/resources/0/schema", put("resources", 0, "schema", value=4)),
        ("/resources/9/name", lambda descriptor: descriptor["resources"].append(descriptor["resources"][0])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_descriptor_is_refused_with_its_pointer(project, here, pointer, change):
    changed(project / "datapackage.json", change)
    here("build", "p").refused(2, f"p/datapackage.json: {pointer}: ")
    assert not (project / "build").exists()


FIELDS = json.loads((ROOT / "schema/articles.json").read_text())["fields"]
AT = {field["name"]: place for place, field in enumerate(FIELDS)}


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ('"fields" is a required', lambda schema: schema.pop("fields")),
        ("/fields", put("fields", value={})),
        ("/fields", put("fields", value=[])),
        ("/fields/1", put("fields", 1, value="published")),
        ("/fields/1", lambda schema: schema["fields"][1].pop("name")),
        ("/fields/1/name", put("fields", 1, "name", value=5)),
        ("/fields/1/type", put("fields", 1, "type", value="dat")),
        ("/fields/1/type", put("fields", 1, "type", value=["date"])),
        ("text_sha256", lambda schema: schema["fields"].pop(AT["text_sha256"])),
        ("mood", lambda schema: schema["fields"].append({"name": "mood", "type": "string"})),
        ("outlet", lambda schema: schema["fields"].append(FIELDS[AT["outlet"]])),
        ("/fields/1/constraints", put("fields", 1, "constraints", value=[])),
        ("/fields/2/constraints/pattern", put("fields", AT["outlet"], "constraints", value={"pattern": "("})),
        ("/fields/2/constraints/pattern", put("fields", AT["outlet"], "constraints", value={"pattern": 5})),
        ("/fields/2/constraints/enum", put("fields", AT["outlet"], "constraints", value={"enum": "x"})),
        ("/fields/2/constraints/minLength", put("fields", AT["outlet"], "constraints", value={"minLength": "x"})),
        ("/fields/2/constraints/minimumm", put("fields", AT["outlet"], "constraints", value={"minimumm": 1})),
        ("/primaryKey", put("primaryKey", value="no_such_field")),
        ("/primaryKey", put("primaryKey", value=5)),
        ("/foreignKeys", put("foreignKeys", value=[{"fields": "outlet"}])),
        (
            "/foreignKeys",
            put("foreignKeys", value=[{"fields": "outlet", "reference": {"resource": "nowhere", "fields": "x"}}]),
        ),
        ("/missingValues", put("missingValues", value="NA")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_schema_is_refused_with_its_place(project, here, said, change):
    changed(project / "schema/articles.json", change)
    here("build", "p").refused(2, "p/schema/articles.json: ", said)
    assert not (project / "build").exists()


ROW = ", row {}"  # as the findings of a validation say it, the header being row 1
SIDECARS = [
    ("articles.csv", b"", ROW.format(1), "path"),
    ("articles.csv", b"path,colour\na.txt,red\n", ROW.format(1), "colour"),
    ("articles.csv", b"outlet\nHerald\n", ROW.format(1), "path"),
    ("articles.csv", b"path,outlet,outlet\na.txt,x,y\n", ROW.format(1), "outlet"),
    ("articles.csv", b"path,outlet\na.txt\n", ROW.format(2), "too few"),
    ("articles.csv", b"path,outlet\na.txt,x,y\n", ROW.format(2), "too many"),
    ("articles.csv", b"path,retrieved_at\nb.txt,\na.txt,soon\n", ROW.format(3), "soon"),
    ("articles.csv", b"path,retrieved_at\na.txt,2021-02-30\n", ROW.format(2), "2021-02-30"),
    ("articles.csv", b"path,url\na.txt,nowhere\n", ROW.format(2), "nowhere"),
    ("articles.csv", b"path,outlet\n,Herald\n", ROW.format(2), "path"),
    ("articles.csv", b"path,outlet\na.txt,x\n\nb.txt,y\n", ROW.format(3), "path"),
    ("articles.csv", b"path,outlet\na.txt,x\nb.txt,y\na.txt,z\n", ROW.format(4), "a.txt"),
    ("articles.csv", b'path,outlet\na.txt,"never closed\nb.txt,y\n', ROW.format(2), "quotation mark"),
    ("articles.csv", b'path,outlet\nb.txt,x\na.txt,"one" two\n', ROW.format(3), "quotation mark"),
    ("articles.csv", b"path,outlet\na.txt,Caf\xe9\n", ROW.format(2), "UTF-8"),
    ("articles.csv", b"\xff\xfep\0a\0t\0h\0", "", "UTF-8"),
    ("suppress.csv", b"", ROW.format(1), "why"),
    ("suppress.csv", b"path,because\na.txt,x\n", ROW.format(1), "because"),
    ("suppress.csv", b"path,name,why\n,,x\n", ROW.format(2), "a path or a name"),
    ("suppress.csv", b"path,name,why\na.txt,Ann,x\n", ROW.format(2), "a path or a name"),
    ("suppress.csv", b"path,name,why\na.txt,,\n", ROW.format(2), "why"),
    ("suppress.csv", b'path,why\na.txt,"x\n', ROW.format(2), "quotation mark"),
    ("suppress.csv", b"path,why\na.txt,Caf\xe9\n", ROW.format(2), "UTF-8"),
]


@pytest.mark.parametrize(("name", "data", "place", "said"), SIDECARS, ids=lambda value: repr(value)[:30])
def test_a_broken_sidecar_is_refused_with_its_line(project, here, name, data, place, said):
    (project / "raw" / name).write_bytes(data)
    here("build", "p").refused(2, f"raw/{name}{place}", said)
    assert not (project / "build").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("articles.csv", b"\xef\xbb\xbfpath,outlet\r\na.txt,Herald\r\n"),
        ("articles.csv", b'path,outlet\n"a.txt","The ""Herald"",\nlate"\n'),
        ("suppress.csv", b"\xef\xbb\xbfname,why\r\nNobody Atall,asked\r\n"),
    ],
)
def test_a_sidecar_that_is_only_unusual_builds(project, here, name, data):
    (project / "raw" / name).write_bytes(data)
    ran = here("build", "p", "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["rows"]["articles"] == 2


def test_a_sidecar_row_of_a_file_that_is_not_there_is_warned_of(project, here):
    (project / "raw/articles.csv").write_text("path,outlet\na.txt,Herald\nmissing.txt,Herald\n")
    ran = here("build", "p")
    assert ran.code == 0, ran.err
    assert "missing.txt" in ran.err
