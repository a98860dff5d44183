import re
import shlex
import sys
import tarfile
import tomllib
from pathlib import Path

from packaging.version import Version
from pre_commit.clientlib import load_config

from retailsync_assets_tests.project.tree import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
SEMANTIC = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)((a|b|rc)\d+)?"


def test_the_version_is_semantic_and_the_changelog_knows_what_comes() -> None:
    assert re.fullmatch(SEMANTIC, VERSION)
    titles = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert titles[0] == "Unreleased"
    released = [Version(title) for title in titles[1:]]
    assert released == sorted(released, reverse=True)


def test_the_source_archive_has_all_that_make_test_needs(wheel: Path) -> None:
    (archive,) = wheel.parent.glob("*.tar.gz")
    assert archive.name == f"retailsync-{VERSION}.tar.gz"
    with tarfile.open(archive) as source:
        top = {name.split("/")[1] for name in source.getnames() if "/" in name}
    needed = {
        "Makefile",
        "docs",
        "deploy",
        "sql",
        "tools",
        "benchmarks",
        "retailsync_assets_tests",
        "requirements.lock",
    }
    assert needed - top == set()


def test_pre_commit_runs_programs_of_this_environment() -> None:
    config = load_config(str(ROOT / ".pre-commit-config.yaml"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    for hook in hooks:
        program = Path(shlex.split(hook["entry"])[0])
        assert program.parent == Path(".venv/bin")
        assert Path(sys.executable).with_name(program.name).exists(), program
