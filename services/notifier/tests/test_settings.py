from __future__ import annotations

from pathlib import Path

import pytest

from notifier.settings import Settings, SettingsError
from notifier.smtp import Tls

GOOD = {
    "DATABASE_URL": "postgresql://u:p@localhost/db",
    "REDIS_URL": "redis://localhost",
    "MAIL_LINK_KEY": "0123456789abcdef0123456789abcdef",
    "SMTP_HOST": "localhost",
    "SMTP_TLS": "none",
    "MAIL_FROM": "CodePlace <codeplace@localhost>",
}


def test_good_settings_are_read() -> None:
    settings = Settings.from_environment(GOOD)
    assert settings.smtp.tls is Tls.NONE
    assert settings.smtp.port == 587
    assert settings.public_url == "https://localhost:8443"


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            {"REDIS_URL": "http://x", "MAIL_LINK_KEY": "short", "SMTP_TLS": "maybe"}
        )
    for name in ("DATABASE_URL", "REDIS_URL", "MAIL_LINK_KEY", "SMTP_HOST", "SMTP_TLS"):
        assert name in str(caught.value)
    assert "short" not in str(caught.value)


def test_a_placeholder_is_refused_as_a_secret() -> None:
    with pytest.raises(SettingsError, match="MAIL_LINK_KEY"):
        Settings.from_environment({**GOOD, "MAIL_LINK_KEY": "change-me-" * 5})


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(GOOD["MAIL_LINK_KEY"] + "\n")
    environment = {**GOOD, "MAIL_LINK_KEY": "", "MAIL_LINK_KEY_FILE": str(file)}
    assert Settings.from_environment(environment).mail_link_key == GOOD["MAIL_LINK_KEY"]


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    assert GOOD["MAIL_LINK_KEY"] not in repr(Settings.from_environment(GOOD))
