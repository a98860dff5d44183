"""HotWax's SFTP server, which goes away while files are uploaded."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp.session import SftpSession


@contextmanager
def refusing(files: int) -> Iterator[None]:
    """It takes this many files more, and then none."""
    real, left = SftpSession.upload_new, [files]

    def upload(session: SftpSession, path: str, content: bytes) -> None:
        if not left[0]:
            raise Unreachable("HotWax's server is away")
        left[0] -= 1
        real(session, path, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SftpSession, "upload_new", upload)
        yield
