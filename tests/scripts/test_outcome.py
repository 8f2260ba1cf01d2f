from __future__ import annotations

from pathlib import Path

from scripts.test.outcome import Outcome, from_junit, from_vitest

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"><error/></testcase>
<testcase name="d"><skipped message="no engine"/></testcase></testsuite></testsuites>"""


def test_a_junit_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    outcome = from_junit(report, 1)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 2, 1)
    assert outcome.why_skipped == ["no engine"]


def test_a_run_that_ended_badly_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert from_junit(tmp_path / "nothing.xml", 4).failed == 1


def test_a_folder_without_a_fitting_test_counts_nothing(tmp_path: Path) -> None:
    assert from_junit(tmp_path / "nothing.xml", 5) == Outcome()


def test_vitest_is_counted_through_its_colours() -> None:
    words = (
        "\x1b[2m      Tests \x1b[22m \x1b[31m2 failed\x1b[39m | \x1b[32m61 passed\x1b[39m (63)\n"
    )
    outcome = from_vitest(words, 1)
    assert (outcome.passed, outcome.failed) == (61, 2)


def test_a_failed_build_after_passed_tests_is_a_failure() -> None:
    outcome = from_vitest("      Tests  61 passed (61)\nbuild broke\n", 1)
    assert (outcome.passed, outcome.failed) == (61, 1)
