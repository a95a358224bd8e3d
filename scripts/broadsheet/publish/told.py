"""What stands in a registry, in words, after a change of it got no further."""

from collections.abc import Iterator
from contextlib import contextmanager

from broadsheet.errors import BroadsheetError, PackageError
from broadsheet.interrupts import Interrupted
from broadsheet.provenance import now
from broadsheet.registry.changing import Registry
from broadsheet.registry.checks import TIME


def time_now() -> str:
    """The time as an index has it."""
    return now().strftime(TIME)


@contextmanager
def telling(registry: Registry, name: str, version: str) -> Iterator[None]:
    """Say what stands in the registry where a system call fails or Ctrl-C comes in the block."""
    try:
        yield
    except OSError as error:
        where = error.filename or registry
        raise PackageError(f"{where}: {error.strerror or error}", tip=_stands(registry, name, version)) from error
    except KeyboardInterrupt:
        raise Interrupted(_stands(registry, name, version)) from None


def _stands(registry: Registry, name: str, version: str) -> str:
    """What the registry says of the version now, in words."""
    try:
        release = registry.index_or_new(name).versions.get(version)
    except (BroadsheetError, OSError):
        return f"see what stands with: broadsheet versions {name} --from {registry}"
    if release is None:
        return f"{name} {version} is not published; try again"
    state = "purged" if release.withdrawn and release.withdrawn.purged else "withdrawn" if release.withdrawn else ""
    return f"{name} {version} is {state or 'published'} all the same; all else is made up for by the next change"
