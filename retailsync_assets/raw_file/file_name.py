"""What a raw file's name says: whose it is, and of which instant its stock is."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from retailsync_assets.config.loader import Site

HOSTILE = re.compile(r"""[/\\'"`$;|&<>*?\[\]!{}]|\.\.|^[-~]""")


@dataclass(frozen=True)
class RawName:
    """`stamp` as it stands in the name, `as_of` the instant it means, in UTC."""

    stamp: str
    as_of: datetime


def parse_name(site: Site, name: str) -> RawName | None:
    """What a name says, or None if it isn't a raw file of this site: another subsidiary, a part, a hostile name.

    A local stamp that the autumn night has twice means the earlier instant: it may undersell an hour, never oversell.
    """
    match = re.compile(site.retail_pro.file_name).fullmatch(name)
    if match is None or match["subsidiary"] != site.subsidiary or "/" in name or not name.isprintable():
        return None
    try:
        local = datetime.strptime(match["as_of"], "%Y%m%d%H%M%S").replace(
            tzinfo=ZoneInfo(site.retail_pro.as_of_time_zone)
        )
    except ValueError:
        return None
    return RawName(match["as_of"], local.astimezone(UTC))


def is_hostile(name: str) -> bool:
    """Does a shell, a path, a pattern or a terminal read something into it? Nobody names a file so by chance."""
    return not name.isprintable() or HOSTILE.search(name) is not None
