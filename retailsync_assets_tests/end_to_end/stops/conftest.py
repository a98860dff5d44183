from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.resources.sftp import server as sftp_server
from retailsync_assets_tests.end_to_end.clocked.conftest import instance as instance
from retailsync_assets_tests.end_to_end.nights.conftest import NUMBERS
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
from retailsync_assets_tests.end_to_end.stops.observed import Observed
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

NewStop = Callable[..., Observed]


@pytest.fixture
def new_stop(
    server: AsyncSSHServer, tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NewStop]:
    """`new_stop(limits={…})`: a site with these settings, and everything that tells of it."""
    monkeypatch.setattr(sftp_server, "ATTEMPTS", 1)
    with ExitStack() as worlds:
        yield lambda **settings: worlds.enter_context(  # pyright: ignore[reportUnknownLambdaType]
            Observed(tmp_path, server, f"stop{next(NUMBERS)}", instance, **settings)
        )
