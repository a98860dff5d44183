from pathlib import Path

import pytest

from retailsync_assets.cli.doctor.examination import examine
from retailsync_assets.config.home import Home
from retailsync_assets.resources.sql import names
from retailsync_assets_tests.cli.doctor.conftest import NewClinic, examined, of_state
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

SECTIONS = {
    "settings", "retail_pro.sftp", "retail_pro.inbox", "hotwax.sftp", "hotwax.staging_folder", "hotwax.reset_folder",
    "hotwax.variance_folder", "hotwax.oms_url", "product_store", "home", "ledger", "dagster", "alerts",
}  # fmt: skip


def lying(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("outside", ["OpenSSH and SQLite", "asyncssh and MariaDB"])
def test_and_everything_was_tried(
    clinic: NewClinic, outside: str, asyncssh_server: AsyncSSHServer, request: pytest.FixtureRequest
) -> None:
    if outside == "OpenSSH and SQLite":
        world = clinic()
    else:
        world = clinic(asyncssh_server, request.getfixturevalue("mariadb_url"))
    before = lying(world.inbox.parent)
    findings = examined(world)
    assert of_state(findings, "fail") == []
    assert {each.subject for each in of_state(findings, "warn")} <= {"alerts", "dagster", "hotwax.oms_url"}
    assert {each.subject for each in findings} >= SECTIONS
    planned = {each.tried for each in findings if each.tried.startswith("plan ")}
    assert planned == {f"plan sql/oms/{name}.sql" for name in names("oms")}
    assert lying(world.inbox.parent) == before


def test_what_is_to_be_looked_at_says_the_next_step(clinic: NewClinic) -> None:
    warned = of_state(examined(clinic()), "warn")
    assert {each.subject for each in warned} == {"alerts", "dagster"}
    assert all(each.next_step for each in warned)


def test_a_home_that_does_not_exist_is_not_created(clinic: NewClinic, tmp_path: Path) -> None:
    world, home = clinic(), Home(tmp_path / "home")
    assert of_state(list(examine(world.resources.site, home, world.clock.moment)), "fail") == []
    assert not home.folder.exists()


def test_no_night_is_begun_and_no_raw_file_is_fetched(clinic: NewClinic) -> None:
    world = clinic()
    examined(world)
    assert world.resources.ledger.history(world.clock.now().date()) == []
    assert not world.landing.exists()
