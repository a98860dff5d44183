"""A job that has to wait in this process answers what for: `run` then ends with 3, and not with an error."""

from retailsync_assets.errors import Kind, Reason
from retailsync_assets.orchestration.execution.job_runner import AssetRun, job_runner
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World


def test_it_answers_the_first_thing_it_waits_for(world: World) -> None:
    made = list[AssetRun]()
    with job_runner(world.resources, NIGHT, made.append) as runs:
        assert runs.run("active_products") is None
        waited = runs.run("reset")
    assert waited == Reason(
        Kind.WAITING, f"no raw reset file for {NIGHT} in {world.resources.site.retail_pro.inbox} yet"
    )
    assert {step.asset for step in made} == {"active_products", "pos_acknowledgements"}
