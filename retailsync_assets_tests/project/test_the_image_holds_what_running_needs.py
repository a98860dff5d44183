import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from retailsync_assets_tests.project.locks import drawn_in, locked
from retailsync_assets_tests.project.tree import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
VALUES = (DEPLOY / "helm/values.yaml").read_text()
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNNING: list[str] = PROJECT["project"]["dependencies"]
IN_KUBERNETES: list[str] = PROJECT["project"]["optional-dependencies"]["kubernetes"]
EVERYTHING = locked(ROOT / "requirements.lock")
RUNTIME, KUBERNETES, BUILD = (locked(DEPLOY / f"{name}.lock") for name in ("runtime", "kubernetes", "build"))


@pytest.mark.parametrize("lock", [RUNTIME, BUILD], ids=["runtime", "build"])
def test_its_packages_are_those_that_the_tests_run_with(lock: dict[str, Any]) -> None:
    pins = {name: (pin.version, pin.hashes) for name, pin in EVERYTHING.items()}
    assert {name: (pin.version, pin.hashes) for name, pin in lock.items()}.items() <= pins.items()


def test_it_lacks_nothing_and_has_no_tool_of_development() -> None:
    assert {name for name, pin in RUNTIME.items() if pin.here} == drawn_in(RUNNING)


def test_the_wheel_is_built_with_what_is_locked() -> None:
    assert set(BUILD) == drawn_in(PROJECT["build-system"]["requires"])


def test_in_kubernetes_it_has_the_sisters_of_its_dagster_besides() -> None:
    assert {name: pin.version for name, pin in RUNTIME.items()}.items() <= {
        name: pin.version for name, pin in KUBERNETES.items()
    }.items()
    sisters = [Requirement(each) for each in IN_KUBERNETES]
    versions = {each.name: KUBERNETES[each.name].version for each in sisters}
    assert set(versions) == {"dagster-k8s", "dagster-postgres"}
    assert all(each.specifier.contains(versions[each.name]) for each in sisters)
    assert set(versions.values()) == {RUNTIME["dagster-duckdb"].version}


def test_the_dockerfile_installs_from_these_locks_and_by_hash() -> None:
    steps = DOCKERFILE.replace("\\\n", " ")
    installs = re.findall(r"pip install (.*?)(?:$| && )", steps, re.MULTILINE)
    assert installs
    for install in installs:
        by_hash = re.search(r"--require-hashes -r (\S+)$", install.strip())
        assert by_hash or {"--no-deps", "--no-index"} <= set(install.split()), install
    names = {Path(each).name for each in re.findall(r"-r (\S+)", steps)}
    assert names == {"build.lock", "$LOCK.lock"}
    choices = set(re.findall(r"LOCK=(\w+)", DOCKERFILE + VALUES))
    assert choices == {"runtime", "kubernetes"}
    assert all((DEPLOY / f"{each}.lock").is_file() for each in choices)


def test_helm_names_the_image_of_this_version_and_the_driver_it_has() -> None:
    """SQLAlchemy 2.1 means psycopg 3 by plain `postgresql`, which Dagster's storage does not get along with."""
    values = yaml.safe_load(VALUES)
    (location,) = values["dagster-user-deployments"]["deployments"]
    assert location["image"]["tag"] == PROJECT["project"]["version"]
    assert "LOCK=kubernetes" in VALUES
    assert values["postgresql"]["postgresqlScheme"] == "postgresql+psycopg2"
    assert "psycopg2-binary" in KUBERNETES
