"""Settings: defaults, and every fault at once."""

from pathlib import Path

import pytest

from judge.settings import SettingsError, from_environment

SECRET = "long enough to be one"


def test_only_the_secret_must_be_given() -> None:
    settings = from_environment({"JUDGE_SECRET": SECRET})
    assert (settings.host, settings.port, settings.slots) == ("127.0.0.1", 18200, 0)


def test_all_faults_are_named_at_once() -> None:
    environ = {"JUDGE_PORT": "many", "JUDGE_SLOTS": "-1", "LOG_LEVEL": "loud"}
    with pytest.raises(SettingsError) as caught:
        from_environment(environ)
    named = {fault.split()[0] for fault in caught.value.faults}
    assert named == {"JUDGE_SECRET", "JUDGE_PORT", "JUDGE_SLOTS", "LOG_LEVEL"}


@pytest.mark.parametrize("secret", ["secret", "short", "change-me"])
def test_a_weak_secret_is_refused_in_production_only(secret: str) -> None:
    with pytest.raises(SettingsError, match="JUDGE_SECRET"):
        from_environment({"JUDGE_SECRET": secret})
    assert from_environment({"JUDGE_SECRET": secret, "ENVIRONMENT": "development"})


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    settings = from_environment({"JUDGE_SECRET_FILE": str(tmp_path / "secret")})
    assert settings.secret == SECRET


def test_a_secret_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="JUDGE_SECRET_FILE"):
        from_environment({"JUDGE_SECRET_FILE": str(tmp_path / "none")})
