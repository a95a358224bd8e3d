"""Which package an export is of."""

from pathlib import Path

from broadsheet.errors import ReadError
from broadsheet.project import DESCRIPTOR

BUILT = Path("build") / "package"


def package_at(where: str | None = None) -> str:
    """The package to load: that of a project where a project is named, of the one here where nothing is.

    What is neither is handed on as it is: it may be a package, its descriptor, an address or a name in a registry.

    >>> package_at("https://example.org/data/datapackage.json"), package_at("panjshir@1")
    ('https://example.org/data/datapackage.json', 'panjshir@1')
    """
    root = Path(where or ".")
    if (root / BUILT / DESCRIPTOR).is_file():
        return str(root / BUILT)
    if (root / "raw").is_dir() and not (root / "data").is_dir():
        raise ReadError(
            f"{root}: is a project that was not built", tip=f"build it first: broadsheet build {where or ''}".rstrip()
        )
    return where or "."
