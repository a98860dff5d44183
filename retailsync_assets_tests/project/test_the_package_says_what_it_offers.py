from importlib.metadata import version

import retailsync_assets


def test_in_its_directory_and_each_name_is_there() -> None:
    assert set(retailsync_assets.__all__) <= set(dir(retailsync_assets))
    assert all(getattr(retailsync_assets, name) for name in retailsync_assets.__all__)


def test_and_its_version() -> None:
    assert "__version__" in dir(retailsync_assets)
    assert retailsync_assets.__version__ == version("retailsync")
