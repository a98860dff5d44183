"""One check of `retailsync doctor` and its result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from retailsync_assets.errors import RetailSyncError

State = Literal["ok", "warn", "fail"]
HERE = "this installation"
SYSTEMS = {
    "retail_pro": "Retail Pro SFTP",
    "hotwax.oms_url": "HotWax database",
    "product_store": "HotWax database",
    "hotwax": "HotWax SFTP",
    "run": "nightly run",
    "dagster": "Dagster",
    "alerts": "alerts",
}
"""The beginning of a subject → the system that it belongs to, the longer ones first; all others are of this machine."""
NO_ANSWER = (TimeoutError, ConnectionError)


@dataclass(frozen=True)
class Finding:
    """`subject` is a section of sites.toml or a part of this machine, `found` one line, `next_step` what to do about
    it: change a setting or a folder, run a command. A failure stops the nightly run; a warning does not."""

    subject: str
    tried: str
    state: State
    found: str
    next_step: str = ""

    @property
    def system(self) -> str:
        """The part of the deployment that the check is about, such as `HotWax database`."""
        return next((name for start, name in SYSTEMS.items() if self.subject.startswith(start)), HERE)

    def document(self) -> dict[str, str]:
        """One finding in the JSON of `retailsync doctor --json`."""
        return {**vars(self), "system": self.system}


def ok(subject: str, tried: str, found: str = "") -> Finding:
    return Finding(subject, tried, "ok", found)


def warn(subject: str, tried: str, found: str, next_step: str) -> Finding:
    return Finding(subject, tried, "warn", found, next_step)


def fail(subject: str, tried: str, found: object, next_step: str) -> Finding:
    return Finding(subject, tried, "fail", " ".join(str(found).split()), next_step)


def attempt(subject: str, tried: str, next_step: str, what: Callable[[], str | Finding]) -> Finding:
    """Run one check: it answers what it found, or a finding of its own; an error is a failure.

    A server that stops answering ends the other checks on it, too: that error is passed on.
    """
    try:
        found = what()
    except NO_ANSWER:
        raise
    except (RetailSyncError, OSError) as refused:
        return fail(subject, tried, one_line(refused), next_step)
    return found if isinstance(found, Finding) else ok(subject, tried, found)


def one_line(refused: RetailSyncError | OSError) -> str:
    """What an error says, without its number."""
    if isinstance(refused, OSError) and refused.strerror and refused.filename:
        return f"{refused.strerror}: {refused.filename}"
    return str(refused)


def worst(findings: Sequence[Finding]) -> State:
    """The worst state of all findings."""
    states = {each.state for each in findings}
    return "fail" if "fail" in states else "warn" if "warn" in states else "ok"
