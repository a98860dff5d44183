import dagster as dg
import pytest

from retailsync_assets_tests.orchestration.conftest import SITES

ASSETS = {
    "raw_reset_file": (),
    "active_products": (),
    "filtered_reset": ("active_products", "raw_reset_file"),
    "reset_delivery": ("filtered_reset",),
    "applied_reset": ("reset_delivery",),
    "pos_acknowledgements": (),
    "partial_shipment_variance": ("filtered_reset", "pos_acknowledgements"),
    "unacknowledged_shipments": ("partial_shipment_variance",),
    "variance_delivery": ("applied_reset", "partial_shipment_variance"),
    "applied_inventory": ("applied_reset", "variance_delivery"),
    "nightly_report": ("applied_inventory",),
}
BLOCKING = {
    "raw_reset_file": ("snapshot_matches_business_date",),
    "active_products": ("active_products_match_business_date",),
    "filtered_reset": ("every_line_accounted_for", "within_circuit_breaker_limits", "reset_matches_snapshot"),
    "applied_reset": ("confirmation_matches_reset",),
}
WARNING = {
    "active_products": ("upca_unique_among_active_products",),
    "filtered_reset": ("in_scope_rows_valid",),
    "applied_reset": ("all_reset_rows_applied",),
    "partial_shipment_variance": ("strict_and_documented_rules_agree",),
    "unacknowledged_shipments": ("no_shipment_unacknowledged_too_long",),
    "applied_inventory": ("on_hand_matches_target",),
}
JOBS = {
    "active_products": ("active_products",),
    "reset": (
        "filtered_reset", "partial_shipment_variance", "pos_acknowledgements", "raw_reset_file", "reset_delivery",
        "unacknowledged_shipments",
    ),
    "reset_confirmation": ("applied_reset",),
    "variance": ("partial_shipment_variance", "pos_acknowledgements", "unacknowledged_shipments", "variance_delivery"),
    "reconciliation": ("applied_inventory", "nightly_report"),
}  # fmt: skip
CHECKED_INPUTS = {
    "reset": {"active_products_match_business_date"},
    "variance": {"reset_matches_snapshot", "confirmation_matches_reset"},
}
SCHEDULES = {
    "active_products_schedule": ("active_products_job", "*/5 1 * * *"),
    "reset_schedule": ("reset_job", "*/5 1-5 * * *"),
}
SENSORS = {
    "file_arrival": {"active_products_job", "reset_job"},
    "import_confirmation": {"reset_confirmation_job", "variance_job", "reconciliation_job"},
    "run_failure": set[str](),
    "watchdog": set[str](),
}

pytestmark = pytest.mark.parametrize("site", SITES)


def test_assets_and_what_they_are_made_of(defs: dg.Definitions, site: str) -> None:
    graph = defs.resolve_asset_graph()
    found = {key.path[1]: graph.get(key).parent_keys for key in graph.get_all_asset_keys() if key.path[0] == site}
    assert {name: sorted(key.to_user_string() for key in keys) for name, keys in found.items()} == {
        name: [f"{site}/{parent}" for parent in parents] for name, parents in ASSETS.items()
    }


@pytest.mark.parametrize("expected, blocking", [(BLOCKING, True), (WARNING, False)])
def test_checks_and_whether_they_block(
    defs: dg.Definitions, site: str, expected: dict[str, tuple[str, ...]], blocking: bool
) -> None:
    graph = defs.resolve_asset_graph()
    found = [key for key in graph.asset_check_keys if key.asset_key.path[0] == site]
    chosen = {(key.asset_key.path[1], key.name) for key in found if graph.get(key).blocking is blocking}
    assert chosen == {(asset, name) for asset, names in expected.items() for name in names}


@pytest.mark.parametrize("job", JOBS)
def test_jobs_and_what_they_make(defs: dg.Definitions, site: str, job: str) -> None:
    layer = defs.resolve_job_def(f"{site}_{job}_job").asset_layer
    assert sorted(key.to_user_string() for key in layer.selected_asset_keys) == [f"{site}/{name}" for name in JOBS[job]]
    checks = {key.name for key in layer.asset_graph.asset_check_keys}
    own = {name for asset in JOBS[job] for name in (*BLOCKING.get(asset, ()), *WARNING.get(asset, ()))}
    assert checks == own | CHECKED_INPUTS.get(job, set())


def test_a_job_that_approves_and_makes_nothing(defs: dg.Definitions, site: str) -> None:
    job = defs.resolve_job_def(f"{site}_approve_job")
    assert job.asset_layer.selected_asset_keys == set()


def test_schedules_and_their_clocks(defs: dg.Definitions, site: str) -> None:
    schedules = [each for each in defs.get_repository_def().schedule_defs if each.name.startswith(f"{site}_")]
    assert {each.name: (each.job_name, each.cron_schedule) for each in schedules} == {
        f"{site}_{name}": (f"{site}_{job}", line) for name, (job, line) in SCHEDULES.items()
    }
    assert {each.execution_timezone for each in schedules} == {"America/New_York"}
    assert {each.default_status for each in schedules} == {dg.DefaultScheduleStatus.RUNNING}


def test_sensors_and_the_jobs_they_start(defs: dg.Definitions, site: str) -> None:
    sensors = [each for each in defs.get_repository_def().sensor_defs if each.name.startswith(f"{site}_")]
    assert {each.name: {target.job_name for target in each.targets or ()} for each in sensors} == {
        f"{site}_{name}": {f"{site}_{job}" for job in jobs} for name, jobs in SENSORS.items()
    }
    assert {each.default_status for each in sensors} == {dg.DefaultSensorStatus.RUNNING}
