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
    "stuck_orders": ("partial_shipment_variance",),
    "variance_delivery": ("applied_reset", "partial_shipment_variance"),
    "applied_inventory": ("applied_reset", "variance_delivery"),
    "night_report": ("applied_inventory",),
}
BLOCKING = {
    "raw_reset_file": ("the_snapshot_is_tonights",),
    "active_products": ("the_active_products_are_tonights",),
    "filtered_reset": ("every_line_is_accounted_for", "no_breaker_holds_the_night", "the_reset_is_of_this_snapshot"),
    "applied_reset": ("the_evidence_is_of_this_reset",),
}
WARNING = {
    "active_products": ("every_upca_names_one_product",),
    "filtered_reset": ("every_row_in_scope_is_sound",),
    "applied_reset": ("hotwax_applied_every_row",),
    "partial_shipment_variance": ("the_two_rules_are_close",),
    "stuck_orders": ("no_order_is_stuck",),
    "applied_inventory": ("hotwax_has_what_it_should",),
}
JOBS = {
    "active_products": ("active_products",),
    "reset": (
        "filtered_reset", "partial_shipment_variance", "pos_acknowledgements", "raw_reset_file", "reset_delivery",
        "stuck_orders",
    ),
    "applied_reset": ("applied_reset",),
    "variance": ("partial_shipment_variance", "pos_acknowledgements", "stuck_orders", "variance_delivery"),
    "applied_inventory": ("applied_inventory", "night_report"),
}  # fmt: skip
CHECKED_INPUTS = {
    "reset": {"the_active_products_are_tonights"},
    "variance": {"the_reset_is_of_this_snapshot", "the_evidence_is_of_this_reset"},
}
EVERY_FIVE = "0,5,10,15,20,25,30,35,40,45,50,55"
SCHEDULES = {
    "active_products_at_0100": ("active_products", ["0,5,10,15,20,25 1 * * *"]),
    "reset_at_0130": (
        "reset",
        [
            "30,35,40,45,50,55 1 * * *",
            *(f"{EVERY_FIVE} {hour} * * *" for hour in (2, 3, 4)),
            "0,5,10,15,20,25,30,35,40,45,50 5 * * *",
        ],
    ),
}
SENSORS = {
    "arrival": {"active_products", "reset"},
    "evidence": {"applied_reset", "variance", "applied_inventory"},
    "failure": set[str](),
    "silence": set[str](),
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
    layer = defs.resolve_job_def(f"{site}_{job}").asset_layer
    assert sorted(key.to_user_string() for key in layer.selected_asset_keys) == [f"{site}/{name}" for name in JOBS[job]]
    checks = {key.name for key in layer.asset_graph.asset_check_keys}
    own = {name for asset in JOBS[job] for name in (*BLOCKING.get(asset, ()), *WARNING.get(asset, ()))}
    assert checks == own | CHECKED_INPUTS.get(job, set())


def test_schedules_and_their_clocks(defs: dg.Definitions, site: str) -> None:
    schedules = [each for each in defs.get_repository_def().schedule_defs if each.name.startswith(f"{site}_")]
    assert {each.name: (each.job_name, each.cron_schedule) for each in schedules} == {
        f"{site}_{name}": (f"{site}_{job}", lines) for name, (job, lines) in SCHEDULES.items()
    }
    assert {each.execution_timezone for each in schedules} == {"America/New_York"}
    assert {each.default_status for each in schedules} == {dg.DefaultScheduleStatus.RUNNING}


def test_sensors_and_the_jobs_they_start(defs: dg.Definitions, site: str) -> None:
    sensors = [each for each in defs.get_repository_def().sensor_defs if each.name.startswith(f"{site}_")]
    assert {each.name: {target.job_name for target in each.targets or ()} for each in sensors} == {
        f"{site}_{name}": {f"{site}_{job}" for job in jobs} for name, jobs in SENSORS.items()
    }
    assert {each.default_status for each in sensors} == {dg.DefaultSensorStatus.RUNNING}
