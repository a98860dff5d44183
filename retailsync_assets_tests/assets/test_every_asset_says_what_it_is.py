import re

import dagster as dg
import pytest

from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.orchestration.test_each_site_has_all_of_it import ASSETS


@pytest.fixture(params=ASSETS)
def spec(request: pytest.FixtureRequest, defs: dg.Definitions) -> dg.AssetSpec:
    key = dg.AssetKey(["demo", request.param])
    return next(spec for spec in defs.resolve_all_asset_specs() if spec.key == key)


def test_it_has_a_description_that_says_what_one_row_is(spec: dg.AssetSpec) -> None:
    assert spec.description
    first, _, rest = spec.description.partition("\n")
    assert re.search(r"row|quantities|published|page", first)
    assert re.search(r"Columns?:|File:", rest)


def test_it_has_a_group_and_kinds(spec: dg.AssetSpec) -> None:
    assert spec.group_name in {"demo_reset", "demo_variance"}
    assert spec.kinds


def test_its_columns_are_known_before_its_first_night(spec: dg.AssetSpec) -> None:
    asset = spec.key.path[-1]
    schema = spec.metadata.get("dagster/column_schema", dg.MetadataValue.table_schema(dg.TableSchema([])))
    own = [column for column in schema.value.columns if "." not in column.name]
    told = [(column.name, column.meaning) for column in TABLES.get(asset, ())]
    assert [(column.name, column.description) for column in own] == told
    assert told or asset == "nightly_report"


def test_what_sql_makes_of_other_assets_is_known_before_its_first_night(defs: dg.Definitions) -> None:
    specs = {spec.key.path[-1]: spec for spec in defs.resolve_all_asset_specs()}
    lineage = specs["filtered_reset"].metadata["dagster/column_lineage"].value
    (source,) = {dep.asset_key.path[-1] for dep in lineage.deps_by_column["upca"]}
    assert source == "active_products"


def test_it_has_a_freshness_policy_and_its_sites_tag(spec: dg.AssetSpec) -> None:
    assert spec.freshness_policy is not None
    assert spec.tags["retailsync/site"] == "demo"


def test_it_names_its_owners(spec: dg.AssetSpec) -> None:
    assert list(spec.owners) == ["team:demo"]


def test_who_gets_the_alerts_owns_the_assets() -> None:
    mail = {"host": "mail.example.com", "sender": "retailsync@example.com"}
    told = a_site(alerts={"mail": {**mail, "recipients": ["nights@example.com", "pager@localhost"]}})
    specs = site_definitions(told).resolve_all_asset_specs()
    assert {tuple(spec.owners) for spec in specs} == {("nights@example.com",)}


def test_every_check_says_what_it_claims(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    assert [key for key in graph.asset_check_keys if not graph.get(key).description] == []


def test_every_schedule_sensor_and_job_has_a_description(defs: dg.Definitions) -> None:
    repository = defs.get_repository_def()
    ours = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    assert [
        each.name for each in (*repository.schedule_defs, *repository.sensor_defs, *ours) if not each.description
    ] == []
