"""Debian programs that a test needs, and what to do without them."""

import os
import shutil
from typing import NoReturn

import pytest

UNDER_CI = bool(os.environ.get("CI"))
"""True where `.ci/run` runs: everything must be installed there, and nothing may be skipped."""

WHERE_SERVERS_LIVE = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])


def required(program: str, package: str) -> str:
    """The program's absolute path. Without it the calling test is skipped, and under CI it fails."""
    path = shutil.which(program, path=WHERE_SERVERS_LIVE)
    if path is None:
        untested(f"{program} is missing (Debian package {package}; `make test` installs it where it may)")
    return path


def untested(reason: str) -> NoReturn:
    """Skips the calling test; under CI it fails."""
    if UNDER_CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
