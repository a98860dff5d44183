"""What may happen next for a business date: the four answers, in words an operator can act on."""

from dataclasses import dataclass, field
from datetime import datetime

from retailsync_assets.config.jobs import JobName
from retailsync_assets.errors import Reason


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
    """Not without a person. `job` is the one that failed too often."""

    reasons: tuple[Reason, ...]
    job: JobName | None = field(default=None, compare=False)

    @property
    def state(self) -> str:
        """`failed` where the nightly run is out of time or of tries, else `held`."""
        return self.reasons[0].kind.state


@dataclass(frozen=True)
class Done:
    """HotWax has applied everything, and its on-hand quantities were reconciled."""


NextStep = RunJob | Wait | Blocked | Done
