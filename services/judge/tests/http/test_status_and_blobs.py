"""Blobs, languages, health, metrics, and who may ask."""

import hashlib
from pathlib import Path

import pytest

from judge.http.rig import Rig


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/judgements"),
        ("POST", "/v1/playground-runs"),
        ("PUT", f"/v1/blobs/{'0' * 64}"),
        ("POST", "/v1/blobs/missing"),
        ("GET", "/v1/languages"),
    ],
)
def test_nothing_is_done_without_the_secret(rig: Rig, method: str, path: str) -> None:
    status, body, _ = rig.request(method, path, b"{}", secret="another")
    assert (status, body["code"]) == (401, "wrong_secret")


def test_health_and_metrics_are_open(rig: Rig) -> None:
    status, body, _ = rig.request("GET", "/v1/health", secret="")
    assert (status, body["ready"], body["slots"]) == (200, True, 1)
    status, text, _ = rig.request("GET", "/metrics", secret="")
    assert status == 200
    assert b"judge_slots_free 1.0" in text


def test_a_stored_file_is_not_missing_any_more(rig: Rig) -> None:
    blob = rig.store(b"data")
    other = "f" * 64
    query = {"sha256": [blob["sha256"], other]}
    assert rig.request("POST", "/v1/blobs/missing", query)[1] == {"missing": [other]}


def test_bytes_with_another_hash_are_refused_and_leave_nothing(rig: Rig, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"right").hexdigest()
    status, body, _ = rig.request("PUT", f"/v1/blobs/{sha256}", b"wrong")
    assert (status, body["code"]) == (400, "blob_refused")
    assert list((tmp_path / "blobs").iterdir()) == []


def test_a_name_that_is_no_hash_is_refused(rig: Rig) -> None:
    assert rig.request("PUT", "/v1/blobs/..%2Fevil", b"x")[0] in {400, 404}
    assert rig.request("PUT", f"/v1/blobs/{'G' * 64}", b"x")[0] == 400


def test_languages_are_listed_with_their_commands(rig: Rig) -> None:
    (language,) = rig.request("GET", "/v1/languages")[1]["languages"]
    assert language["id"] == "fake"
    assert language["available"] is True
    assert language["compile_command"] == "fakec main.fake"


def test_an_unknown_path_is_answered_in_the_same_shape(rig: Rig) -> None:
    status, body, _ = rig.request("GET", "/v1/nothing")
    assert (status, body["code"]) == (404, "not_found")
