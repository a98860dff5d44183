"""The machine and the versions that the figures were taken with."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import peers

OURS = ("dagster", "duckdb", "paramiko", "cryptography", "asyncssh")


def description(*, with_peers: bool) -> dict[str, str]:
    """Title → words, for the page."""
    from importlib.metadata import version

    found = {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
        "processor": _processor(),
        "load before": f"{os.getloadavg()[0]:.1f} (1 minute)",
        "Python": platform.python_version(),
        "OpenSSH": subprocess.run(["ssh", "-V"], capture_output=True, text=True, check=True).stderr.split(",")[0],
        "packages": ", ".join(f"{name} {version(name)}" for name in OURS),
    }
    if with_peers:
        installed = peers.versions()
        found["peers"] = ", ".join(f"{name} {installed[name]}" for name in peers.names())
    return found


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
