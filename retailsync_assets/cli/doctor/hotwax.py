"""HotWax's SFTP account: what a delivery needs, checked without writing to HotWax's own folders."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from rich.filesize import decimal

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.cli.doctor.permissions import may_write
from retailsync_assets.cli.doctor.sftp import count, over
from retailsync_assets.config.loader import HotWax, Site
from retailsync_assets.config.wording import signed
from retailsync_assets.delivery.publisher import check_atomic_rename, check_one_file_system, check_room
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.sftp.protocol import FSYNC, POSIX_RENAME
from retailsync_assets.resources.sftp.session import Permissions, SftpSession

LEAST_ROOM = 100 << 20
STAGING = "hotwax.staging_folder"
STAGING_FIRST = f"fix {STAGING} first"
OPENSSH = "use the SFTP server of OpenSSH"


def of_hotwax(site: Site, now: datetime, file_bytes: int) -> Iterator[Finding]:
    """The account that publishes files of so many bytes; nothing is left in HotWax's folders or in staging."""
    return over(site.name, "hotwax", site.hotwax.sftp, partial(_hotwax, site.hotwax, now, file_bytes))


def _hotwax(settings: HotWax, now: datetime, file_bytes: int, session: SftpSession) -> Iterator[Finding]:
    yield attempt("hotwax.sftp", f"extension {POSIX_RENAME}", OPENSSH, partial(_renames, session))
    yield _syncs(session)
    staging, own = settings.staging_folder, list[Permissions]()
    fix_staging = (
        f"give {settings.sftp.username} ownership of {staging} and the right to write; otherwise fix {STAGING}"
    )
    tried = f"write, rename and remove in {staging}"
    yield attempt(STAGING, tried, fix_staging, partial(_probe, session, staging, tried, now, own))
    for key, folder in (("reset_folder", settings.reset_folder), ("variance_folder", settings.variance_folder)):
        subject = f"hotwax.{key}"
        step = f"create {folder} and let {settings.sftp.username} write to it; otherwise fix {subject}"
        yield attempt(subject, f"list {folder}", step, partial(count, session, folder))
        tried = f"permissions of {folder}"
        yield attempt(subject, tried, step, partial(_writable, session, own, folder, subject, tried, step))
        tried = f"rename from {staging} to {folder}"
        where = f"move staging_folder {staging} to the file system of {folder}" if own else STAGING_FIRST
        yield attempt(subject, tried, where, partial(_one_file_system, session, staging, folder, tried, subject))
    yield attempt(STAGING, f"disk space of {staging}", fix_staging, partial(_room, session, staging, file_bytes))


def _renames(session: SftpSession) -> str:
    check_atomic_rename(session)
    return "supported"


def _syncs(session: SftpSession) -> Finding:
    tried = f"extension {FSYNC}"
    if FSYNC in session.extensions:
        return ok("hotwax.sftp", tried, "supported")
    found = f"{session.server} does not support it: a power failure on the server may lose an uploaded file"
    return warn("hotwax.sftp", tried, found, OPENSSH)


def _probe(session: SftpSession, staging: str, tried: str, now: datetime, own: list[Permissions]) -> str | Finding:
    """The steps of a delivery except the last, with an empty file: it shows the server's clock and our user ID."""
    first, second = (f"{staging}/.retailsync-doctor.{os.getpid()}.{name}" for name in ("probe", "renamed"))
    session.upload_new(first, b"")
    try:
        own.append(session.permissions(first))
        session.rename(first, second)
        there = session.stat(second)
    finally:
        for path in (first, second):
            if session.stat(path) is not None:
                session.remove(path)
    if there is None:
        return fail(STAGING, tried, "the renamed file is missing", OPENSSH)
    skew = datetime.fromtimestamp(there.mtime, UTC) - now
    if abs(skew) > CLOCK_DIFFERENCE:
        found = f"the server's clock differs from this machine's by {signed(skew.total_seconds())} s"
        return warn(STAGING, tried, found, "synchronize the clocks of both machines (NTP)")
    return "done, no file left behind"


def _writable(
    session: SftpSession, own: list[Permissions], folder: str, subject: str, tried: str, step: str
) -> str | Finding:
    """Judged by the permission bits: HotWax might import a test file."""
    there = session.permissions(folder)
    if not own:
        return warn(subject, tried, f"{there.mode:o}: the account's user ID is unknown", STAGING_FIRST)
    match may_write(there, own[0]):
        case True:
            return f"{there.mode:o}: writable"
        case False:
            found = f"{there.mode:o}, owned by another user: no file can be renamed into it"
            return fail(subject, tried, found, step)
        case None:
            found = f"{there.mode:o}: writable only if the account is in group {there.gid}"
            return warn(subject, tried, found, step)


def _one_file_system(session: SftpSession, staging: str, folder: str, tried: str, subject: str) -> str | Finding:
    if session.file_system(staging) is None:
        step = "ask the server's owner whether both are on one file system"
        return warn(subject, tried, "the server does not say", step)
    check_one_file_system(session, staging, folder)
    return "one file system"


def _room(session: SftpSession, staging: str, file_bytes: int) -> str | Finding:
    left = session.free_bytes(staging)
    if left is None:
        return "the server does not say"
    check_room(session, staging, file_bytes)
    if left < LEAST_ROOM:
        return warn(STAGING, f"disk space of {staging}", f"{decimal(left)} free", "free disk space on the server")
    return f"{decimal(left)} free"
