from retailsync_assets_tests.nights.conftest import new_world as new_world
from retailsync_assets_tests.nights.conftest import server as server
