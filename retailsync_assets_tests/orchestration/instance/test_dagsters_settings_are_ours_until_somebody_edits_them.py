from importlib.resources import files
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance import dagster_home
from retailsync_assets.orchestration.instance.dagster_home import prepare

SHIPPED = files("retailsync_assets.orchestration.instance").joinpath("dagster.yaml").read_bytes()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return tmp_path / "dagster/dagster.yaml"


def older_release(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another text was shipped, and placed."""
    package = settings.parent.parent / "older"
    package.mkdir()
    (package / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with monkeypatch.context() as patch:
        patch.setattr(dagster_home, "files", lambda _: package)
        prepare(Home(settings.parent.parent))
    assert settings.read_bytes() != SHIPPED


def test_they_are_placed_where_there_are_none(settings: Path) -> None:
    prepare(Home(settings.parent.parent))
    assert settings.read_bytes() == SHIPPED


def test_a_newer_release_replaces_those_of_an_older(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_release(settings, monkeypatch)
    prepare(Home(settings.parent.parent))
    assert settings.read_bytes() == SHIPPED


def test_edited_ones_stay(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_release(settings, monkeypatch)
    settings.write_text(edited := settings.read_text() + "nux: {enabled: true}\n")
    prepare(Home(settings.parent.parent))
    assert settings.read_text() == edited


def test_somebody_elses_stay(settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text("telemetry: {enabled: true}\n")
    prepare(Home(settings.parent.parent))
    assert settings.read_text() == "telemetry: {enabled: true}\n"
