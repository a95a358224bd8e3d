"""Copies what was pulled out of the cache."""

import shutil
from pathlib import Path

from broadsheet.pull.registries import Pulled, telling
from broadsheet.staging import staged, swap_in


def copy_out(pulled: Pulled, out: Path) -> None:
    """Copy the files that were pulled into a folder, which appears whole or not at all.

    It may be absent, empty or a package that broadsheet made, which is replaced; `PackageError` for anything else.
    """
    from broadsheet.package.contents import check_target

    target = out.absolute()
    check_target(target)
    with telling(), staged(target) as staging:
        package = staging / "package"
        for path in pulled.paths:
            (package / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pulled.package / path, package / path)
        swap_in(package, target)
