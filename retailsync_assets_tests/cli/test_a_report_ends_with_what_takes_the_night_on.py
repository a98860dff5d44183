import io

import pytest
from rich.console import Console

from retailsync_assets.cli.output.night import print_night
from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.workflow.remedies import NOTHING
from retailsync_assets.workflow.status import NightStatus

ON = "2026-11-21"


@pytest.mark.parametrize(
    "state, kind, remedy, last",
    [
        ("held", Kind.HELD, Remedy.APPROVE, f"Next step: retailsync approve demo --date {ON} --reason TEXT"),
        ("held", Kind.HELD, Remedy.FIX_THEN_RUN, f"Next step, once that is fixed: retailsync run demo --date {ON}"),
        (
            "held",
            Kind.QUARANTINED,
            Remedy.FIX_THEN_RUN,
            f"Next step, once that is fixed: retailsync run demo --date {ON}",
        ),
        ("held", Kind.REFUSED, None, f"Next step: {NOTHING}"),
        ("held", Kind.REFUSED, Remedy.DOCTOR, "Next step: retailsync doctor demo"),
        ("failed", Kind.FAILED, Remedy.RUN, f"Next step: retailsync run demo --date {ON}"),
        ("failed", Kind.ERROR, Remedy.DOCTOR, "Next step: retailsync doctor demo"),
        ("waiting", Kind.WAITING, None, "→ something"),
    ],
)
def test_by_the_remedy_of_its_reason(state: str, kind: Kind, remedy: Remedy | None, last: str) -> None:
    printed = io.StringIO()
    status = NightStatus("demo", ON, state, (Reason(kind, "something", remedy),), ())
    print_night(Console(file=printed, width=160), status)
    assert printed.getvalue().splitlines()[-1].strip() == last
