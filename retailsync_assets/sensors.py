"""What no clock can know: HotWax's evidence, seen in its log, takes the night on."""

from collections.abc import Sequence
from datetime import timedelta

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from retailsync_assets.launching import request
from retailsync_assets.night import Job, business_date
from retailsync_assets.workplace import Workplace

LOOK_SECONDS = 30
AFTER_THE_RESET: tuple[Job, ...] = ("applied_reset", "variance", "applied_inventory")


def evidence_sensor(place: Workplace, jobs: Sequence[UnresolvedAssetJobDefinition]) -> dg.SensorDefinition:
    """Every half minute: has HotWax applied what it was given, and what may follow? Also for the night just past."""
    site = place.site

    def look(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        now = place.now()
        tonight = business_date(now, site)
        for on in (tonight - timedelta(days=1), tonight):
            if not place.ledger.standing(on).artefacts:
                continue
            answer = request(context.instance, place, on, now, AFTER_THE_RESET)
            if isinstance(answer, dg.RunRequest) or on == tonight:
                return answer
        return dg.SkipReason("no file is with HotWax")

    return dg.SensorDefinition(
        name=f"{site.name}_evidence",
        evaluation_fn=look,
        jobs=[job for job in jobs if job.name.removeprefix(f"{site.name}_") in AFTER_THE_RESET],
        minimum_interval_seconds=LOOK_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING if site.schedule.running else dg.DefaultSensorStatus.STOPPED,
        description="Looks into HotWax's import log and takes the night on when it has applied a file.",
    )
