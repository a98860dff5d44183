"""deploy/ is read by the parsers of those it is for, and names only programs, folders and variables that exist."""

import configparser
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crossplane
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from retailsync_assets_tests.project.markdown import sections
from retailsync_assets_tests.project.pages import REFERENCE
from retailsync_assets_tests.project.tree import PACKAGE, ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
HELM: dict[str, Any] = yaml.safe_load((DEPLOY / "helm/values.yaml").read_text())
UNIT = DEPLOY / "systemd/retailsync.service"
VARIABLES = set(sections(REFERENCE.read_text())["Environment variables"].names)


def environment(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def words(value: Any) -> Iterator[str]:
    """Every text of a YAML document."""
    if isinstance(value, dict):
        yield from (word for each in value.items() for part in each for word in words(part))
    elif isinstance(value, list):
        yield from (word for each in value for word in words(each))
    else:
        yield str(value)


def test_the_dockerfile_copies_what_exists_and_runs_as_a_user_of_its_own(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "Dockerfile", tmp_path)
    steps = DockerfileParser(str(tmp_path)).structure
    known = {"FROM", "ARG", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "CMD", "COMMENT"}
    assert {step["instruction"] for step in steps} <= known
    copied = [
        step["value"].split() for step in steps if step["instruction"] == "COPY" and "--from" not in step["value"]
    ]
    sources = [word for each in copied for word in each[:-1] if not word.startswith("--")]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    users = [step["value"] for step in steps if step["instruction"] == "USER"]
    assert users == ["retailsync"]
    order = [step["instruction"] for step in steps]
    assert order.index("USER") < order.index("CMD")


def test_the_dockerfile_sets_variables_that_are_read(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "Dockerfile", tmp_path)
    set_there = set(DockerfileParser(str(tmp_path)).envs) - {"PATH", "PYTHONUNBUFFERED"}
    assert set_there - VARIABLES == set()


def test_compose_runs_serve_behind_a_login() -> None:
    """The Dagster UI listens on 127.0.0.1 only: nginx reaches it there, because both share one network."""
    services = COMPOSE["services"]
    assert set(services) == {"retailsync", "login"}
    assert services["retailsync"]["command"][:2] == ["retailsync", "serve"]
    assert services["retailsync"]["ports"] == ["443:443"]
    assert services["login"]["network_mode"] == "service:retailsync"
    named = {volume.partition(":")[0] for each in services.values() for volume in each["volumes"] if volume[0] != "."}
    assert named == set(COMPOSE["volumes"])
    build = services["retailsync"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_nginx_passes_to_the_two_ports_of_serve() -> None:
    parsed = crossplane.parse(str(DEPLOY / "nginx/retailsync.conf"), single=True, check_ctx=False)
    assert parsed["status"] == "ok", parsed["errors"]
    text = (DEPLOY / "nginx/retailsync.conf").read_text()
    port = int(COMPOSE["services"]["retailsync"]["command"][-1])
    assert f"serve --port {port}\n" in UNIT.read_text()
    passed_to = set(re.findall(r"proxy_pass http://([\w.]+):(\d+)", text))
    assert passed_to == {("127.0.0.1", str(port)), ("127.0.0.1", str(port + 1))}
    (server,) = [block for block in parsed["config"][0]["parsed"] if block["directive"] == "server"]
    assert {"auth_basic", "auth_basic_user_file", "ssl_certificate"} <= {each["directive"] for each in server["block"]}


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """Read as what it is everywhere, and by systemd itself where that is installed."""
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - names of settings keep their case
    unit.read(UNIT)
    assert unit.sections() == ["Unit", "Service", "Install"]
    assert unit["Service"]["ExecStart"].startswith("/opt/retailsync/bin/retailsync serve ")
    if shutil.which("systemd-analyze") is None:
        return
    program = re.search(r"^ExecStart=(\S+)", UNIT.read_text(), re.MULTILINE)
    assert program
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace(program[1], "/bin/true"))
    checked = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert [line for line in checked.stderr.splitlines() if UNIT.name in line] == []


def test_the_units_environment_has_variables_that_are_read() -> None:
    found = environment(DEPLOY / "systemd/retailsync.env")
    assert {name for name in found if name.startswith(("RETAILSYNC", "DAGSTER"))} - VARIABLES == set()
    assert found["RETAILSYNC_HOME"] in UNIT.read_text()


def test_helm_has_a_code_location_with_its_volumes_everywhere_it_runs() -> None:
    (location,) = HELM["dagster-user-deployments"]["deployments"]
    assert location["dagsterApiGrpcArgs"] == ["--module-name", "retailsync_assets.definitions"]
    assert {each["name"] for each in location["env"]} - VARIABLES == set()
    runs = HELM["runLauncher"]["config"]["k8sRunLauncher"]
    for pod in (location, runs):
        assert {each["name"] for each in pod["volumeMounts"]} == {each["name"] for each in pod["volumes"]}
    shipped = yaml.safe_load((PACKAGE / "orchestration" / "instance" / "dagster.yaml").read_text())
    limits = shipped["concurrency"]["runs"]["tag_concurrency_limits"]
    coordinator = HELM["dagsterDaemon"]["runCoordinator"]["config"]["queuedRunCoordinator"]
    assert coordinator["tagConcurrencyLimits"] == limits


@pytest.mark.parametrize("file", sorted(file for file in DEPLOY.rglob("*") if file.is_file()), ids=os.fspath)
def test_no_secret_stands_in_them(file: Path) -> None:
    assert not re.search(r"(?i)(password|token)[ \t]*[=:][ \t]*['\"]?[A-Za-z0-9/+]{6,}", file.read_text())
