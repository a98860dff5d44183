"""A remedy as the command an operator types. Pure."""

from datetime import date

from retailsync_assets.errors import Kind, Reason, Remedy

NOTHING = "nothing to do for this business date: the next nightly run corrects it"


def command(site: str, on: date | str | None, remedy: Remedy) -> str:
    """The command that a remedy stands for, for one business date of a site, by default the current one."""
    dated = f" --date {on}" if on else ""
    match remedy:
        case Remedy.APPROVE:
            return f"retailsync approve {site}{dated} --reason TEXT"
        case Remedy.RUN | Remedy.FIX_THEN_RUN:
            return f"retailsync run {site}{dated}"
        case Remedy.DOCTOR:
            return f"retailsync doctor {site}"
        case Remedy.STATUS:
            return f"retailsync status {site}{dated}"


def advice(site: str, on: date | str, reason: Reason) -> str:
    """The next step as a person reads it: the command, or that a refusal needs none."""
    if reason.remedy is None and reason.kind is Kind.REFUSED:
        return NOTHING
    return command(site, on, reason.remedy or Remedy.STATUS)
