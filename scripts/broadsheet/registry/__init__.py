"""A registry of versions: a folder of static files, `NAME/VERSION/` a package each, `NAME/index.json` the truth.

`versions` and `ranges` say which versions there can be and which one is meant, `index` what a dataset's index says,
`checks` what of an index from a stranger is refused, `folder` reads and writes registries that are local folders.
"""

from broadsheet.registry.folder import read_index, registry_folder
from broadsheet.registry.index import Index, Release, TableFacts, Withdrawn, parse_index
from broadsheet.registry.ranges import Range, parse_range, parse_reference
from broadsheet.registry.versions import parse_version

__all__ = [
    "Index",
    "Range",
    "Release",
    "TableFacts",
    "Withdrawn",
    "parse_index",
    "parse_range",
    "parse_reference",
    "parse_version",
    "read_index",
    "registry_folder",
]
