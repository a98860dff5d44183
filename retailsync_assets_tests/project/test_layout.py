import ast
import configparser
from pathlib import Path

import pytest

from retailsync_assets_tests.project.tree import PACKAGE, ROOT, SQL, modules

NO_NOUN = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base"}

RANKS: list[set[str]] = [
    {
        "outcomes",
        "progress",
        "records",
        "tables",
        "clock",
        "queries",
        "site_runs",
        "dagster_storage",
        "open_databases",
        "sizes",
        "verdicts",
        "whole_files",
        "finding",
    },  # the words that everything else speaks
    {"home", "site_values", "site_settings", "sites"},  # what is configured
    {
        "night",
        "silence",
        "raw_names",
        "proved_files",
        "raw_header",
        "raw_lines",
        "outgoing",
        "csv_gate",
        "ledger_failures",
        "ledger_schema",
    },  # decisions, formats
    {"ledger_migrations", "lineage"},
    {"ledger_reading", "ledger"},
    {"ledger_copy"},
    {"resources"},
    {"workplace", "ownership", "failures", "write_access"},
    {"raw_scan"},
    {"retention", "landing", "lookout", "evidence", "notifier", "acknowledgements"},
    {"witnesses"},
    {"shipped_orders"},
    {"deduction", "delivery", "leave", "settled", "breakers", "links", "metadata", "freshness", "quarantine"},
    {"report"},
    {"night_report"},
    {"withdrawal"},
    {"assets"},
    {"gates", "variance_checks"},
    {"launching"},
    {"schedules", "sensors"},
    {"deployment", "dagster_home", "embedded_sensor"},
    {"definitions"},
    {"shadow"},
    {"sftp_findings"},
    {"inbox_findings", "publishing_findings", "oms_findings", "home_findings", "dagster_findings", "alert_findings"},
    {"job_runs"},
    {"asking", "explaining", "taking", "doctor", "plan", "replay"},
    {"printed_table"},
    {"terminal"},
    {"plan_tables"},
    {"report_server"},
    {"demo", "dev"},
    {"command_values"},
    {"commands"},
    {"night_commands", "question_commands"},
    {"cli"},
    {"program"},
]
"""A module may import those of its own line and of the lines before it, and none of a later line."""

OUTSIDE = {"sandbox": {"sites"}}
"""The outside world is no rank: nothing imports it, save those below that start it, and it imports only these."""

MAY_START_THE_OUTSIDE = {"deployment", "embedded_sensor", "demo", "dev", "commands"}

RANK = {unit: rank for rank, units in enumerate(RANKS) for unit in units}


def unit(module: str) -> str:
    """The file or folder directly below the package that a module belongs to: `assets.raw_reset_file` → `assets`."""
    return module.partition(".")[0]


def imported(file: Path, module: str) -> set[str]:
    """The units of the package that a file imports, wherever in the file, and however it is written."""
    package = ["retailsync_assets", *(module.split(".") if module else [])]
    if file.name != "__init__.py":
        package.pop()
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            names |= {f"{source}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {name[1] for name in parts if name[0] == "retailsync_assets" and len(name) > 1 and is_unit(name[1])}


def is_unit(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


@pytest.mark.parametrize("module", [module for module in modules() if module])
def test_nothing_imports_upward(module: str) -> None:
    own = unit(module)
    others = imported(modules()[module], module) - {own}
    if own in OUTSIDE:
        assert others <= OUTSIDE[own], f"{module} is the outside world: it may import only {sorted(OUTSIDE[own])}"
        return
    assert own in RANK, f"retailsync_assets.{own} has no rank yet: add it to RANKS in {Path(__file__).name}"
    if own not in MAY_START_THE_OUTSIDE:
        assert not others & OUTSIDE.keys(), f"{module} imports the sandbox; the core knows none"
    unknown = others - RANK.keys() - OUTSIDE.keys()
    assert not unknown, f"{module} imports {sorted(unknown)}, which have no rank yet"
    upward = {other for other in others - OUTSIDE.keys() if RANK[other] > RANK[own]}
    assert not upward, f"{module} imports upward: {sorted(upward)}"


def test_every_rank_is_of_a_unit_that_exists() -> None:
    assert [name for name in [*RANK, *OUTSIDE] if not is_unit(name)] == []


def test_every_file_is_named_for_a_noun() -> None:
    ours = [*PACKAGE.rglob("*"), *SQL.rglob("*"), *(ROOT / "retailsync_assets_tests").rglob("*")]
    assert [path for path in ours if path.stem.lower() in NO_NOUN] == []


def test_no_file_of_the_package_is_longer_than_250_lines() -> None:
    lines = {name: len(file.read_text().splitlines()) for name, file in modules().items()}
    assert {name: count for name, count in lines.items() if count > 250} == {}


@pytest.mark.parametrize("query", sorted(SQL.rglob("*.sql")), ids=lambda query: str(query.relative_to(SQL)))
def test_every_query_says_first_what_it_answers(query: Path) -> None:
    assert query.read_text().startswith("-- ")


def broad_excepts(file: Path) -> list[int]:
    """Lines of `except:`, `except Exception` and `except BaseException`, alone or in a tuple."""
    found: list[int] = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.walk(node.type) if node.type else []
            names = {name.id for name in caught if isinstance(name, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                found.append(node.lineno)
    return found


def test_no_except_catches_everything() -> None:
    assert {name: lines for name, file in modules().items() if (lines := broad_excepts(file))} == {}


def test_setup_cfg_names_every_package() -> None:
    """`packages` in setup.cfg is written by hand; a folder that is not in it would be missing from the wheel."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    in_the_package = {folder.parent.relative_to(ROOT) for folder in PACKAGE.rglob("*.py")}
    in_sql = {
        "retailsync_assets" / query.parent.relative_to(ROOT) for query in [SQL / "__init__.py", *SQL.rglob("*.sql")]
    }
    named = set(setup["options"]["packages"].split())
    assert named == {".".join(folder.parts) for folder in in_the_package | in_sql}
