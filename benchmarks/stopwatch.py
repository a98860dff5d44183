"""Runs one program and prints, as the last line, what the operating system accounts for it.

A process of its own, and a small one: Linux counts the memory of whoever starts a program towards the program's peak.
"""

import json
import os
import subprocess
import sys
import time


def main(command: list[str]) -> int:
    started = time.monotonic()
    program = subprocess.Popen(command)
    _, status, usage = os.wait4(program.pid, 0)
    seconds = time.monotonic() - started
    program.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for
    unit = 1 if sys.platform == "darwin" else 1024
    accounted = {
        "exit": program.returncode,
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * unit,
    }
    print("\n" + json.dumps(accounted), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
