"""Where the package refuses, holds or quarantines: each place is entered here with the doctor's check of it."""

import ast

from retailsync_assets_tests.cli.doctor.test_it_finds_whatever_run_refuses_for import CAUSES
from retailsync_assets_tests.project.tree import modules

REFUSING = {"Refused", "SetupError", "Held", "Quarantined", "HostKeyMismatch", "AuthenticationFailed", "NotPossible"}
BY_THE_LEDGER = "the ledger keeps it, and the doctor reads it there"
NOT_OF_RUN = "another command, or an asset that a person materializes out of turn"
OVERLAP = "the doctor's check of other sites: test_sites_that_share_a_store.py"
NO_DATE = "a business date before the first, or that has not begun: the doctor is given no date"
FOUND = {
    "resources.sftp.server": "host key of Retail Pro's",
    "resources.sftp.session": "no inbox",
    "resources.oms": "a table missing",
    "resources.product_store": "two stores alike",
    "resources.known_tables": "rows that are lost",
    "delivery.publisher": "no staging folder",
    "delivery.outbox": "bytes that are not those registered",
    "delivery.manifests": "a ledger older than its manifests",
    "ledger.engine": "a ledger that is no database",
    "ledger.migrations": "a ledger of a later release",
    "config.home": "a folder of the home that is a file",
    "assets.active_products": OVERLAP,
    "assets.applied_reset": BY_THE_LEDGER,
    "assets.raw_reset_file": BY_THE_LEDGER,
    "assets.filtered_reset": BY_THE_LEDGER,
    "raw_file.landing": BY_THE_LEDGER,
    "raw_file.header": BY_THE_LEDGER,
    "raw_file.lines": BY_THE_LEDGER,
    "raw_file.parser": BY_THE_LEDGER,
    "raw_file.stream_check": BY_THE_LEDGER,
    "delivery.guard": NOT_OF_RUN,
    "orchestration.execution.replay": NOT_OF_RUN,
    "orchestration.execution.plan": NOT_OF_RUN,
    "orchestration.approval": NOT_OF_RUN,
    "ledger.journal": NOT_OF_RUN,
    "assets.finished": NOT_OF_RUN,
    "cli.dagster_server": NOT_OF_RUN,
    "orchestration.execution.night_runner": NO_DATE,
}
"""Each module that raises one of these → a row of CAUSES, or where else it is found."""


def refuses(source: str) -> bool:
    raised = (node.exc for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise))
    return any(isinstance(each, ast.Call) and ast.unparse(each.func) in REFUSING for each in raised)


def test_every_module_that_refuses_is_entered() -> None:
    assert {name for name, file in modules().items() if refuses(file.read_text())} == FOUND.keys()


def test_what_is_entered_as_a_row_is_one() -> None:
    assert set(FOUND.values()) - {BY_THE_LEDGER, NOT_OF_RUN, OVERLAP, NO_DATE} <= CAUSES.keys()
