"""Pulls versions of datasets from registries into the cache, and packages from addresses.

`indexes` holds a registry's index against the one last seen, `lockfile` pins versions, `package` fetches the files of
one package by `download`, `cache` is where they lie. Nothing is visible there before its hash was found to be right.
"""

from broadsheet.pull.addresses import pull_address
from broadsheet.pull.copies import copy_out
from broadsheet.pull.indexes import known_index
from broadsheet.pull.lockfile import LOCK
from broadsheet.pull.registries import Pulled, Wish, more, pinned_copy, pull

__all__ = ["LOCK", "Pulled", "Wish", "copy_out", "known_index", "more", "pinned_copy", "pull", "pull_address"]
