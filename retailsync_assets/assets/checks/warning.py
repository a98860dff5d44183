"""What a warning check finds: shown in the Dagster UI by the check, and told by the watchdog."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import dagster as dg

from retailsync_assets.config.loader import Site
from retailsync_assets.resources.lake import Lake


@dataclass(frozen=True)
class Found:
    """One line for a person; `look` is the query that lists what was found, None: there is nothing to warn of."""

    text: str
    look: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def result(self, site: str) -> dg.AssetCheckResult:
        """The same as the Dagster UI shows it."""
        return dg.AssetCheckResult(
            passed=self.look is None,
            severity=dg.AssetCheckSeverity.WARN,
            description=self.text if self.look is None else f"{self.text}: retailsync query {site} '{self.look}'",
            metadata=self.metadata,
        )


@dataclass(frozen=True)
class WarningCheck:
    """A warning check: its name, the asset it is on, and what it looks for in the lake."""

    asset: str
    check: str
    find: Callable[[Site, Lake, date], Found]
