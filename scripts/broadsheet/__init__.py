"""broadsheet compiles raw news articles into validated, versioned Data Packages.

The command line is the main way in (`broadsheet --help`); the modules below it are importable. Their order
from the command down to the errors is a contract that import-linter holds (see `pyproject.toml`).
"""

__version__ = "0.1.0"
