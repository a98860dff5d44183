from retailsync_assets_tests.end_to_end.nights.conftest import new_world as new_world
from retailsync_assets_tests.end_to_end.nights.conftest import server as server
