"""Whether an account may write to a folder, judged by permission bits: no test file is written there."""

from retailsync_assets.resources.sftp.session import Permissions

ROOT = 0
WRITE_AND_ENTER = 0o3


def may_write(folder: Permissions, own: Permissions) -> bool | None:
    """Whether the owner of `own` may create, rename and remove files in a folder.

    None: unknown, as the folder's group may write and the account may belong to it.
    """
    owner, group, others = ((folder.mode >> shift) & WRITE_AND_ENTER == WRITE_AND_ENTER for shift in (6, 3, 0))
    if own.uid == ROOT:
        return True
    if folder.uid == own.uid:
        return owner
    if folder.gid == own.gid:
        return group
    return True if others else None if group else False
