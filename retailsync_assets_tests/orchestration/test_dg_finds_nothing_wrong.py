import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets_tests.orchestration.test_each_site_has_all_of_it import ASSETS, JOBS, SCHEDULES, SENSORS
from retailsync_assets_tests.project.tree import ROOT

DG = Path(sys.executable).with_name("dg")


def dg(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`dg` on this checkout, with the packaged demo site."""
    activated = {"VIRTUAL_ENV": str(Path(sys.prefix)), "RETAILSYNC_HOME": str(folder / "home"), "NO_COLOR": "1"}
    environment = {**os.environ, **activated}
    return subprocess.run(
        [DG, *arguments], cwd=ROOT, env=environment, text=True, capture_output=True, check=False, timeout=110
    )


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    found = dg(tmp_path_factory.mktemp("dg"), "list", "defs", "--json")
    assert found.returncode == 0, found.stdout + found.stderr
    return json.loads(found.stdout[found.stdout.index("{") :])


def test_check_defs(tmp_path: Path) -> None:
    checked = dg(tmp_path, "check", "defs")
    said = checked.stdout + checked.stderr
    assert checked.returncode == 0, said
    assert "All definitions loaded successfully." in said


def test_list_defs_has_every_asset_with_its_description(listed: dict[str, list[dict[str, Any]]]) -> None:
    assert {each["asset_key"] for each in listed["assets"]} == {f"demo/{asset}" for asset in ASSETS}
    assert [each["asset_key"] for each in listed["assets"] if not each["description"]] == []


@pytest.mark.parametrize(
    "kind, known",
    [("jobs", [f"{job}_job" for job in (*JOBS, "approve")]), ("schedules", SCHEDULES), ("sensors", SENSORS)],
)
def test_list_defs_has_every_job_schedule_and_sensor(
    listed: dict[str, list[dict[str, Any]]], kind: str, known: Iterable[str]
) -> None:
    names = {each["name"] for each in listed[kind]} - {"sandbox"}
    assert names == {f"demo_{name}" for name in known}
