"""A remedy as the command an operator types. Pure."""

from datetime import date

from retailsync_assets.errors import Remedy


def command(site: str, on: date | str, remedy: Remedy) -> str:
    """The command that a remedy stands for, for one business date of a site."""
    match remedy:
        case Remedy.APPROVE:
            return f"retailsync approve {site} --date {on} --reason TEXT"
        case Remedy.RUN | Remedy.FIX_THEN_RUN:
            return f"retailsync run {site} --date {on}"
        case Remedy.DOCTOR:
            return f"retailsync doctor {site}"
        case Remedy.STATUS:
            return f"retailsync status {site} --date {on}"
