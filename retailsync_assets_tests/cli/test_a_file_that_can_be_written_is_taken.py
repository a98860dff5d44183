import os
from pathlib import Path

import click
import pytest

from retailsync_assets.cli.options import in_a_folder_that_is_there

CONTEXT, OPTION = click.Context(click.Command("plan")), click.Option(["--csv"])


@pytest.fixture
def closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody may make a file here; root may, so the system is made to say so."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    return tmp_path


def test_one_that_is_there_is_written_in_place(closed_folder: Path) -> None:
    file = closed_folder / "plan.csv"
    file.touch()
    assert in_a_folder_that_is_there(CONTEXT, OPTION, file) == file


def test_a_new_one_is_refused_before_the_work(closed_folder: Path) -> None:
    with pytest.raises(click.BadParameter, match="does not exist or is not writable"):
        in_a_folder_that_is_there(CONTEXT, OPTION, closed_folder / "plan.csv")
