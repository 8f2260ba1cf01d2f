from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from api import cli
from api.actor import Scope
from api.operators import demo
from api.resources import Resources
from api.testing import Client
from database.engine import SessionFactory
from database.models import User
from database.testing import TestDatabase

pytestmark = pytest.mark.database


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database: TestDatabase) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url("api"))
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setenv("MAIL_LINK_KEY", "k" * 32)
    monkeypatch.setenv("DATABASE_POOL", "1")


def test_the_accounts_file_lets_scripts_sign_in(
    resources: Resources, app: Flask, client: Client, tmp_path: Path
) -> None:
    path = tmp_path / "local" / "accounts.json"
    demo.write(resources, path, "https://localhost:8443", "/ca.crt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = json.loads(path.read_text())
    assert (content["base_url"], content["ca_file"]) == ("https://localhost:8443", "/ca.crt")
    assert {"admin", "setter", "student"} <= set(content["accounts"])
    for name, key in content["accounts"].items():
        body = {"login": key["login"], "password": key["password"]}
        answer = client.post("/auth/login", body)
        assert answer.status_code == 200, name
        headers = {"Authorization": f"Bearer {key['token']}"}
        me = Client(app.test_client(), headers=headers).get("/me")
        assert me.json is not None
        assert me.json["username"] == name


def test_writing_the_accounts_again_changes_nothing(resources: Resources, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    first = demo.write(resources, path, "https://a", "/ca")
    assert demo.write(resources, path, "https://a", "/ca") == first


def test_a_lost_accounts_file_is_made_anew(
    resources: Resources, sessions: SessionFactory, tmp_path: Path, client: Client
) -> None:
    path = tmp_path / "accounts.json"
    first = demo.write(resources, path, "https://a", "/ca")
    path.write_text("[]")
    second = demo.write(resources, path, "https://a", "/ca")
    assert first["ada"].password != second["ada"].password
    body = {"login": "ada", "password": second["ada"].password}
    assert client.post("/auth/login", body).status_code == 200
    with sessions() as db:
        assert db.scalar(select(func.count()).select_from(User)) == len(demo.CAST)


def test_an_operator_makes_an_account_with_a_reserved_name(
    environment: None, sessions: SessionFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["account", "create", "root", "root@example.org", "--role", "admin"]) == 0
    assert "made root with the password " in capsys.readouterr().out
    with sessions() as db:
        user = db.scalars(select(User)).one()
    assert (user.roles, user.email_verified_at is not None) == (["admin"], True)
    assert cli.main(["account", "list"]) == 0
    assert "root@example.org (proven)" in capsys.readouterr().out


def test_a_bad_account_is_refused_with_reasons(
    environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["account", "create", "X", "nobody"]) == 2
    told = capsys.readouterr().err
    assert "username: A user name has 3 to 20 characters." in told
    assert "email: This is not an e-mail address." in told


def test_missing_settings_are_named_all_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "MAIL_LINK_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert cli.main(["account", "list"]) == 2
    told = capsys.readouterr().err
    assert "DATABASE_URL is missing; REDIS_URL is missing; MAIL_LINK_KEY is missing" in told


def test_the_demo_tokens_may_do_all_that_their_owners_may(
    resources: Resources, tmp_path: Path
) -> None:
    keys = demo.write(resources, tmp_path / "accounts.json", "https://a", "/ca")
    actor = resources.authenticator.by_token(keys["admin"].token)
    assert actor is not None
    assert actor.is_admin
    assert actor.scopes == frozenset(Scope)


def test_the_command_writes_the_accounts_file(
    environment: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "accounts.json"
    assert cli.main(["accounts", "--write", str(path)]) == 0
    content = json.loads(path.read_text())
    assert content["base_url"] == "https://localhost:8443"
    assert content["ca_file"] == str(tmp_path / "tls" / "ca.crt")
    assert "admin, setter, student" in capsys.readouterr().out
