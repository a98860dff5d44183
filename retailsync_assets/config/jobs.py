"""The names of a site's jobs, and the asset that each is run for."""

from typing import Literal

JobName = Literal["active_products", "reset", "reset_confirmation", "variance", "reconciliation"]
FINAL_ASSET: dict[JobName, str] = {
    "active_products": "active_products",
    "reset": "reset_delivery",
    "reset_confirmation": "applied_reset",
    "variance": "variance_delivery",
    "reconciliation": "applied_inventory",
}
"""The asset that each job is run for: once it is made, the job has come through."""


def dagster_job(site: str, job: JobName) -> str:
    """What Dagster calls a job of a site; it ends in `_job`, so that no asset group has the same name."""
    return f"{site}_{job}_job"


def job_of(site: str, name: str) -> JobName | None:
    """The job of a site that Dagster calls by this name, or None for another's or one that Dagster made up itself."""
    return next((job for job in FINAL_ASSET if dagster_job(site, job) == name), None)
