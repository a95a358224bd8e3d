"""Fuzzing that is guided by which lines of the validator a case reaches; needs `pip install atheris`.

    python -m tests.fuzz.guided build/fuzz/corpus -max_total_time=60 -timeout=20 -rss_limit_mb=4000

The first byte of a case says which file of which small package is replaced by the rest. The corpus begins with the
files as they are. Cases that go wrong are written to the present folder as crash-*, timeout-* and oom-*.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["broadsheet"]):
    import broadsheet.validate.formats  # noqa: F401 -- what is imported here is instrumented

from tests.fuzz.run import validated
from tests.fuzz.seeds import SEEDS


def targets(top: Path) -> list[tuple[Path, Path]]:
    """The path to be validated, and the file to be replaced, of each seed."""
    found = []
    for number, seed in enumerate(SEEDS):
        folder = top / str(number)
        folder.mkdir()
        path = seed(folder)
        found += [(path, file) for file in sorted(folder.rglob("*")) if file.is_file()]
    return found


def main() -> None:
    """Run until libFuzzer's limits are reached."""
    corpus = next((Path(word) for word in sys.argv[1:] if not word.startswith("-")), Path("build/fuzz/corpus"))
    corpus.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as top:
        known = targets(Path(top))
        whole = [file.read_bytes() for _, file in known]
        for number, data in enumerate(whole):
            (corpus / f"seed-{number}").write_bytes(bytes([number]) + data)

        def one(data: bytes) -> None:
            number = data[0] % len(known) if data else 0
            path, file = known[number]
            file.write_bytes(data[1:])
            try:
                validated(path)
            finally:
                file.write_bytes(whole[number])

        atheris.Setup(sys.argv, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
