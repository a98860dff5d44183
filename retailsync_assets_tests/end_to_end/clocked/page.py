"""Dagster's web page, asked as a browser asks it: over GraphQL."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

ASSETS = """
query ($date: String!) {
  assetNodes {
    assetKey { path }
    assetMaterializations(partitions: [$date], limit: 1) { runId }
    freshnessStatusInfo { freshnessStatus }
    assetChecksOrError {
      ... on AssetChecks {
        checks { name description blocking executionForLatestMaterialization { status evaluation { description } } }
      }
    }
  }
}
"""
NOTHING_SAID = {"description": ""}
NOT_RUN = {"status": "not run", "evaluation": NOTHING_SAID}
LINEAGE = "/assets/demo/applied_inventory?view=lineage&lineageScope=upstream&lineageDepth=9"


@dataclass(frozen=True)
class Shown:
    """What the page shows of one asset. `blocking` and `warning` are checks, name → status; `said` what each claims,
    and found."""

    made: bool
    freshness: str
    blocking: dict[str, str]
    warning: dict[str, str]
    said: dict[str, tuple[str, str]]


class Page:
    """The page at a port of this machine."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, query: str, **variables: str) -> dict[str, Any]:
        """Raises OSError while nobody answers."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.address}/graphql", body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - this machine's
            return json.load(answer)["data"]

    def assets(self, date: str) -> dict[str, Shown]:
        """Every asset by name, with what the page shows of it for that date."""
        nodes = self.ask(ASSETS, date=date)["assetNodes"]
        return {node["assetKey"]["path"][-1]: _shown(node) for node in nodes}


def _shown(node: dict[str, Any]) -> Shown:
    checks = node["assetChecksOrError"]["checks"]
    last = {check["name"]: check["executionForLatestMaterialization"] or NOT_RUN for check in checks}
    status = {name: each["status"] for name, each in last.items()}
    blocking = {check["name"] for check in checks if check["blocking"]}
    return Shown(
        made=bool(node["assetMaterializations"]),
        freshness=(node["freshnessStatusInfo"] or {"freshnessStatus": "none"})["freshnessStatus"],
        blocking={name: status[name] for name in status if name in blocking},
        warning={name: status[name] for name in status if name not in blocking},
        said={
            check["name"]: (check["description"], (last[check["name"]]["evaluation"] or NOTHING_SAID)["description"])
            for check in checks
        },
    )
