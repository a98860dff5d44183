"""No skip goes unseen: the last section of the output names each, and under CI one of them fails the session."""

from collections import defaultdict

import pytest

from retailsync_assets_tests.servers.missing import UNDER_CI


def skipped(reporter: pytest.TerminalReporter) -> dict[str, list[str]]:
    """Why something was not tested → what was not tested."""
    found: dict[str, list[str]] = defaultdict(list)
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        found[reason.removeprefix("Skipped: ")].append(report.nodeid)
    return found


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter: pytest.TerminalReporter | None = session.config.pluginmanager.get_plugin("terminalreporter")
    if UNDER_CI and reporter and skipped(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    not_tested = skipped(terminalreporter)
    if not not_tested:
        return
    terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
    for reason, tests in sorted(not_tested.items()):
        terminalreporter.line(reason, bold=True)
        for test in tests:
            terminalreporter.line(f"    {test}")
    if UNDER_CI:
        terminalreporter.line("CI is set: what is not tested has failed.", red=True)
