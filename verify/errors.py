"""The errors that a user can meet, each naming the thing, the value and the remedy.

VerifyError
├── InputError        a file or its contents can't be used
├── ConfigError       a setting is unknown or out of range
├── ModelError        a model isn't there or isn't what it should be
└── ArchiveError      an index is in use, full, or made by another encoder
    └── DamagedError  its database can't be read as one
"""


class VerifyError(Exception):
    """Base of all errors that the command line turns into one line and exit status 2."""


class InputError(VerifyError):
    """An input can't be used: missing, binary, empty, undecodable, too large."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path


class ConfigError(VerifyError):
    """A setting is unknown, malformed or out of range."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem}; {remedy}")
        self.where = where


class ModelError(VerifyError):
    """A model can't be loaded, or gives something other than it should."""

    def __init__(self, model: str, problem: str, remedy: str) -> None:
        super().__init__(f"model {model}: {problem}; {remedy}")
        self.model = model


class ArchiveError(VerifyError):
    """An index can't be used or changed as it is: damaged, locked, foreign, or of another encoder."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"index {path}: {problem}; {remedy}")
        self.path = path


class DamagedError(ArchiveError):
    """The database of an index can't be read; the exception that it comes from tells what is damaged."""
