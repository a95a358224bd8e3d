"""Publishes versions of a dataset into a registry, and withdraws them.

`publication` makes a version and puts it in its place, `changes` holds its number to what changed and writes its
CHANGELOG.md, `withdrawal` takes a version back, `told` says what stands in the registry after a failure.
"""

from broadsheet.publish.publication import REGISTRY, Published, publish
from broadsheet.publish.withdrawal import withdraw

__all__ = ["REGISTRY", "Published", "publish", "withdraw"]
