from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from retailsync_assets_tests.end_to_end.kills.ground import Ground

SIDE_BY_SIDE = 2


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ground]]:
    with ExitStack() as stack:
        folders = [tmp_path_factory.mktemp("ground") for _ in range(SIDE_BY_SIDE)]
        yield [stack.enter_context(Ground(folder)) for folder in folders]
