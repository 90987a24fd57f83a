"""The exception tree. Bad data never raises past a stage: it becomes a `types.Reject`.

ReportedlyError                 everything this package raises on purpose; has an exit code
├── ConfigurationError          settings or flags that cannot work, all problems together     exit 2
├── CaseError                   the case file cannot be used                                  exit 4
│   ├── NotACaseError           not a SQLite file, or one that is not ours
│   ├── NewerCaseError          written by a newer version
│   └── LockedCaseError         another process is writing and does not let go
├── ModelError                  a model file is missing or damaged                            exit 5
└── RejectedError               one item is refused; carries its Reject               stays in half one
"""

from __future__ import annotations

from reportedly.types import Reason, Reject, Stage


class ReportedlyError(Exception):
    """Base of everything that this package raises on purpose."""

    exit_code = 1


class ConfigurationError(ReportedlyError):
    """Settings or flags that cannot work; ``problems`` holds every one found, a sentence each."""

    exit_code = 2

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class CaseError(ReportedlyError):
    """The case file cannot be used; nothing was written to it."""

    exit_code = 4


class NotACaseError(CaseError):
    """The file exists and is not a case of ours."""


class NewerCaseError(CaseError):
    """The case was written by a newer version of the schema than this one knows."""


class LockedCaseError(CaseError):
    """Another process holds the case's write lock for longer than `store.busy_seconds`."""


class ModelError(ReportedlyError):
    """A model file is missing or damaged."""

    exit_code = 5


class RejectedError(ReportedlyError):
    """One input item is refused; the driver turns it into a reject row and goes on."""

    def __init__(self, stage: Stage, reason: Reason, place: str, detail: str = "") -> None:
        super().__init__(f"{place}: {reason} ({detail})" if detail else f"{place}: {reason}")
        self.reject = Reject(stage, reason, place, detail)
