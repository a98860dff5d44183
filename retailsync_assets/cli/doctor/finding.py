"""One thing that was tried, and how it is: the words of `retailsync doctor`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from retailsync_assets.errors import RetailSyncError

State = Literal["ok", "warn", "fail"]
NO_ANSWER = (TimeoutError, ConnectionError)


@dataclass(frozen=True)
class Finding:
    """`subject` is a section of sites.toml or a place of this machine, `found` one line, `mend` what to do about it:
    a key, a folder, a command. A warning holds no night up; a failure does."""

    subject: str
    tried: str
    state: State
    found: str
    mend: str = ""


def ok(subject: str, tried: str, found: str = "") -> Finding:
    return Finding(subject, tried, "ok", found)


def warn(subject: str, tried: str, found: str, mend: str) -> Finding:
    return Finding(subject, tried, "warn", found, mend)


def fail(subject: str, tried: str, found: object, mend: str) -> Finding:
    return Finding(subject, tried, "fail", " ".join(str(found).split()), mend)


def attempt(subject: str, tried: str, mend: str, what: Callable[[], str | Finding]) -> Finding:
    """Try it: its answer is what was found, or a finding of its own; what it raises is a failure.

    A server that stops answering ends more than one attempt: that is raised on.
    """
    try:
        found = what()
    except NO_ANSWER:
        raise
    except (RetailSyncError, OSError) as refused:
        return fail(subject, tried, _plainly(refused), mend)
    return found if isinstance(found, Finding) else ok(subject, tried, found)


def _plainly(refused: RetailSyncError | OSError) -> str:
    if isinstance(refused, OSError) and refused.strerror and refused.filename:
        return f"{refused.strerror}: {refused.filename}"
    return str(refused)


def worst(findings: list[Finding]) -> State:
    """How it stands as a whole."""
    states = {each.state for each in findings}
    return "fail" if "fail" in states else "warn" if "warn" in states else "ok"
