"""The failure no schedule can report: something that should be there by now and isn't. Pure; `now` is handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from retailsync_assets.night import clock, rest_ends, verdict
from retailsync_assets.records import ArtefactState, Kind, Standing
from retailsync_assets.sites import Site
from retailsync_assets.verdicts import Done, Run, Stopped, Wait

IDLE = timedelta(minutes=30)


@dataclass(frozen=True)
class Missing:
    """A person should look: `cause` tells one alert from another, `stage` is the asset, `mend` the command."""

    cause: str
    stage: str
    reason: str
    mend: str


def missing(site: Site, standing: Standing, now: datetime) -> Iterator[Missing]:
    """Everything a person should hear of in a night: what stopped it, and what stays silent past its time."""
    on = standing.business_date
    look = f"retailsync status {site.name} --date {on}"
    match verdict(site, standing, now, by_hand=False):
        case Stopped(reasons):
            for reason in reasons:
                yield Missing(reason, _stage(standing), reason, _mend(site, standing, reason))
        case Wait() if "active_products" not in standing.made and now >= clock(on, "reset", site):
            yield Missing("no active products", "active_products", f"none of {on} by {site.schedule.reset}", look)
        case Run(job) if _late(site, standing, now):
            reason = f"{job} has been due for {IDLE.total_seconds() / 60:.0f} minutes: is the daemon up?"
            yield Missing(f"idle: {job}", _stage(standing), reason, f"retailsync run {site.name} --date {on}")
        case Wait() | Run() | Done():
            pass
    silent = timedelta(minutes=site.alerts.hotwax_silent_minutes)
    for file in standing.artefacts:
        if (
            file.state is ArtefactState.PUBLISHED
            and file.published_at is not None
            and now - file.published_at >= silent
        ):
            stage = "applied_reset" if file.kind is Kind.RESET else "applied_inventory"
            reason = (
                f"HotWax has not imported {file.file_name} {silent.total_seconds() / 60:.0f} minutes after it was given"
            )
            yield Missing(f"silent: {file.file_name}", stage, reason, look)


def _late(site: Site, standing: Standing, now: datetime) -> bool:
    """Has what is due been due for so long that a living daemon would have run it?"""
    resets = standing.current(Kind.RESET)
    finished = [file.finished_at for file in standing.artefacts if file.finished_at is not None]
    if not resets:
        return now >= clock(standing.business_date, "reset", site) + IDLE
    if "applied_reset" in standing.made and all(file.finished_at for file in resets):
        finished.append(rest_ends(site, resets))
    return bool(finished) and now >= max(finished) + IDLE


def _stage(standing: Standing) -> str:
    """The first asset that the night lacks."""
    if standing.snapshot is None:
        return "raw_reset_file"
    for asset in ("active_products", "filtered_reset", "reset_delivery", "applied_reset", "variance_delivery"):
        if asset not in standing.made:
            return asset
    return "applied_inventory"


def _mend(site: Site, standing: Standing, reason: str) -> str:
    night = f"{site.name} --date {standing.business_date}"
    if reason.startswith("held:"):
        return f"retailsync approve {night} --reason TEXT"
    return f"retailsync run {night}" if reason.startswith(("missed:", "failed:")) else f"retailsync status {night}"
