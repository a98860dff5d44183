"""How a step can end other than well. Each is one line for an operator; the first word tells which kind it is."""

TOLD_TO_END = "was told to end; the next run goes on"
"""How the line of a step ends that a person, or the system, has stopped."""


class RetailSyncError(Exception):
    """The step did not happen, for a reason a person can act on; its text is one line."""

    prefix = ""

    def __str__(self) -> str:
        return f"{self.prefix}{super().__str__()}"


class Unreachable(RetailSyncError):
    """A server did not answer or cut the connection; it may pass."""


class SetupError(RetailSyncError):
    """Something is set up wrong (a folder, a permission, a query); it will not pass by itself."""


class Waiting(RetailSyncError):
    """Its time or its evidence has not come."""

    prefix = "waiting: "


class Held(RetailSyncError):
    """A person has to approve first."""

    prefix = "held: "


class Quarantined(RetailSyncError):
    """The raw file can't be used; its bytes are kept."""

    prefix = "quarantined: "


class Refused(RetailSyncError):
    """It must not be done at all: wrong host key, stale snapshot."""

    prefix = "refused: "


class HostKeyMismatch(Refused):
    """A server showed a host key that is not pinned."""


class AuthenticationFailed(Refused):
    """A server does not take this account's key or password."""


class Fenced(Waiting):
    """Another worker took this delivery over: this one must touch nothing more."""


class ConfigError(ValueError):
    """The configuration can't be used: one line that names the file, the key and what was expected."""


def state_of(line: str) -> str:
    """Which state of a night a step's last line tells of: waiting, held or failed."""
    if line.startswith(Waiting.prefix):
        return "waiting"
    return "held" if line.startswith((Held.prefix, Quarantined.prefix, Refused.prefix)) else "failed"


def error_from_line(line: str) -> RetailSyncError:
    """The error whose last line this is; `SetupError` where its first word tells of no other kind."""
    for kind in (Waiting, Held, Quarantined, Refused):
        if line.startswith(kind.prefix):
            return kind(line.removeprefix(kind.prefix))
    return SetupError(line)
