from __future__ import annotations

from pathlib import Path

import pytest

from contracts.queues import Queue
from grader.settings import Settings, SettingsError

GOOD = {
    "DATABASE_URL": "postgresql://u:p@localhost/db",
    "REDIS_URL": "redis://localhost",
    "JUDGE_URLS": "http://one:18200, http://two:18200/",
    "JUDGE_SECRET": "0123456789abcdef0123456789abcdef",
}


def test_good_settings_are_read() -> None:
    settings = Settings.from_environment({**GOOD, "QUEUES": "grading.contest,grading.control"})
    assert settings.judge_urls == ("http://one:18200", "http://two:18200")
    assert settings.queues == (Queue.GRADING_CONTEST, Queue.GRADING_CONTROL)


def test_by_default_every_lane_is_served() -> None:
    queues = Settings.from_environment(GOOD).queues
    assert set(queues) == {queue for queue in Queue if queue.startswith("grading.")}


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            {
                "REDIS_URL": "http://x",
                "JUDGE_SECRET": "short",
                "LEASE_SECONDS": "soon",
                "QUEUES": "notify",
                "LOG_FORMAT": "xml",
            }
        )
    for name in ("DATABASE_URL", "JUDGE_URLS", *("REDIS_URL", "JUDGE_SECRET"), "LEASE_SECONDS"):
        assert name in str(caught.value)
    assert "QUEUES" in str(caught.value)
    assert "LOG_FORMAT" in str(caught.value)
    assert "short" not in str(caught.value)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{GOOD['JUDGE_SECRET']}\n")
    environment = {**GOOD, "JUDGE_SECRET": "", "JUDGE_SECRET_FILE": str(file)}
    assert Settings.from_environment(environment).judge_secret == GOOD["JUDGE_SECRET"]


def test_a_secret_file_that_is_not_there_is_named() -> None:
    environment = {**GOOD, "JUDGE_SECRET": "", "JUDGE_SECRET_FILE": "/nowhere/at/all"}
    with pytest.raises(SettingsError, match="JUDGE_SECRET_FILE"):
        Settings.from_environment(environment)


def test_a_placeholder_is_refused_as_a_secret() -> None:
    with pytest.raises(SettingsError, match="placeholder"):
        Settings.from_environment({**GOOD, "JUDGE_SECRET": "change-me" * 5})


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    assert GOOD["JUDGE_SECRET"] not in repr(Settings.from_environment(GOOD))
