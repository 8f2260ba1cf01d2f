from __future__ import annotations

import pytest

from api.testing import Client

pytestmark = pytest.mark.database


def test_a_process_with_its_database_is_ready(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "missing": []})


def test_an_unknown_address_is_answered_in_the_readers_language(client: Client) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "ko"})
    assert answer.status_code == 404
    assert answer.json == {
        "error": {"code": "not_found", "message": "찾을 수 없거나 볼 수 있는 권한이 없습니다."}
    }
    assert answer.headers["X-Request-ID"]
