from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import api
from api.settings import Environment, Role, Settings, SettingsError

GOOD = {
    "DATABASE_URL": "postgresql://codeplace_api:x@127.0.0.1/codeplace",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "MAIL_LINK_KEY": "0123456789abcdef0123456789abcdef",
}


def faults(**environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({**GOOD, **environ})
    return str(caught.value)


def test_what_is_needed_is_enough() -> None:
    settings = Settings.from_environment(GOOD)
    assert (settings.role, settings.environment) == (Role.API, Environment.DEVELOPMENT)


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            **GOOD,
            "API_ROLE": "intake",
            "ENVIRONMENT": "production",
            "PUBLIC_URL": "https://judge.example.org/",
            "DATABASE_POOL": "9",
            "REGISTRATION_OPEN": "false",
            "EMAIL_VERIFICATION_GRACE_HOURS": "0",
            "SUBMISSION_RATE": "5/minute",
            "PLAYGROUND_RATE": "7/hour",
            "MAX_BODY_BYTES": "2048",
            "MAX_PACKAGE_BYTES": "4096",
            "TRUSTED_PROXY_HOPS": "2",
            "LIVE_MAX_STREAMS": "5",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "text",
        }
    )
    default = Settings.from_environment(GOOD)
    for field in dataclasses.fields(Settings):
        if field.name not in {"database_url", "redis_url", "mail_link_key"}:
            assert getattr(settings, field.name) != getattr(default, field.name), field.name
    assert settings.public_url == "https://judge.example.org"


def test_all_faults_are_told_at_once_and_no_secret_is_repeated() -> None:
    told = faults(
        DATABASE_URL="mysql://x", MAIL_LINK_KEY="hunter2", DATABASE_POOL="many", API_ROLE="page"
    )
    for name in ("DATABASE_URL", "MAIL_LINK_KEY", "DATABASE_POOL", "API_ROLE"):
        assert f"{name}: " in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUBMISSION_RATE", "often"),
        ("REGISTRATION_OPEN", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_URL", "localhost"),
        ("TRUSTED_PROXY_HOPS", "-1"),
        ("MAIL_LINK_KEY", "change-me-change-me-change-me-change-me"),
    ],
)
def test_a_malformed_value_is_named(name: str, value: str) -> None:
    assert faults(**{name: value}).startswith(f"{name}: ")


def test_production_is_served_over_https_only() -> None:
    told = faults(ENVIRONMENT="production", PUBLIC_URL="http://judge.example.org")
    assert "PUBLIC_URL: must begin with https" in told


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("f" * 40 + "\n")
    environ = {**GOOD, "MAIL_LINK_KEY": "", "MAIL_LINK_KEY_FILE": str(path)}
    assert Settings.from_environment(environ).mail_link_key == "f" * 40
    told = faults(MAIL_LINK_KEY="", MAIL_LINK_KEY_FILE=str(tmp_path / "none"))
    assert "MAIL_LINK_KEY_FILE: No such file" in told


def test_the_readme_names_every_setting() -> None:
    source = (Path(api.__file__).parent / "settings.py").read_text()
    readme = (Path(api.__file__).parents[1] / "README.md").read_text()
    names = set(re.findall(r'reader\.(?:required|optional)\(\s*"([A-Z_]+)"', source))
    assert len(names) == len(dataclasses.fields(Settings))
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []
