import os
import subprocess
import sys
from pathlib import Path

import pytest

import retailsync_assets_tests.servers.missing

A_TEST_WITHOUT_ITS_PROGRAM = """
from retailsync_assets_tests.servers.missing import required

def test_with_a_program_that_nobody_has():
    required("no-such-program", "no-such-package")
"""
A_SKIPPED_TEST = """
import pytest

@pytest.mark.skip(reason="on a whim")
def test_skipped(): pass
"""


def run_pytest(folder: Path, test: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(test)
    tree = Path(retailsync_assets_tests.servers.missing.__file__).parents[2]
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", "."),
            *("-p", "retailsync_assets_tests.servers.skips"),
        ],
        env={**os.environ, "PYTHONPATH": str(tree), "CI": ci}, cwd=folder, text=True, capture_output=True, check=False,
    )  # fmt: skip


def test_a_missing_program_skips_and_is_named_at_the_end(tmp_path: Path) -> None:
    result = run_pytest(tmp_path, A_TEST_WITHOUT_ITS_PROGRAM, ci="")
    assert result.returncode == pytest.ExitCode.OK
    ending = result.stdout.partition("NOT TESTED")[2]
    assert "no-such-package" in ending
    assert "test_with_a_program_that_nobody_has" in ending


@pytest.mark.parametrize("test", [A_TEST_WITHOUT_ITS_PROGRAM, A_SKIPPED_TEST])
def test_under_ci_it_fails(test: str, tmp_path: Path) -> None:
    assert run_pytest(tmp_path, test, ci="true").returncode == pytest.ExitCode.TESTS_FAILED
