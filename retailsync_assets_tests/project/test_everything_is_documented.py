"""docs/reference.md and the code name the same things: what one has and the other lacks is a failure, either way."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, TypeGuard, get_args, get_origin

import click
import dagster as dg
import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from retailsync_assets.cli.explanation import Explanation
from retailsync_assets.cli.main import main
from retailsync_assets.config.accounts import Secret
from retailsync_assets.config.home import Home
from retailsync_assets.config.jobs import dagster_job
from retailsync_assets.config.loader import read_sites
from retailsync_assets.config.settings import Site
from retailsync_assets.orchestration.approval import CONFIG
from retailsync_assets.orchestration.execution.plan import Plan
from retailsync_assets.orchestration.jobs import JOBS
from retailsync_assets.orchestration.sandbox_sensor import sandbox_sensor
from retailsync_assets.orchestration.site_definitions import ASSETS, site_definitions
from retailsync_assets.resources.site import site_resources
from retailsync_assets.resources.tables import TABLES
from retailsync_assets.sandbox.setup import create
from retailsync_assets.workflow.status import EXIT_CODE, NightStatus, StageStatus
from retailsync_assets_tests.project.markdown import CODE_SPAN, code_blocks, sections
from retailsync_assets_tests.project.pages import REFERENCE
from retailsync_assets_tests.project.tree import PACKAGE

TEXT = REFERENCE.read_text()
SECTIONS = sections(TEXT)


def models(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Every section of sites.toml by its path below [sites.NAME], the site itself first."""
    yield path, model
    for name, field in model.model_fields.items():
        inner = section_of(field)
        if inner is not None:
            yield from models(inner, f"{path}.{name}")


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a key that is a table of its own; a secret is a value like any other."""
    kinds = get_args(field.annotation) if get_origin(field.annotation) is UnionType else (field.annotation,)
    return next((each for each in kinds if is_section(each)), None)


def is_section(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Secret


def default(field: FieldInfo) -> str:
    """The default as sites.toml would write it; a dash where a key that is left out has no value."""
    if field.is_required():
        return "required"
    value = field.default
    if value is None:
        return "–"
    if isinstance(value, str):
        return f"`'{value}'`" if "\\" in value else f'`"{value}"`'
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dg.RepositoryDefinition:
    """Everything of the packaged demo site."""
    monkeypatch.setenv("RETAILSYNC_HOME", str(tmp_path))
    monkeypatch.delenv("RETAILSYNC_LEDGER", raising=False)
    home = Home()
    site = read_sites(create(home.folder_for("sandbox"), lines=2500))["demo"]
    world = dg.Definitions(sensors=[sandbox_sensor(home.folder_for("sandbox"))])
    return dg.Definitions.merge(site_definitions(site, site_resources(site, home)), world).get_repository_def()


def test_every_asset_is_documented() -> None:
    assert SECTIONS["Assets"].names == [module.__name__.rpartition(".")[2] for module in ASSETS]


def test_every_table_of_the_lake_is_documented() -> None:
    assert CODE_SPAN.findall(" ".join(title for title in SECTIONS if in_section(title, "Lake tables"))) == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_as_it_is(table: str) -> None:
    expected = [[f"`{column.name}`", column.type, column.meaning] for column in TABLES[table]]
    assert SECTIONS[f"`{table}`"].rows == expected


def test_every_asset_check_is_documented(repository: dg.RepositoryDefinition) -> None:
    graph = repository.asset_graph
    known = {
        (f"`{key.name}`", f"`{key.asset_key.path[-1]}`", "yes" if graph.get(key).blocking else "no")
        for key in graph.asset_check_keys
    }
    assert {tuple(row[:3]) for row in SECTIONS["Asset checks"].rows} == known


def test_every_job_is_documented() -> None:
    documented = {row[0]: CODE_SPAN.findall(row[1]) for row in SECTIONS["Jobs"].rows}
    assert documented == {f"`{dagster_job('demo', job)}`": list(assets) for job, assets in JOBS.items()}


def test_every_key_of_an_approval_is_documented() -> None:
    assert re.findall("^- `([a-z_]+)`:", SECTIONS["Jobs"].text, re.MULTILINE) == list(CONFIG)


def test_every_schedule_is_documented(repository: dg.RepositoryDefinition) -> None:
    documented = {tuple(row[:3]) for row in SECTIONS["Schedules"].rows}
    found = {(each.name, each.job_name, each.cron_schedule) for each in repository.schedule_defs}
    assert documented == {tuple(f"`{part}`" for part in each) for each in found}


def test_every_sensor_is_documented(repository: dg.RepositoryDefinition) -> None:
    documented = {(row[0], row[1]) for row in SECTIONS["Sensors"].rows}
    assert documented == {(f"`{each.name}`", f"{each.minimum_interval_seconds} s") for each in repository.sensor_defs}


@pytest.mark.parametrize(("path", "model"), list(models(Site)), ids=[path or "site" for path, _ in models(Site)])
def test_every_setting_is_documented_with_its_default(path: str, model: type[BaseModel]) -> None:
    (title,) = [title for title in SECTIONS if f"[sites.NAME{path}]" in CODE_SPAN.findall(title)]
    own = {name: field for name, field in model.model_fields.items() if section_of(field) is None}
    own = {name: field for name, field in own.items() if (path, name) != ("", "name")}  # the table's own name
    expected = [(f"`{name}`", default(field)) for name, field in own.items()]
    assert [(row[0], row[2]) for row in SECTIONS[title].rows] == expected


def test_no_section_of_settings_is_unknown() -> None:
    titles = " ".join(title for title in SECTIONS if in_section(title, "Settings"))
    assert set(CODE_SPAN.findall(titles)) == {f"[sites.NAME{path}]" for path, _ in models(Site)}


def test_every_environment_variable_is_documented() -> None:
    code = "\n".join(file.read_text() for file in PACKAGE.rglob("*.py"))
    asked_for = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', code))
    assert set(SECTIONS["Environment variables"].names) == asked_for


def test_every_command_is_documented() -> None:
    titles = [title.strip("`").split()[1] for title in SECTIONS if title.startswith("`retailsync ")]
    assert sorted(titles) == sorted(main.commands)


@pytest.mark.parametrize("command", main.commands)
def test_every_option_is_documented(command: str) -> None:
    (title,) = [title for title in SECTIONS if title.startswith(f"`retailsync {command}")]
    parameters = main.commands[command].params
    options = [each.opts[0] for each in parameters if isinstance(each, click.Option)]
    arguments = [each.name.upper() for each in parameters if isinstance(each, click.Argument) and each.name]
    assert title.strip("`").split()[2:] == arguments
    assert SECTIONS[title].names == options


def test_every_exit_code_of_run_is_documented() -> None:
    documented = dict(zip(SECTIONS["Exit codes"].names, [row[1] for row in SECTIONS["Exit codes"].rows], strict=True))
    assert documented.keys() == {"0", "1", "2", "3", "4"}
    for state, code in EXIT_CODE.items():
        assert state in documented[str(code)]


def json_with(key: str) -> dict[str, Any]:
    """The one JSON document of the reference that has this key."""
    documents = [json.loads(block) for language, block in code_blocks(TEXT) if language == "json"]
    (create,) = [document for document in documents if key in document]
    return create


def test_the_json_of_run_and_status_is_documented() -> None:
    document = json_with("stages")
    assert list(document) == list(NightStatus("demo", "2026-11-22", "complete", (), ()).document())
    assert all(list(stage) == [field.name for field in fields(StageStatus)] for stage in document["stages"])


def test_the_json_of_explain_is_documented() -> None:
    assert list(json_with("deducted")) == list(Explanation("demo", "2026-11-22", "1", "1").document())


def test_the_json_of_plan_is_documented() -> None:
    of_the_plan = {field.name for field in fields(Plan)} - {"changes"} | {"movers"}
    assert set(json_with("totals")) == of_the_plan


def in_section(title: str, section: str) -> bool:
    """Is it a heading right below that section?"""
    return title != section and f"### {title}\n" in SECTIONS[section].text
