import pytest

from retailsync_assets.delivery.import_log import ImportState, import_state

WORDS = {
    ImportState.LIVE: ("Pending", "Queued", "Running"),
    ImportState.FINISHED: ("Finished",),
    ImportState.NOT_APPLIED: ("Failed", "Cancelled", "Crashed"),
}
KNOWN = [(written, state) for state, words in WORDS.items() for word in words for written in (
    f"SERVICE_{word.upper()}", f"Dmls{word}", f"dmls{word.lower()}", f"DMLS_{word.upper()}", f" Dmls{word} ",
)]  # fmt: skip
UNKNOWN = (None, "", "SERVICE_", "Dmls", "SERVICE_PAUSED", "DmlsFinishedWithErrors", "UNFINISHED", "SERVICE_CANCELED")


@pytest.mark.parametrize(("written", "state"), KNOWN)
def test_of_either_version_in_any_case(written: str, state: ImportState) -> None:
    assert import_state(written) is state


@pytest.mark.parametrize("written", UNKNOWN)
def test_any_other_is_not_known(written: str | None) -> None:
    assert import_state(written) is ImportState.UNKNOWN
