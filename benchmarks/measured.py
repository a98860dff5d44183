"""What takes too long for `make bench` is measured by programs of its own; their figures are kept beside this file."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("measured")


def keep(name: str, found: dict[str, Any]) -> None:
    """Write one program's figures, with the date and how busy the machine was."""
    FOLDER.mkdir(exist_ok=True)
    when = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "load": round(os.getloadavg()[1], 1)}
    (FOLDER / f"{name}.json").write_text(json.dumps({**when, **found}, indent=1) + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any] | None:
    """One program's figures, if it ever ran."""
    file = FOLDER / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
