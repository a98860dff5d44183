"""How a step can end other than well: its kind, one line for an operator, and the next step; never told by wording."""

from dataclasses import dataclass
from enum import StrEnum

TOLD_TO_END = "was told to end; the next run goes on"
"""How the line of a step ends that a person, or the system, has stopped."""


class Kind(StrEnum):
    """Why a nightly run doesn't go on. The line of a kind begins with its word, save those of `waiting` and `error`."""

    WAITING = "waiting"
    HELD = "held"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    MISSED = "missed"
    FAILED = "failed"
    ERROR = "error"

    @property
    def state(self) -> str:
        """The state of a business date that stops for this: waiting, held or failed."""
        if self is Kind.WAITING:
            return "waiting"
        return "held" if self in (Kind.HELD, Kind.QUARANTINED, Kind.REFUSED) else "failed"


class Remedy(StrEnum):
    """What opens the way: the command that takes the business date on, or the one that tells more."""

    APPROVE = "approve"
    RUN = "run"
    FIX_THEN_RUN = "fix, then run"
    DOCTOR = "doctor"
    STATUS = "status"


@dataclass(frozen=True)
class Reason:
    """Why a nightly run doesn't go on: `text` is one line, `remedy` what to do next, None where nothing helps."""

    kind: Kind
    text: str
    remedy: Remedy | None = None

    def __str__(self) -> str:
        return self.text if self.kind in (Kind.WAITING, Kind.ERROR) else f"{self.kind}: {self.text}"


class RetailSyncError(Exception):
    """The step did not happen, for a reason a person can act on; `text` is one line, without the word of its kind."""

    kind = Kind.ERROR
    remedy: Remedy | None = Remedy.DOCTOR

    def __init__(self, text: str, remedy: Remedy | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy or self.remedy

    def __str__(self) -> str:
        return self.text if self.kind is Kind.ERROR else f"{self.kind}: {self.text}"

    @property
    def reason(self) -> Reason:
        """The same as a value that may be kept."""
        return Reason(self.kind, self.text, self.remedy)


class Unreachable(RetailSyncError):
    """A server did not answer or cut the connection; it may pass."""


class SetupError(RetailSyncError):
    """Something is set up wrong (a folder, a permission, a query); it will not pass by itself."""


class NotPossible(SetupError):
    """What was asked for can't be done here, and the line itself says what to do: `doctor` would add nothing."""

    remedy = None


class Waiting(RetailSyncError):
    """Its time or HotWax's confirmation has not come."""

    kind = Kind.WAITING
    remedy = None


class Held(RetailSyncError):
    """A person has to look first. A hold that the ledger keeps is released by approval, another by fixing its cause."""

    kind = Kind.HELD
    remedy = Remedy.FIX_THEN_RUN


class Quarantined(RetailSyncError):
    """The raw file can't be used; its bytes are kept."""

    kind = Kind.QUARANTINED
    remedy = Remedy.FIX_THEN_RUN


class Refused(RetailSyncError):
    """It must not be done at all: wrong host key, stale snapshot."""

    kind = Kind.REFUSED
    remedy = None


class HostKeyMismatch(Refused):
    """A server showed a host key that is not pinned."""

    remedy = Remedy.DOCTOR


class AuthenticationFailed(Refused):
    """A server does not take this account's key or password."""

    remedy = Remedy.DOCTOR


class Fenced(Waiting):
    """Another worker took this delivery over: this one must touch nothing more."""


class ConfigError(ValueError):
    """The configuration can't be used: a line for each mistake, with the file, the key and what was expected."""

    def __init__(self, text: str, next_step: str | None = None) -> None:
        super().__init__(text)
        self.next_step = next_step


def driver_message(failed: BaseException | None) -> str:
    """What a database driver says, on one line. MySQL's and MariaDB's drivers give a number and a text."""
    match failed.args if failed else ():
        case (int() as number, str() as text, *_):
            return f"{' '.join(text.split())} (error {number})"
        case _:
            return " ".join(str(failed).split())


def error_of(reason: Reason) -> RetailSyncError:
    """The error that has this reason, to be raised where the step itself ran elsewhere."""
    kinds: dict[Kind, type[RetailSyncError]] = {
        Kind.WAITING: Waiting,
        Kind.HELD: Held,
        Kind.QUARANTINED: Quarantined,
        Kind.REFUSED: Refused,
    }
    if reason.kind in kinds:
        return kinds[reason.kind](reason.text, reason.remedy)
    return SetupError(str(reason), reason.remedy)
