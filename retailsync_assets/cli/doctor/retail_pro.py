"""Retail Pro's SFTP account: the inbox, the newest raw file in it, and that the account is read-only."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from rich.filesize import decimal

from retailsync_assets.cli.doctor.finding import Finding, attempt, warn
from retailsync_assets.cli.doctor.permissions import may_write
from retailsync_assets.cli.doctor.sftp import count, over
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.raw_file.file_name import RawName, parse_name
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.sftp.session import SftpSession

READ_ONLY = "make the account read-only: docs/security.md"


def of_retail_pro(site: Site, now: datetime) -> Iterator[Finding]:
    """The account that reads raw files and, where the site has them, response files."""
    return over(site.name, "retail_pro", site.retail_pro.sftp, partial(_retail_pro, site, now))


def _retail_pro(site: Site, now: datetime, session: SftpSession) -> Iterator[Finding]:
    settings, key = site.retail_pro, "retail_pro.inbox"
    step = f"create the folder and let {settings.sftp.username} read it; otherwise fix sites.{site.name}.{key}"
    yield attempt(key, f"read {settings.inbox}", step, partial(_newest_file, site, session, now))
    yield attempt(key, f"permissions of {settings.inbox}", step, partial(_only_read, session, settings.inbox))
    if settings.acknowledgements.source == "responses":
        key, folder = "retail_pro.acknowledgements.folder", settings.acknowledgements.folder
        yield attempt(key, f"read {folder}", step.replace("retail_pro.inbox", key), partial(count, session, folder))


def _newest_file(site: Site, session: SftpSession, now: datetime) -> str | Finding:
    settings = site.retail_pro
    named = [(name, file) for file in session.plain_files(settings.inbox) if (name := parse_name(site, file.name))]
    tried = f"read {settings.inbox}"
    if not named:
        step = f"if a file is expected, check subsidiary ({site.subsidiary}) and file_name of sites.{site.name}"
        return warn("retail_pro.inbox", tried, "no raw file of this site", step)
    name, file = max(named, key=lambda each: each[0].as_of)
    session.head(f"{settings.inbox}/{file.name}", 1)
    written = datetime.fromtimestamp(file.mtime, UTC)
    wrong = _wrong_zone(name, written, now)
    if wrong:
        step = f"fix sites.{site.name}.retail_pro.as_of_time_zone ({settings.as_of_time_zone}), or the server's clock"
        return warn("retail_pro.inbox", tried, f"{file.name} {wrong}", step)
    return f"{counted(len(named), 'raw file')}, the newest {file.name}, {decimal(file.size)}"


def _wrong_zone(name: RawName, written: datetime, now: datetime) -> str | None:
    """A file is written after its snapshot was taken, by any correct clock."""
    if name.as_of > now + CLOCK_DIFFERENCE:
        return f"has a snapshot time in the future, {name.as_of:%Y-%m-%dT%H:%M:%SZ}"
    if name.as_of > written + CLOCK_DIFFERENCE:
        return f"was written {written:%Y-%m-%dT%H:%M:%SZ}, before its snapshot time {name.as_of:%Y-%m-%dT%H:%M:%SZ}"
    return None


def _only_read(session: SftpSession, inbox: str) -> str | Finding:
    """SFTP does not name its user: the owner of the login folder is the best guess, and root owns that of a chroot."""
    own, folder = session.permissions("."), session.permissions(inbox)
    likely = own.uid != 0 and may_write(folder, own)
    if likely or folder.mode & 0o002:
        found = f"{folder.mode:o}: this account may write to the inbox"
        return warn("retail_pro.inbox", f"permissions of {inbox}", found, READ_ONLY)
    return f"{folder.mode:o}: not world-writable"
