import io
from typing import Any

import pytest
from rich.console import Console

from retailsync_assets.cli.explanation import Explanation
from retailsync_assets.cli.output.console import print_asset_run
from retailsync_assets.cli.output.explanation_table import print_explanation
from retailsync_assets.cli.output.terminal import terminal
from retailsync_assets.orchestration.execution.job_runner import AssetRun

LINE: dict[str, Any] = {
    "order_id": "DEMO0001", "order_item_seq_id": "00001", "shipment_id": "DEMO0001-S1", "quantity": 2,
    "shipped_at": "2026-11-27T09:02:52Z", "acknowledged_at": None,
}  # fmt: skip
ACKNOWLEDGED = {**LINE, "order_id": "DEMO0002", "shipment_id": "DEMO0002-S1", "acknowledged_at": "2026-11-28T09:02:52Z"}


def explained(*lines: dict[str, Any]) -> Explanation:
    return Explanation(
        site="demo", business_date="2026-11-28", upc="611000200071", store="NYC01", facility_id="NEW_YORK",
        product_id="10001", snapshot_as_of="2026-11-28T07:02:52Z", raw_quantity=10, reset_quantity=10, variance=-2,
        target_quantity=8, hotwax_quantity=8, status="applied", deducted=lines,
    )  # fmt: skip


def printed(found: Explanation, width: int, *, a_terminal: bool) -> list[str]:
    file = io.StringIO()
    print_explanation(Console(file=file, width=width, force_terminal=a_terminal, color_system=None), found)
    return [line.rstrip() for line in file.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("width", "a_terminal", "lines"),
    [(60, True, (LINE,)), (80, True, (LINE, ACKNOWLEDGED)), (160, True, (LINE, ACKNOWLEDGED)), (80, False, (LINE,))],
    ids=["60", "80", "160", "a pipe"],
)
def test_an_explanation_has_a_number_beside_its_name_and_a_line_for_each_row(
    width: int, a_terminal: bool, lines: tuple[dict[str, Any], ...]
) -> None:
    shown = printed(explained(*lines), width, a_terminal=a_terminal)
    assert max(map(len, shown)) <= (width if a_terminal else 160)
    for name, units in (("Retail Pro on hand (as of", "10"), ("reset", "10"), ("variance", "-2"), ("target", "8")):
        assert any(line.strip().startswith(name) and line.endswith(f" {units}") for line in shown)
    for line in lines:
        (row,) = [each for each in shown if line["order_id"] in each]
        assert all(str(value) in row for value in line.values() if value is not None)
    (heads,) = [line for line in shown if "shipment" in line]
    assert all(head in heads for head in ("order", "line", "units", "shipped"))


@pytest.mark.parametrize("edition", ["preview", "final", ""])
def test_an_asset_that_is_made_twice_says_which_it_is(edition: str) -> None:
    file = io.StringIO()
    step = AssetRun("partial_shipment_variance", 0.24, {"dagster/row_count": 1, "bytes": 144}, edition)
    print_asset_run(Console(file=file, width=160), step)
    assert file.getvalue().split() == ["✔", step.asset, "1", "row", "144", "bytes", "0.24", "s", *edition.split()]


@pytest.fixture
def colored(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A terminal with every color, whatever the tests run in."""
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


def test_no_part_of_a_date_is_colored(colored: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    terminal().print("demo · business date 2026-11-28 · [green]complete[/]")
    assert capsys.readouterr().out == "demo · business date 2026-11-28 · \x1b[32mcomplete\x1b[0m\n"


def test_no_color_is_plain_text(colored: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    colored.setenv("NO_COLOR", "1")
    terminal().print("[bold]bold[/] [green]green[/] [italic]italic[/] [dim]dim[/]")
    assert capsys.readouterr().out == "bold green italic dim\n"
