"""Where the user's cache is."""

import os
from pathlib import Path


def user_cache() -> Path:
    """The user's cache folder for broadsheet: `BROADSHEET_CACHE`, or what the system has for such."""
    import platformdirs

    stated = os.environ.get("BROADSHEET_CACHE")
    return Path(stated) if stated else platformdirs.user_cache_path("broadsheet", appauthor=False)
