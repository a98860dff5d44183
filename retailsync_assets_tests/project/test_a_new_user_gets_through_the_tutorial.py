"""Every command of docs/tutorial.md, in one shell, from an empty folder, with only the ports chosen."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from retailsync_assets_tests.project.markdown import code_blocks
from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.missing import required

TUTORIAL = ROOT / "docs/tutorial.md"
STEPS = [block for language, block in code_blocks(TUTORIAL.read_text()) if language == "sh"]
LINE = "=== the next step ==="
STOP_THE_SERVERS = "trap 'for file in sshd.pid mysql.pid; do [ ! -e $file ] || kill \"$(cat $file)\"; done' EXIT\n"
SAYS = [
    r"^SHA256:[A-Za-z0-9+/]{43}$",
    r"^$",
    r"^$",
    r"3 warnings, 0 failed",
    r"held: there is no earlier run to compare with[\s\S]*exit code 4",
    r"1 of 6 SKU-locations changes: 2 units up;[\s\S]*DOWN .*012345678905 .*10",
    r"exit code 3[\s\S]*DOWN,S1,UPCA,012345678905,10,TLTLTLLL01,false",
    r"exit code 3[\s\S]*DOWN,UPCA,012345678905,-2\.0,TLTLTLLL01,VAR_INTEGR",
    r"complete[\s\S]*HotWax on hand +8",
    r"^\d{4}-\d\d-\d\d\.html$",
    r"^$",
]
"""What each step prints, among other things."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    required("sshd", "openssh-server")
    required("mariadbd", "mariadb-server-core")
    required("mariadb", "mariadb-client-core")
    folder = tmp_path_factory.mktemp("tutorial")
    environment = {name: value for name, value in os.environ.items() if name != "OMS_PASSWORD"} | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SFTP_PORT": str(free_port()),
        "DB_PORT": str(free_port()),
    }
    script = "set -e\n" + STOP_THE_SERVERS + f"echo '{LINE}'\n".join(STEPS)
    ran = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout.split(f"{LINE}\n")


@pytest.mark.timeout(330)
@pytest.mark.parametrize("step", range(len(SAYS)))
def test_each_step_says_what_the_page_tells(printed: list[str], step: int) -> None:
    assert len(STEPS) == len(SAYS)
    assert re.search(SAYS[step], printed[step].rstrip("\n"), re.MULTILINE), printed[step]
