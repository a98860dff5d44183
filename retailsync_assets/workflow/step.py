"""What may happen next in a night: the four answers, in words an operator can act on."""

from dataclasses import dataclass, field
from datetime import datetime

from retailsync_assets.config.jobs import JobName


@dataclass(frozen=True)
class RunJob:
    """This job may run now."""

    job: JobName


@dataclass(frozen=True)
class Wait:
    """Not yet: what for, and until when if a clock decides it."""

    reason: str
    until: datetime | None = None


@dataclass(frozen=True)
class Blocked:
    """Not without a person; each reason begins with `held:`, `quarantined:`, `refused:`, `missed:` or `failed:`.

    `job` is the one that failed too often.
    """

    reasons: tuple[str, ...]
    job: JobName | None = field(default=None, compare=False)

    @property
    def failed(self) -> bool:
        """The night ran out of time or of tries; else something holds it."""
        return self.reasons[0].startswith(("missed:", "failed:"))


@dataclass(frozen=True)
class Done:
    """HotWax has applied everything and its stock was read back."""


NextStep = RunJob | Wait | Blocked | Done
