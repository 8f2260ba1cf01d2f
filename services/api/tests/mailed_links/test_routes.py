from __future__ import annotations

from uuid import UUID

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import update
from werkzeug.test import TestResponse

from api.accounts.hashing import Argon2Hasher
from api.broker import FakeBroker
from api.mailed_links import signer
from api.settings import Settings
from api.testing import Cast, Client, make_user
from contracts.links import LINK_MAX_AGE_S, LinkPurpose
from contracts.messages import SendPasswordResetMail, SendVerificationMail
from database.base import new_id
from database.engine import SessionFactory, transaction
from database.models import User

pytestmark = pytest.mark.database

NEW = {"username": "caro", "email": "caro@example.org", "password": "a quiet lantern"}


def code(answer: TestResponse) -> str:
    assert answer.status_code in {409, 422}, answer.text
    assert answer.json is not None
    found: str = answer.json["error"]["code"]
    return found


def verification_token(settings: Settings, broker: FakeBroker) -> str:
    message = broker.sent[-1]
    assert isinstance(message, SendVerificationMail)
    identity = UUID(message.email_verification_id)
    return signer.sign(settings.mail_link_key, LinkPurpose.VERIFY_EMAIL, identity)


def reset_token(settings: Settings, broker: FakeBroker) -> str:
    message = broker.sent[-1]
    assert isinstance(message, SendPasswordResetMail)
    identity = UUID(message.password_reset_id)
    return signer.sign(settings.mail_link_key, LinkPurpose.RESET_PASSWORD, identity)


def test_following_the_link_proves_the_address_also_twice(
    client: Client, settings: Settings, broker: FakeBroker, noise: None
) -> None:
    client.post("/auth/register", NEW)
    token = verification_token(settings, broker)
    assert client.post("/auth/verify-email", {"token": token}).status_code == 204
    answer = client.post("/auth/login", {"login": "caro", "password": NEW["password"]}).json
    assert answer is not None
    first = answer["user"]["email_verified_at"]
    assert first
    assert answer["user"]["verify_by"] is None
    assert client.post("/auth/verify-email", {"token": token}).status_code == 204
    me = client.get("/me").json
    assert me is not None
    assert me["email_verified_at"] == first


def test_a_link_of_another_kind_key_or_request_is_refused(
    client: Client, settings: Settings, broker: FakeBroker
) -> None:
    client.post("/auth/register", NEW)
    message = broker.sent[-1]
    assert isinstance(message, SendVerificationMail)
    identity = UUID(message.email_verification_id)
    key = settings.mail_link_key
    for token in (
        signer.sign(key, LinkPurpose.RESET_PASSWORD, identity),
        signer.sign("x" * 32, LinkPurpose.VERIFY_EMAIL, identity),
        signer.sign(key, LinkPurpose.VERIFY_EMAIL, new_id()),
        verification_token(settings, broker)[:-1],
        "x",
        "카로",
    ):
        assert code(client.post("/auth/verify-email", {"token": token})) == "link_invalid"


def test_an_old_link_is_refused_as_old(
    client: Client, settings: Settings, broker: FakeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/auth/register", NEW)
    now = TimestampSigner("x").get_timestamp()
    age = LINK_MAX_AGE_S[LinkPurpose.VERIFY_EMAIL] + 1
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: now - age)
        token = verification_token(settings, broker)
    assert code(client.post("/auth/verify-email", {"token": token})) == "link_expired"


def test_a_link_to_an_address_that_was_changed_proves_nothing(
    client: Client, settings: Settings, broker: FakeBroker, sessions: SessionFactory
) -> None:
    client.post("/auth/register", NEW)
    with transaction(sessions) as db:
        db.execute(update(User).values(email="other@example.org"))
    token = verification_token(settings, broker)
    assert code(client.post("/auth/verify-email", {"token": token})) == "link_invalid"


def test_another_mail_can_be_asked_for_a_few_times(client: Client, broker: FakeBroker) -> None:
    client.post("/auth/register", NEW)
    client.post("/auth/login", {"login": "caro", "password": NEW["password"]})
    cookie = client.http.get_cookie("csrf_token")
    assert cookie is not None
    client.csrf_token = cookie.value
    for _ in range(3):
        assert client.post("/auth/verify-email/resend").status_code == 202
    assert len(broker.sent) == 4
    assert client.post("/auth/verify-email/resend").status_code == 429


def test_a_proven_address_gets_no_more_mail(cast: Cast, broker: FakeBroker) -> None:
    assert code(cast.ada.post("/auth/verify-email/resend")) == "email_already_verified"
    assert cast.visitor.post("/auth/verify-email/resend").status_code == 401
    assert broker.sent == []


def test_asking_for_a_new_password_tells_nothing(
    cast: Cast, client: Client, broker: FakeBroker
) -> None:
    known = client.post("/auth/password-reset", {"login": "ADA@example.org"})
    unknown = client.post("/auth/password-reset", {"login": "nobody@example.org"})
    assert (known.status_code, known.json) == (unknown.status_code, unknown.json) == (202, {})
    assert len(broker.sent) == 1


def test_the_fourth_mail_in_a_row_is_not_sent_and_not_told(
    cast: Cast, client: Client, broker: FakeBroker
) -> None:
    answers = {client.post("/auth/password-reset", {"login": "ada"}).status_code for _ in range(6)}
    assert answers == {202}
    assert len(broker.sent) == 3


@pytest.fixture
def caro(sessions: SessionFactory) -> User:
    old = Argon2Hasher().hash("a quiet lantern")
    return make_user(sessions, "caro", verified=False, password_hash=old)


def test_the_link_sets_a_password_signs_out_everywhere_and_works_once(
    caro: User, cast: Cast, client: Client, settings: Settings, broker: FakeBroker, noise: None
) -> None:
    client.post("/auth/login", {"login": "caro", "password": "a quiet lantern"})
    client.post("/auth/password-reset", {"login": "caro"})
    token = reset_token(settings, broker)
    body = {"token": token, "password": "a louder lantern"}
    assert client.post("/auth/password-reset/confirm", body).status_code == 204
    assert client.get("/me").status_code == 401
    assert cast.ada.get("/me").status_code == 200
    answer = client.post("/auth/login", {"login": "caro", "password": "a louder lantern"}).json
    assert answer is not None
    assert answer["user"]["email_verified_at"]
    assert code(client.post("/auth/password-reset/confirm", body)) == "link_used"


def test_using_one_link_uses_up_all_the_others(
    caro: User, client: Client, settings: Settings, broker: FakeBroker
) -> None:
    client.post("/auth/password-reset", {"login": "caro"})
    older = reset_token(settings, broker)
    client.post("/auth/password-reset", {"login": "caro"})
    newer = reset_token(settings, broker)
    path = "/auth/password-reset/confirm"
    assert client.post(path, {"token": newer, "password": "a louder lantern"}).status_code == 204
    answer = client.post(path, {"token": older, "password": "another lantern"})
    assert code(answer) == "link_used"


def test_a_bad_password_leaves_the_link_usable(
    caro: User, client: Client, settings: Settings, broker: FakeBroker
) -> None:
    client.post("/auth/password-reset", {"login": "caro"})
    token = reset_token(settings, broker)
    path = "/auth/password-reset/confirm"
    answer = client.post(path, {"token": token, "password": "short"})
    assert code(answer) == "validation_failed"
    assert client.post(path, {"token": token, "password": "a louder lantern"}).status_code == 204


def test_a_new_password_does_not_turn_the_second_factor_off(
    client: Client, settings: Settings, broker: FakeBroker, sessions: SessionFactory
) -> None:
    make_user(sessions, "dana", totp_secret="JBSWY3DPEHPK3PXP")
    client.post("/auth/password-reset", {"login": "dana"})
    body = {"token": reset_token(settings, broker), "password": "a louder lantern"}
    assert client.post("/auth/password-reset/confirm", body).status_code == 204
    answer = client.post("/auth/login", {"login": "dana", "password": "a louder lantern"})
    assert answer.json is not None
    assert answer.json["error"]["code"] == "totp_required"
