"""Places that registries are read from."""

import pytest

from broadsheet.errors import MissingError, ReadError, UsageError
from broadsheet.registry.places import open_place, read_small


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://", "names no server"),
        ("https://user:secret@example.org/r", "netrc"),
        ("https://example.org/r?version=1", "no folder's"),
        ("https://example.org/r#top", "no folder's"),
        ("https://example.org/a b", "holds a blank"),
        ("file:///etc", "is a file:// address"),
        ("http://[", "is no address"),
        ("http://a:99999/", "is no address"),
        ("nonsense://x/y", "nonsense"),
        ("simplecache::memory://x", "addresses in addresses"),
    ],
)
def test_an_address_that_no_folder_has_is_refused(address, said):
    with pytest.raises(UsageError, match=said) as refused:
        open_place(address)
    assert "secret" not in f"{refused.value}{refused.value.tip}"


def test_one_folder_has_one_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_place("r").text == open_place(f"{tmp_path}/r/").text == str(tmp_path / "r")
    assert open_place("https://example.org/r/").text == "https://example.org/r"


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    (tmp_path / "r").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "r" / "index.json").symlink_to(tmp_path / "secret")
    with pytest.raises(ReadError, match="link out of the folder"):
        read_small(open_place(str(tmp_path / "r")), "index.json", 100)


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "r" / "index.json").mkdir(parents=True)
    with pytest.raises(MissingError):
        read_small(open_place(str(tmp_path / "r")), "index.json", 100)
