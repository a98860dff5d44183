"""`python -P prepared.py`: the installed `retailsync` with its imports made; each line it reads forks one call of it.

A line is a JSON object: `arguments`, `folder`, `environment`, and the files `out` and `err`; the answer is the exit
code. Only the installed package is seen from here, nothing of the tests.
"""

import importlib
import json
import os
import sys
import traceback
from typing import Any

from retailsync_assets.cli.entry_point import run

LONG_TO_IMPORT = ("orchestration.execution.job_runner", "sandbox.process", "reporting.page", "resources.lake")


def call(asked: dict[str, Any]) -> None:
    """The child: the whole program, from its entry point to its exit code."""
    for number, (file, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (asked["out"], os.O_WRONLY), (asked["err"], os.O_WRONLY))
    ):
        os.dup2(os.open(file, flags), number)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["retailsync", *asked["arguments"]]
    code: object = 1
    try:
        run()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - Python shows it so, too
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def main() -> None:
    for name in LONG_TO_IMPORT:
        importlib.import_module(f"retailsync_assets.{name}")
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            call(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
