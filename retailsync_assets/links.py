"""Where things are that an asset speaks of, as links of the page: a file on SFTP, the night's report."""

import os
from datetime import date

import dagster as dg

from retailsync_assets.sites import SftpAccount
from retailsync_assets.workplace import Workplace


def on_sftp(account: SftpAccount, folder: str, *names: str) -> dg.UrlMetadataValue:
    """Where that is on the server, as a link: the file if it is one, else its folder; `~` is the login folder."""
    path = f"~/{folder.strip('/')}/{names[0] if len(names) == 1 else ''}"
    return dg.MetadataValue.url(f"sftp://{account.username}@{account.host}:{account.port}/{path}")


def report_link(place: Workplace, on: date) -> dg.UrlMetadataValue:
    """The page about a night: below RETAILSYNC_REPORTS, where somebody serves the folder reports/, else the file's.

    It is written when the night is complete: until then the link leads nowhere, or to what was told of it by hand.
    """
    served, file = os.environ.get("RETAILSYNC_REPORTS"), place.home.report(place.site.name, on)
    return dg.MetadataValue.url(f"{served.rstrip('/')}/{place.site.name}/{file.name}" if served else file.as_uri())
