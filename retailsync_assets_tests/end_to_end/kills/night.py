"""One night that is killed so and so often and then left alone, and whether everything came out right."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from retailsync_assets.ledger.models import DeliveryKind, DeliveryState
from retailsync_assets_tests.end_to_end.kills.evening import FINAL_STOCK, SITE
from retailsync_assets_tests.end_to_end.kills.ground import Ground, Kill
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT

RUNS_TO_THE_END = 8
IMPORTS = """
    SELECT FILE_NAME FROM DATA_MANAGER_CONTENT JOIN DATA_MANAGER_LOG USING (LOG_ID)
    WHERE STATUS_ID = 'SERVICE_FINISHED' AND LOG_CONTENT_TYPE_ENUM_ID = 'DmcntImported'
"""
Taken = list[dict[str, str]]


@dataclass
class Played:
    """Where it was killed, every step it came to, and what is wrong in the morning: nothing, one hopes."""

    killed: list[str]
    steps: list[list[str]]
    wrong: list[str]


def play(ground: Ground, *kills: Kill) -> Played:
    """Run, killed each time as planned; then run and run until the night is complete."""
    ground.restore()
    ground.consumer.ask("begin")
    killed, steps = list[str](), list[list[str]]()
    report: dict[str, Any] | None = None
    for kill in (*kills, *[never] * RUNS_TO_THE_END):
        run = ground.run(kill)
        steps.append(run.steps)
        report = run.report
        if report is None:
            killed.append(run.steps[-1])
        elif report["state"] == "complete" and kill is never:
            break
        else:
            ground.consumer.ask("sync")
    taken = ground.consumer.ask("end")
    state = report["state"] if report else "killed"
    wrong = [] if state == "complete" else [f"the night is {state}: {report and report['reasons']}"]
    return Played(killed, steps, [*wrong, *differences(ground, taken)])


def never(number: int, label: str) -> None:
    """Nobody kills this run."""


def differences(ground: Ground, taken: Taken) -> list[str]:
    """What ledger, manifests, HotWax's log, its stock and its folders disagree in, with each other or the oracle."""
    world, ledger = ground.world, ground.world.resources.ledger
    deliveries = ledger.night_state(NIGHT).deliveries
    promised = {each.file_name: each.sha256 for each in deliveries}
    manifests = [json.loads(file.read_text()) for file in (world.home.folder / "manifests" / SITE).glob("*.json")]
    with world.engine.connect() as connection:
        imported = [name for (name,) in connection.execute(text(IMPORTS))]
    kinds = [each.kind for file in taken for each in deliveries if each.file_name == file["name"]]
    staging = world.folders["reset"].parent / ".staging"
    facts = {
        "files taken": (Counter(file["name"] for file in taken), Counter(list(promised))),
        "their bytes": ({file["name"]: file["sha256"] for file in taken}, promised),
        "their order": (kinds, [DeliveryKind.RESET, DeliveryKind.RESET, DeliveryKind.VARIANCE]),
        "HotWax's log": (Counter(imported), Counter(list(promised))),
        "manifests": ({each["file_name"]: each["sha256"] for each in manifests}, promised),
        "epochs": ({each["file_name"]: each["epoch"] for each in manifests}, ledger.epochs()),
        "states": ({each.state for each in deliveries}, {DeliveryState.APPLIED}),
        "journal": (ledger.first_altered(), None),
        "stock": (world.stock(), FINAL_STOCK),
        "left in staging": ([file.name for file in staging.iterdir()], []),
        "left in the landing": (len(list(world.landing.iterdir())), 1),
    }
    world.engine.dispose()
    return [f"{what}: {found}, not {right}" for what, (found, right) in facts.items() if found != right]
