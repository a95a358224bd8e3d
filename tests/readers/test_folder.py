import os

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.folder import walk


def paths(folder):
    return [(file.path, file.status) for file in walk(folder)]


def test_files_come_in_the_byte_order_of_their_paths(tmp_path):
    for name in ("b.txt", "a/z.txt", "a.txt", "a-b.txt", "é.txt", "Z.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [file.path for file in walk(tmp_path)]
    assert found == sorted(found, key=lambda path: path.encode())
    assert len(found) == 6


def test_readme_and_sidecars_at_the_top_are_no_records(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("README.md", "articles.csv", "authority.csv", "suppress.csv", "sub/README.md", "x.txt"):
        (tmp_path / name).write_text("x")
    assert paths(tmp_path) == [("sub/README.md", "read"), ("x.txt", "read")]


def test_symbolic_links_are_rows_but_not_followed(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "raw" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "raw" / "loop").symlink_to(tmp_path / "raw")
    assert paths(tmp_path / "raw") == [("loop", "skipped"), ("out.txt", "skipped")]


def test_a_pipe_is_no_regular_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert paths(tmp_path) == [("pipe.txt", "skipped")]


def test_names_that_are_no_utf_8_are_percent_encoded(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    assert paths(tmp_path) == [("caf%E9.txt", "read")]


@given(st.sets(st.binary(min_size=1, max_size=8).filter(lambda name: b"/" not in name and b"\0" not in name)))
def test_two_names_never_become_one_path(names):
    from broadsheet.readers.folder import path_text

    assert len({path_text(name) for name in names}) == len(names)
