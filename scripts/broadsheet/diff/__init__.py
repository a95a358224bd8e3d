"""What differs between two packages of one dataset, why, and what version that asks for.

`packages` opens both, `recipe` holds the rules of the Data Package recipe on versions, `schemas` and `metadata` find
what changed in the descriptors, `match` pairs rows by hash, `rows` finds what changed in a table, `all_rows` writes
all of it, `causes` says why, `advice` draws the version from it, `formats` shows it. `join` compares two tables for
`verify`.
"""

from broadsheet.diff.join import Difference, differing, stream
from broadsheet.diff.model import Diff
from broadsheet.diff.packages import diff_packages

__all__ = ["Diff", "Difference", "diff_packages", "differing", "stream"]
