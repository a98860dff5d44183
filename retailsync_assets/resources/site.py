"""What every step of a site is given: settings, ledger, both SFTP servers, HotWax's database and a clock."""

from dataclasses import dataclass, field
from datetime import date, datetime

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import NightState
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.known_tables import as_known
from retailsync_assets.resources.lake_files import LakeFiles
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.told_alerts import ToldAlerts


@dataclass(frozen=True)
class SiteResources:
    """One site's; opens nothing by itself but the ledger."""

    site: Site
    home: Home
    ledger: Ledger
    oms: Oms
    retail_pro: SftpServer
    hotwax: SftpServer
    clock: Clock
    told_alerts: ToldAlerts = field(default_factory=ToldAlerts, compare=False)

    def night(self, on: date) -> NightState:
        """Where a business date stands, by the ledger and with its tables in place (`known_tables.as_known`)."""
        return as_known(LakeFiles(self.home, self.site.name), self.ledger.night_state(on))

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        return self.clock.now()


def site_resources(site: Site, home: Home, clock: Clock | None = None) -> SiteResources:
    """The resources of a site, as configured; makes the home and the ledger where they are missing."""
    home.folder_for()
    return SiteResources(
        site=site,
        home=home,
        ledger=Ledger(home.ledger_url, site.name),
        oms=Oms(site.hotwax.resolved_oms_url()),
        retail_pro=SftpServer(site.retail_pro.sftp),
        hotwax=SftpServer(site.hotwax.sftp),
        clock=clock or Clock(),
    )
