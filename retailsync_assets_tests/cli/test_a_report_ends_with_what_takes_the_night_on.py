import io

import pytest
from rich.console import Console

from retailsync_assets.cli.output.console import print_report
from retailsync_assets.workflow.status import NightStatus

ON = "2026-11-21"


@pytest.mark.parametrize(
    "state, reason, to_approve, last",
    [
        ("held", "held: many keys change", True, f"Next step: retailsync approve demo --date {ON} --reason TEXT"),
        (
            "held",
            "held: HotWax sells nothing",
            False,
            f"Next step, once that is fixed: retailsync run demo --date {ON}",
        ),
        (
            "held",
            "quarantined: the file is cut off",
            False,
            f"Next step, once that is fixed: retailsync run demo --date {ON}",
        ),
        ("held", "refused: its stock is old", False, "→ refused: its stock is old"),
        ("held", "refused: sftp://me@host shows another key", False, "Next step: retailsync doctor demo"),
        ("failed", "failed: 3 times: something", False, f"Next step: retailsync run demo --date {ON}"),
        ("failed", "something that nobody foresaw", False, "Next step: retailsync doctor demo"),
        (
            "failed",
            "reset_delivery was told to end; the next run goes on",
            False,
            f"Next step: retailsync run demo --date {ON}",
        ),
        ("waiting", "no raw reset file yet", False, "→ no raw reset file yet"),
    ],
)
def test_by_its_reason(state: str, reason: str, to_approve: bool, last: str) -> None:
    printed = io.StringIO()
    print_report(Console(file=printed, width=160), NightStatus("demo", ON, state, (reason,), (), to_approve))
    assert printed.getvalue().splitlines()[-1].strip() == last
