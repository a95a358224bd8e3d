"""What the terminal that a command prints to can show."""

import os
import sys


def colors_are_wanted() -> bool:
    """Whether standard output is a terminal with colours, and nobody has asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
