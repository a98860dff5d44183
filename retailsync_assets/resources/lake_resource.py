"""The lake as Dagster wires it: what reads the lake without Dagster never imports this."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from dagster_duckdb import DuckDBResource
from duckdb import DuckDBPyConnection
from pydantic import Field

from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import MEMORY_LIMIT, Lake


class LakeResource(DuckDBResource):
    """dagster-duckdb's resource over one site's lake, locked to its folders; for assets of your own, too.

    Example:
        @dg.asset
        def drifted(stock: LakeResource) -> int:
            with stock.get_connection() as duck:
                stock.lake.attach(duck, business_date, "applied_inventory")
                return duck.table("applied_inventory").filter("drift <> 0").count("*").fetchall()[0][0]
    """

    database: str = Field(default=":memory:", description="Always in memory: what lasts is Parquet.")
    home: str = Field(description="Folder of this deployment's state (RETAILSYNC_HOME).")
    site: str = Field(description="The site whose tables these are.")
    memory_limit: str = Field(
        default=MEMORY_LIMIT, description="What one query may take; past it DuckDB spills to disk."
    )

    @property
    def lake(self) -> Lake:
        """The tables, by their name and date."""
        return Lake(Home(Path(self.home)), self.site, self.memory_limit)

    @contextmanager
    def get_connection(self) -> Generator[DuckDBPyConnection]:
        """A connection of `lake`, closed in any case."""
        with self.lake.get_connection() as duck:
            yield duck
