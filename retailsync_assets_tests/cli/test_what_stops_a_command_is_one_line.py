import json
import socket

import pytest

from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Answer, Retailsync
from retailsync_assets_tests.config.sample import deployment
from retailsync_assets_tests.servers.free_port import free_port


def one_line(answer: Answer) -> str:
    assert (answer.code, answer.out) == (1, ""), answer.err
    (line,) = answer.err.splitlines()
    assert line.startswith("retailsync: ")
    return line


@pytest.mark.parametrize("command", [["status", "demo"], ["status"], ["query", "SHOW TABLES"]])
def test_a_ledger_that_does_not_answer(new: Retailsync, command: list[str]) -> None:
    url = f"mysql+pymysql://writer:canary@127.0.0.1:{free_port()}/ledger"
    line = one_line(new(*command, RETAILSYNC_SITES=deployment(new.home), RETAILSYNC_LEDGER=url))
    assert "ledger" in line
    assert "canary" not in line
    assert line.endswith("; next: retailsync doctor demo")


def test_an_sandbox_that_can_not_start(new: Retailsync) -> None:
    create(new.home / ".retailsync/sandbox", lines=2500)
    port = json.loads((new.home / ".retailsync/sandbox/sandbox.json").read_text())["port"]
    with socket.create_server(("127.0.0.1", port)):
        assert "address already in use" in one_line(new("run", "demo"))


def test_a_ledger_that_is_no_database(new: Retailsync) -> None:
    (new.home / ".retailsync").mkdir()
    (new.home / ".retailsync/ledger.db").write_text("no database")
    assert "ledger" in one_line(new("approve", "demo", "--reason", "none"))


@pytest.mark.parametrize("taken", [0, 1], ids=["the page's", "the reports'"])
def test_a_port_that_somebody_else_has(new: Retailsync, taken: int) -> None:
    port = free_port()
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", port + taken))  # and need not listen
        said = one_line(new("dev", "--port", str(port)))
    assert said.endswith(f"port {port + taken} is in use; next: retailsync dev --port {port + 2}")
