from __future__ import annotations

import pytest
from sqlalchemy import func, select

from api.broker import FakeBroker
from api.testing import Cast, Client
from contracts.messages import SendVerificationMail
from database.engine import SessionFactory
from database.models import EmailVerification, User

pytestmark = pytest.mark.database

CARO = {
    "username": "caro",
    "email": "Caro@example.org",
    "password": "a quiet lantern",
    "display_name": " Caro  Lim ",
}


def faults_of(client: Client, **changes: object) -> dict[str, list[str]]:
    answer = client.post("/auth/register", {**CARO, **changes})
    assert answer.status_code == 422, answer.text
    assert answer.json is not None
    assert answer.json["error"]["code"] == "validation_failed"
    fields: dict[str, list[str]] = answer.json["error"]["fields"]
    return fields


def test_a_new_account_is_answered_and_a_mail_is_asked_for(
    client: Client, sessions: SessionFactory, broker: FakeBroker, noise: None
) -> None:
    answer = client.post("/auth/register", CARO)
    assert answer.status_code == 201
    assert answer.json is not None
    user = answer.json["user"]
    assert (user["username"], user["display_name"]) == ("caro", "Caro  Lim")
    assert user["email_verified_at"] is None
    assert user["verify_by"] > user["created_at"]
    assert user["locale"] == "en"
    assert user["roles"] == []
    assert "password" not in answer.text
    with sessions() as db:
        verification = db.scalars(select(EmailVerification)).one()
    assert str(verification.user_id) == user["id"]
    assert broker.sent == [SendVerificationMail(email_verification_id=str(verification.id))]


def test_an_account_is_made_although_the_queue_is_away(client: Client, broker: FakeBroker) -> None:
    broker.ill = True
    assert client.post("/auth/register", CARO).status_code == 201


def test_the_language_follows_the_page_unless_it_is_named(client: Client) -> None:
    korean = client.post("/auth/register", CARO, headers={"Accept-Language": "ko-KR,en;q=0.5"})
    assert korean.json is not None
    assert korean.json["user"]["locale"] == "ko"
    named = {**CARO, "username": "dana", "email": "dana@example.org", "locale": "ko"}
    answer = client.post("/auth/register", named)
    assert answer.json is not None
    assert answer.json["user"]["locale"] == "ko"


def test_every_fault_is_told_at_once(client: Client) -> None:
    faults = faults_of(client, username="A!", email="nobody", password="short", display_name="  ")
    assert faults == {
        "username": [
            "A user name has 3 to 20 characters.",
            "A user name has only lower-case letters, digits, _ and -.",
        ],
        "email": ["This is not an e-mail address."],
        "password": ["A password has at least 8 characters."],
        "display_name": ["This may not be empty."],
    }


def test_faults_are_told_in_korean_to_korean_readers(client: Client) -> None:
    answer = client.post("/auth/register?lang=ko", {**CARO, "email": "x"})
    assert answer.status_code == 422
    client.headers["Accept-Language"] = "ko"
    assert faults_of(client, email="x") == {"email": ["올바른 이메일 주소가 아닙니다."]}


@pytest.mark.parametrize(
    "username",
    ["ab", "a" * 21, "Caro", "ca ro", "caro!", "카로카로", "-caro", "caro_", "root"],
)
def test_a_bad_user_name_is_refused(client: Client, username: str) -> None:
    assert list(faults_of(client, username=username)) == ["username"]


@pytest.mark.parametrize(
    "email",
    [
        "caro",
        "caro@",
        "@example.org",
        "caro@example",
        "caro@@example.org",
        "caro@exa mple.org",
        "caro@example.org\nBcc: x@example.org",
        ".caro@example.org",
        "ca..ro@example.org",
        "caro@-example.org",
        "카로@example.org",
        f"{'a' * 65}@example.org",
        f"caro@{'a' * 250}.org",
    ],
)
def test_what_is_not_an_address_is_refused(client: Client, email: str) -> None:
    assert list(faults_of(client, email=email)) == ["email"]


@pytest.mark.parametrize("email", ["a@b.co", "caro+tag@mail.example.co.kr", "o'neil@x-y.org"])
def test_unusual_addresses_are_taken(client: Client, email: str) -> None:
    assert client.post("/auth/register", {**CARO, "email": email}).status_code == 201


@pytest.mark.parametrize(
    "password",
    [
        "1234567",
        "x" * 129,
        "password",
        "Password123!",
        "P@ssw0rd2026",
        "12345678",
        "qwertyuiop",
        "1q2w3e4r",
        "abcabcabc",
        "aaaaaaaaaa",
        "iloveyou1",
        "dkssudgktpdy",
        "caro@example.org",
    ],
)
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    assert list(faults_of(client, password=password)) == ["password"]


@pytest.mark.parametrize("password", ["tr0ub4dor&3x", "비밀번호는길게쓰자", "x9$kQ2vT"])
def test_a_good_password_is_taken_as_it_is(client: Client, password: str) -> None:
    assert client.post("/auth/register", {**CARO, "password": password}).status_code == 201


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "a\nb", "\ue000"])
def test_a_display_name_with_invisible_characters_is_refused(client: Client, name: str) -> None:
    assert list(faults_of(client, display_name=name)) == ["display_name"]


def test_a_taken_name_or_address_is_refused_without_regard_to_case(
    client: Client, cast: Cast
) -> None:
    faults = faults_of(client, username="ada", email="ADA@example.org")
    assert sorted(faults) == ["email", "username"]


def test_unknown_and_mistyped_fields_are_refused(client: Client, sessions: SessionFactory) -> None:
    faults = faults_of(client, roles=["admin"], username=7, email=None, is_admin=True)
    assert faults == {
        "roles": ["There is no such field."],
        "is_admin": ["There is no such field."],
        "username": ["This must be text."],
        "email": ["This may not be null."],
    }
    with sessions() as db:
        assert db.scalar(select(func.count()).select_from(User)) == 0


def test_text_that_cannot_be_stored_is_refused(client: Client) -> None:
    faults = faults_of(client, display_name="a\0b", password="\ud800" + "x" * 10)
    assert faults == {
        "display_name": ["This may not hold NUL characters."],
        "password": ["This is not valid Unicode text."],
    }


def test_a_missing_field_is_named(client: Client) -> None:
    answer = client.post("/auth/register", {"username": "caro"})
    assert answer.json is not None
    assert sorted(answer.json["error"]["fields"]) == ["email", "password"]


def test_too_many_accounts_from_one_address_are_refused_for_a_while(client: Client) -> None:
    for number in range(120):
        client.post("/auth/register", {**CARO, "username": "x", "email": str(number)})
    answer = client.post("/auth/register", CARO)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
