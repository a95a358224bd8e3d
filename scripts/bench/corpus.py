"""Make a folder of made-up raw articles: `python -m bench.corpus 2000 build/bench/raw-2000`.

Articles are named as in `docs/raw-text.md`, a thousand to a sub-folder. The same options give the same bytes.
"""

import argparse
import hashlib
from pathlib import Path

from bench.articles import WORDS, article

PER_FOLDER = 1_000


def make(folder: Path, count: int, seed: int = 0, words: int = WORDS) -> int:
    """Write that many articles below the folder, which must not exist, and return their bytes.

    The folder has its name only once it is whole.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    size = sum(_write(unfinished, number, article(number, seed, words).encode()) for number in range(count))
    unfinished.rename(folder)
    return size


def _write(folder: Path, number: int, data: bytes) -> int:
    path = folder / name(number, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(data)


def name(number: int, data: bytes) -> str:
    """Path of an article below the folder.

    >>> name(1234, b"")
    '001/001234_e3b0c44298fc1c14.txt'
    """
    return f"{number // PER_FOLDER:03d}/{number:06d}_{hashlib.sha256(data).hexdigest()[:16]}.txt"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.corpus", description="Make a folder of made-up raw articles.")
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("folder", type=Path, help="the folder to write them to")
    parser.add_argument("--words", type=int, default=WORDS, help="median words of an article [default: %(default)s]")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other articles [default: 0]")
    options = parser.parse_args()
    size = make(options.folder, options.count, options.seed, options.words)
    print(f"{options.count:,} articles, {size / 1e6:,.1f} MB in {options.folder}")


if __name__ == "__main__":
    main()
