"""A login that is kept: a night looks at its servers hundreds of times, and most of a look is the login."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Self

from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.site import SiteResources
from retailsync_assets_tests.end_to_end.clocked.remembered import Remembered

A_LONG_TIME = 3600.0


class KeptOpen(SftpServer):
    """The product's own sessions over real SFTP, only that the first one stays open until `close`."""

    def __init__(self, account: SftpAccount) -> None:
        super().__init__(account, quiet_seconds=A_LONG_TIME)
        self._opened = ExitStack()
        self._session: SftpSession | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @contextmanager
    def session(self) -> Generator[SftpSession]:
        if self._session is None:
            self._session = self._opened.enter_context(super().session())
        with self._in_words("the session broke off"):
            yield self._session


@contextmanager
def kept_open(resources: SiteResources) -> Generator[SiteResources]:
    """The same workplace, logged in once on either side, and with books that are not read twice."""
    ledger = Remembered(resources.home.ledger_url, resources.site.name)
    with KeptOpen(resources.site.retail_pro.sftp) as retail_pro, KeptOpen(resources.site.hotwax.sftp) as hotwax:
        yield replace(resources, retail_pro=retail_pro, hotwax=hotwax, ledger=ledger)
