"""The registry's own `index.json`: its datasets with their latest versions, derived from the indexes of these."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from broadsheet.errors import BroadsheetError
from broadsheet.registry.checks import FORMAT
from broadsheet.registry.index import Index

Descriptor = Callable[[str, str], Mapping[str, Any]]
"""The descriptor of a version of a dataset, given both names; raises `BroadsheetError` or `OSError`."""


def list_text(listed: Iterable[tuple[Index, str]]) -> str:
    """The text of the list, from indexes with titles; datasets without versions are left out."""
    datasets = {
        index.name: {"latest": index.highest, "title": title, "counter": index.counter}
        for index, title in listed
        if index.versions
    }
    return json.dumps({"format": FORMAT, "datasets": datasets}, indent=2, ensure_ascii=False) + "\n"


def titled(index: Index, descriptor: Descriptor) -> str:
    """The title that the latest version of a dataset has, else the dataset's name."""
    if index.highest is None:
        return index.name
    try:
        title = descriptor(index.name, index.highest).get("title")
    except (BroadsheetError, OSError):
        return index.name
    return title if isinstance(title, str) and title else index.name
