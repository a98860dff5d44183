from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer


def test_it_is_refused_and_told_nothing(new_world: NewWorld, asyncssh_server: AsyncSSHServer) -> None:
    world = new_world(asyncssh_server)
    world.raw()
    (pinned,) = asyncssh_server.fingerprints
    asyncssh_server.rotate_host_keys()
    asyncssh_server.restart()
    (shown,) = asyncssh_server.fingerprints
    refused = world.take()
    assert (refused.state, refused.exit_code, world.files("reset")) == ("held", 4, {})
    assert refused.lines[0].startswith("refused: sftp://")
    assert f"host key mismatch: got {shown}" in refused.lines[0]
    assert f"expected {pinned}" in refused.lines[0]
