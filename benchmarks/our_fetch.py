"""`Session.fetch` into the byte gate and a file, as landing.py does it.

Arguments: settings as JSON, remote, target, and `gate` or `no-gate`.
"""

import json
import sys
from pathlib import Path

from benchmarks.lap import Lap
from retailsync_assets.config.loader import RetailPro
from retailsync_assets.raw_file.stream_check import StreamCheck
from retailsync_assets.resources.sftp.server import SftpServer


def main(settings: str, remote: str, target: Path, gated: bool) -> None:
    retail_pro = RetailPro.model_validate(json.loads(settings), context={"folder": Path()})
    lap, gate = Lap(), StreamCheck(retail_pro)
    with SftpServer(retail_pro.sftp).session() as session, target.open("wb") as file:

        def keep(chunk: bytes) -> None:
            if gated:
                gate.feed(chunk)
            file.write(chunk)

        session.download(remote, keep)
    if gated:
        gate.result()
    lap.end()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4] == "gate")
