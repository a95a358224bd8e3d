"""The errors that broadsheet raises on purpose, with the exit code of each.

    BroadsheetError
    ├── UsageError      2   the call, or the project's own configuration
    ├── SchemaError     2   a Table Schema or descriptor of the project
    ├── PolicyError     1   the text policy asks for more than the articles' licences allow
    ├── ReadError       3   something that must be read cannot be
    │   ├── ChangedError    a raw file changed while a build was reading it
    │   ├── MissingError    a place that was asked says that there is no such file
    │   └── UnreachableError  a place does not answer, or breaks off: asked again, it may
    ├── PackageError    3   a package cannot be written or put in its place
    ├── RegistryError   3   a registry of versions is broken, or has not what was asked for
    ├── IntegrityError  3   bytes are not what their hash says
    └── PluginError     3   a reader or extractor cannot be found or loaded

Faults of the data are never exceptions: they are rows of `raw_records` or findings of a validation report.
"""


class BroadsheetError(Exception):
    """What is wrong and where; `tip` is the next step for the person who reads it."""

    exit_code = 3

    def __init__(self, message: str, tip: str | None = None) -> None:
        super().__init__(message)
        self.tip = tip


class UsageError(BroadsheetError):
    """The call or the project's configuration asks for something that cannot be."""

    exit_code = 2


class SchemaError(BroadsheetError):
    """A Table Schema or descriptor that the program works from is broken."""

    exit_code = 2


class PolicyError(BroadsheetError):
    """The dataset's text policy would publish what the data do not allow."""

    exit_code = 1


class ReadError(BroadsheetError):
    """A file or folder that must be read is missing or unreadable."""


class ChangedError(ReadError):
    """A raw file was changed or removed after a build had begun to read it."""


class MissingError(ReadError):
    """A registry or web server that was reached says that there is no such file."""


class UnreachableError(ReadError):
    """A registry or web server does not answer, or breaks off; `wait` is for how many seconds it asks to be left."""

    def __init__(self, message: str, tip: str | None = None, wait: float | None = None) -> None:
        super().__init__(message, tip)
        self.wait = wait


class PackageError(BroadsheetError):
    """A package cannot be written or put in its place; what stood there still stands."""


class RegistryError(BroadsheetError):
    """A registry's index is not as it must be, or the registry has no such dataset or version."""


class IntegrityError(BroadsheetError):
    """Bytes are not what their recorded hash or size says."""


class PluginError(BroadsheetError):
    """A reader or extractor cannot be found, loaded or trusted to follow its contract."""
