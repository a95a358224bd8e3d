"""What tests ask of a registry that is a folder."""

import hashlib
import json
from pathlib import Path

from tests.faults.place import differing_sums

from broadsheet.registry import read_index


def versions(registry: Path) -> list[str]:
    """The versions of the dataset, none where it has no index."""
    return read_index(registry, "floods").in_order() if (registry / "floods" / "index.json").exists() else []


def wrong(registry: Path) -> list[str]:
    """What is wrong with a registry: versions that are not as the index says."""
    found = []
    for version in versions(registry):
        release = read_index(registry, "floods").versions[version]
        package = registry / "floods" / version
        if release.withdrawn and release.withdrawn.purged:
            continue
        found += differing_sums(package)
        sums = hashlib.sha256((package / "SHA256SUMS").read_bytes()).hexdigest()
        stated = json.loads((package / "datapackage.json").read_text())
        tables = {item["name"]: (item["broadsheet:contentHash"], item["rows"]) for item in stated["resources"]}
        told = {name: (facts.content_hash, facts.rows) for name, facts in release.tables.items()}
        if (release.manifest, stated["version"], told) != (f"sha256:{sums}", version, tables):
            found.append(f"{version} is not as the index says")
    return found


def leftovers(registry: Path) -> list[str]:
    """What is hidden, anywhere in the registry."""
    return sorted(path.name for path in registry.rglob(".*"))
