"""HotWax's SFTP account, tried: what a delivery rests on, without a trace in HotWax's own folders."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.cli.doctor.permissions import may_write
from retailsync_assets.cli.doctor.sftp import count, over
from retailsync_assets.config.loader import HotWax, Site
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.sftp.protocol import FSYNC, POSIX_RENAME
from retailsync_assets.resources.sftp.session import Permissions, SftpSession

LEAST_ROOM = 100 << 20
STAGING = "hotwax.staging_folder"
STAGING_FIRST = f"mend {STAGING} first"
OPENSSH = "use OpenSSH's sftp-server"


def of_hotwax(site: Site, now: datetime) -> Iterator[Finding]:
    """The account that publishes: nothing is left in HotWax's folders, and nothing in staging."""
    return over(site.name, "hotwax", site.hotwax.sftp, partial(_hotwax, site.hotwax, now))


def _hotwax(settings: HotWax, now: datetime, session: SftpSession) -> Iterator[Finding]:
    yield _extension(session, POSIX_RENAME, "without it a file could be delivered twice", missing="fail")
    yield _extension(session, FSYNC, "without it a power cut there may lose a file that was placed", missing="warn")
    staging, own = settings.staging_folder, list[Permissions]()
    mend_staging = f"have {settings.sftp.username} own {staging} and write in it; else mend {STAGING}"
    tried = f"write, rename, remove in {staging}"
    yield attempt(STAGING, tried, mend_staging, partial(_probe, session, staging, tried, now, own))
    for key, folder in (("reset_folder", settings.reset_folder), ("variance_folder", settings.variance_folder)):
        subject = f"hotwax.{key}"
        mend = f"have {folder} made, and {settings.sftp.username} write in it; else mend {subject}"
        yield attempt(subject, f"list {folder}", mend, partial(count, session, folder))
        tried = f"rights on {folder}"
        yield attempt(subject, tried, mend, partial(_writable, session, own, folder, subject, tried, mend))
        tried = f"rename from {staging} to {folder}"
        where = mend if own else STAGING_FIRST
        yield attempt(subject, tried, where, partial(_one_file_system, session, staging, folder, subject, tried))
    yield attempt(STAGING, f"room in {staging}", mend_staging, partial(_room, session, staging))


def _extension(session: SftpSession, name: str, why: str, *, missing: Literal["warn", "fail"]) -> Finding:
    tried = f"is {name} there"
    if name in session.extensions:
        return ok("hotwax.sftp", tried, "yes")
    return Finding("hotwax.sftp", tried, missing, f"{session.server} lacks it: {why}", OPENSSH)


def _probe(session: SftpSession, staging: str, tried: str, now: datetime, own: list[Permissions]) -> str | Finding:
    """The steps of a delivery but the last, with a file of no content: its time is the server's, its owner is us."""
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
        return fail(STAGING, tried, "what was renamed is not there", OPENSSH)
    skew = datetime.fromtimestamp(there.mtime, UTC) - now
    if abs(skew) > CLOCK_DIFFERENCE:
        found = f"the server's clock is {skew.total_seconds():+.0f} s off this machine's"
        return warn(STAGING, tried, found, "have both machines keep time (NTP)")
    return "done, and nothing is left"


def _writable(
    session: SftpSession, own: list[Permissions], folder: str, subject: str, tried: str, mend: str
) -> str | Finding:
    """By the permission bits: a probe in HotWax's folder might be imported."""
    there = session.permissions(folder)
    if not own:
        return warn(subject, tried, f"mode {there.mode:o}: who we are there is not known", STAGING_FIRST)
    match may_write(there, own[0]):
        case True:
            return f"mode {there.mode:o}: may write"
        case False:
            found = f"mode {there.mode:o}, of another owner: no file can be renamed into it"
            return fail(subject, tried, found, mend)
        case None:
            found = f"mode {there.mode:o}: only if the account is of group {there.gid}"
            return warn(subject, tried, found, mend)


def _one_file_system(session: SftpSession, staging: str, folder: str, subject: str, tried: str) -> str | Finding:
    ours, theirs = session.file_system(staging), session.file_system(folder)
    if ours is None:
        return warn(subject, tried, "the server does not tell", "ask its owner whether they are one")
    if ours != theirs:
        mend = f"move staging_folder {staging} to the file system of {folder}"
        return fail(subject, tried, "they are on two file systems: a rename can't be one step", mend)
    return "one file system"


def _room(session: SftpSession, staging: str) -> str | Finding:
    left = session.free_bytes(staging)
    if left is None:
        return "the server does not tell"
    if left < LEAST_ROOM:
        found = f"{left / 1e6:.0f} MB left"
        return warn(STAGING, f"room in {staging}", found, "have the server's disk cleared")
    return f"{left / 1e9:.1f} GB left"
