"""Two countries in one sites.toml, each with its own server, database and zone; the same stores and products in both."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retailsync_assets_tests.nights.site_file import written
from retailsync_assets_tests.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer

NEW_YORK = {"time_zone": "America/New_York", "schedule": {"cut_off": "06:00"}}
TOKYO = {"time_zone": "Asia/Tokyo", "subsidiary": "2", "schedule": {"cut_off": "06:00"}}
IN_NEW_YORK, IN_TOKYO = date(2026, 11, 22), date(2026, 11, 22)
