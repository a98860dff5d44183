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
      ... on AssetChecks { checks { name blocking executionForLatestMaterialization { status } } }
    }
  }
}
"""
LINEAGE = "/assets/demo/applied_inventory?view=lineage&lineageScope=upstream&lineageDepth=9"


@dataclass(frozen=True)
class Shown:
    """What the page shows of one asset. `checks` are name → status, the blocking ones apart."""

    made: bool
    freshness: str
    blocking: dict[str, str]
    warning: dict[str, str]


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
    status = {
        check["name"]: (check["executionForLatestMaterialization"] or {"status": "not run"})["status"]
        for check in checks
    }
    blocking = {check["name"] for check in checks if check["blocking"]}
    return Shown(
        made=bool(node["assetMaterializations"]),
        freshness=(node["freshnessStatusInfo"] or {"freshnessStatus": "none"})["freshnessStatus"],
        blocking={name: status[name] for name in status if name in blocking},
        warning={name: status[name] for name in status if name not in blocking},
    )
