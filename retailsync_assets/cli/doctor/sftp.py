"""An SFTP account: the connection, the pinned host key and the login."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.config.wording import counted
from retailsync_assets.errors import AuthenticationFailed, HostKeyMismatch, RetailSyncError, Unreachable
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession

Side = Literal["retail_pro", "hotwax"]


def over(
    site: str, side: Side, account: SftpAccount, look: Callable[[SftpSession], Iterator[Finding]]
) -> Iterator[Finding]:
    """The login, and what `look` finds in the session; if the session breaks off, that is the last finding."""
    server, section = SftpServer(account), f"{side}.sftp"
    if account.private_key is not None:
        tried, step = f"private key permissions of {account.private_key}", f"fix sites.{site}.{section}.private_key"
        yield attempt(section, tried, step, partial(_only_ours, section, tried, account.private_key))
    tried = f"log in to {server!r}"
    try:
        with server.session() as session:
            yield ok(section, tried, "host key verified, authenticated")
            yield from look(session)
    except RetailSyncError as outcome:
        yield fail(section, tried, outcome, _next_step(outcome, f"sites.{site}.{section}", account))


def _next_step(outcome: RetailSyncError, section: str, account: SftpAccount) -> str:
    match outcome:
        case HostKeyMismatch():
            return f"ask the server's owner for the fingerprint; if they match, add it to {section}.fingerprints"
        case AuthenticationFailed() if account.private_key:
            return (
                f"add the public key of {account.private_key} to {account.username}; otherwise fix {section}.username"
            )
        case AuthenticationFailed():
            return f"fix {section}.username, or the password that {section}.password names"
        case Unreachable():
            return (
                f"check that the server is up and reachable from here; otherwise fix {section}.host and {section}.port"
            )
        case _:
            return f"fix {section}.private_key and {section}.passphrase"


def _only_ours(section: str, tried: str, key: str) -> str | Finding:
    """The private key should be readable by this user only."""
    mode = Path(key).stat().st_mode & 0o777
    if mode & 0o077:
        return warn(section, tried, f"{mode:o}", f"chmod 600 {key}")
    return f"{mode:o}"


def count(session: SftpSession, folder: str) -> str:
    """The number of files in a folder, as a finding."""
    return counted(len(session.plain_files(folder)), "file")
