"""(b) Gate and join: the asset `filtered_reset` beside one bare query, and beside other engines doing the same join."""

import json
import sys
from datetime import date
from pathlib import Path

from benchmarks import peers
from benchmarks.contest import Contender, compete, measure
from benchmarks.ground import SITE, Ground
from benchmarks.ratios import Row, compare
from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import Lake

OURS, BARE, GATE = "filtered_reset: hash, scan, gates, Parquet", "DuckDB, the bare query", "byte gate, from the disk"
PROGRAM = Path(__file__).with_name("semi_join.py")


def rows(ground: Ground, night: dict[str, str], rounds: int, seconds: float, *, with_peers: bool) -> list[Row]:
    """`night` is the environment of a home whose night has its active products.

    Ours works in a home of its own: a reset that went out stays as it was.
    """
    keys = _keys(ground, Path(night["RETAILSYNC_HOME"]), ground.on)
    python = sys.executable

    def engine(name: str, interpreter: str | Path) -> list[str | Path]:
        return [interpreter, PROGRAM, name, ground.raw, keys, ground.folder / f"{name}.csv"]

    reset = Contender(
        OURS, [python, "-m", "benchmarks.our_reset", SITE, ground.on.isoformat()], ground.home("join-home")
    )
    measure(reset)  # which fetches the raw file
    contenders = [
        reset,
        Contender(GATE, [python, "-m", "benchmarks.our_gate", ground.raw]),
        Contender(BARE, engine("duckdb", python)),
    ]
    others = peers.names() if with_peers else []
    contenders += [Contender(name, engine(name, peers.PYTHON)) for name in others]
    found = compete(contenders, rounds, seconds)
    return [
        compare("gate and join", found, OURS, BARE, 1.5),
        *(compare("gate and join", found, OURS, name, 1.0, "ahead of it") for name in others),
        compare("byte gate alone", found, GATE, BARE),
    ]


def _keys(ground: Ground, home: Path, on: date) -> Path:
    """What is wanted: the night's own active products and stores."""
    lake = Lake(Home(home), SITE)
    wanted = {
        "upcs": [row["match_key"] for row in lake.rows("active_products", on)],
        "stores": [row["external_facility_id"] for row in lake.rows("stores", on)],
    }
    keys = ground.folder / "keys.json"
    keys.write_text(json.dumps(wanted), encoding="utf-8")
    return keys
