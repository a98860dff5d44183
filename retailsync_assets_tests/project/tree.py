from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The checkout."""

PACKAGE = ROOT / "retailsync_assets"
SQL = ROOT / "sql"


def modules() -> dict[str, Path]:
    """Every Python file of the package by its dotted name below it: `assets.raw_reset_file`, `""` for the package."""
    found: dict[str, Path] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found
