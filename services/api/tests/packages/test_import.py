from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

import api.packages
from api.packages import service
from api.packages.faults import Faults
from api.packages.files import ZipFiles
from api.packages.messages import MESSAGES
from api.packages.testing import Content, package, zipped
from api.problems.testing import offer_languages
from api.resources import Resources
from api.settings import Settings
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction
from database.models import Blob, DataSet, JuryProgram, Problem, TestCase

pytestmark = pytest.mark.database

HYDRO: Mapping[str, Content] = {
    "problem.yaml": "pid: H1\ntitle: First\n",
    "problem.md": "Add.\n",
    "testdata/1.in": "1 2\n",
    "testdata/1.out": "3\n",
}


def send(
    client: Client, changes: Mapping[str, Content | None] | None = None, **form: str
) -> TestResponse:
    return send_file(client, zipped(package(changes)), **form)


def send_file(client: Client, file: io.BytesIO, **form: str) -> TestResponse:
    data = {"package": (file, form.pop("filename", "sums.zip")), **form}
    return client.post("/problems/import", data=data, content_type="multipart/form-data")


def counts(sessions: SessionFactory) -> dict[str, int]:
    with transaction(sessions) as db:
        return {
            model.__tablename__: db.scalar(select(func.count()).select_from(model)) or 0
            for model in (Problem, DataSet, TestCase, Blob, JuryProgram)
        }


def test_a_package_becomes_a_problem(cast: Cast, sessions: SessionFactory) -> None:
    answer = send(cast.jury)
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["problem"] == {
        "slug": "sums",
        "number": 1000,
        "title": "Sums",
        "visibility": "draft",
        "data_set_version": 1,
        "test_case_count": 2,
        "created": True,
    }
    assert answer.json["warnings"] == []
    assert counts(sessions) == {
        "problems": 1,
        "data_sets": 1,
        "test_cases": 2,
        "blobs": 4,
        "jury_programs": 1,
    }


def test_who_imported_a_draft_sees_it_and_submits_to_it_at_once(
    cast: Cast, anything: SessionFactory
) -> None:
    offer_languages(anything)
    send(cast.jury)
    shown = cast.jury.get("/problems/sums").json
    assert shown is not None
    assert shown["samples"] == [{"name": "1", "input": "1 2\n", "output": "3\n"}]
    assert shown["limits"]["cpu_time_ms"] == 1500
    body = {"problem": "sums", "source": "print(3)", "filename": "a.py"}
    assert cast.jury.post("/submissions", body).status_code == 202
    assert cast.ada.post("/submissions", body).status_code == 422
    assert cast.ada.get("/problems/sums").status_code == 404


def test_a_published_import_is_for_everybody(cast: Cast) -> None:
    send(cast.admin, publish="true")
    assert cast.visitor.get("/problems/sums?lang=ko").json is not None
    assert cast.visitor.get("/problems/sums?lang=ko").json["title"] == "합"  # type: ignore[index]


def test_a_new_version_keeps_the_problem_and_adds_a_data_set(
    cast: Cast, sessions: SessionFactory
) -> None:
    send(cast.jury, publish="true")
    answer = send(cast.jury, {"data/secret/02.in": "7 8\n", "data/secret/02.ans": "15\n"})
    assert answer.json is not None
    assert answer.json["problem"]["created"] is False
    assert answer.json["problem"]["data_set_version"] == 2
    assert answer.json["problem"]["visibility"] == "public"
    assert counts(sessions)["problems"] == 1
    with transaction(sessions) as db:
        assert db.scalars(select(DataSet.test_case_count).order_by(DataSet.version)).all() == [2, 3]


def test_the_same_data_again_makes_no_new_version(cast: Cast, sessions: SessionFactory) -> None:
    send(cast.jury)
    answer = send(cast.jury, {"statement/problem.en.md": "Better words.\n"})
    assert answer.json is not None
    assert answer.json["problem"]["data_set_version"] == 1
    assert counts(sessions)["data_sets"] == 1


def test_somebody_elses_slug_is_not_overwritten(cast: Cast, sessions: SessionFactory) -> None:
    send(cast.admin, publish="true")
    answer = send(cast.jury)
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["error"]["code"] == "slug_taken"
    assert send(cast.jury, slug="my-sums").status_code == 201


def test_imports_at_the_same_time_get_numbers_of_their_own(
    cast: Cast, resources: Resources, sessions: SessionFactory
) -> None:
    assert cast.jury.user_id is not None
    importer = service.operator_importer(cast.jury.user_id)

    def run(slug: str) -> int | None:
        faults = Faults()
        files = ZipFiles(zipped(package()), "x.zip", faults)
        options = service.Options(slug=slug)
        return service.import_package(resources, importer, files, faults, options).number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(run, ["a", "b", "c", "d", "a", "b", "c", "d"]))
    assert sorted(set(numbers), key=str) == [1000, 1001, 1002, 1003]
    assert (counts(sessions)["problems"], counts(sessions)["blobs"]) == (4, 4)


@pytest.mark.parametrize("who", ["ada", "bela", "visitor"])
def test_participants_may_not_import(cast: Cast, who: str, sessions: SessionFactory) -> None:
    answer = send(cast.everybody[who])
    assert answer.status_code == (401 if who == "visitor" else 403)
    assert counts(sessions)["problems"] == 0


def test_a_dry_run_writes_nothing(cast: Cast, sessions: SessionFactory) -> None:
    answer = send(cast.jury, {"submissions/accepted/sums.py": None}, dry_run="true")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["dry_run"] is True
    assert [note["code"] for note in answer.json["warnings"]] == ["no_accepted_program"]
    assert set(counts(sessions).values()) == {0}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The answer data/sample/1.ans is missing."), ("ko", "답 파일")]
)
def test_a_refused_package_names_every_fault_in_the_readers_language(
    cast: Cast, sessions: SessionFactory, language: str, words: str
) -> None:
    changes = {"data/sample/1.ans": None, "problem.yaml": "name: x\nfoo: 1\ntype: scoring\n"}
    data = {"package": (zipped(package(changes)), "x.zip")}
    answer = cast.jury.post(
        "/problems/import",
        data=data,
        content_type="multipart/form-data",
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 422
    assert answer.json is not None
    error = answer.json["error"]
    assert error["code"] == "package_invalid"
    assert [(detail["file"], detail["line"]) for detail in error["details"]] == [
        ("data/sample/1.in", None),
        ("problem.yaml", 2),
        ("problem.yaml", 3),
    ]
    assert error["details"][0]["message"].startswith(words)
    assert set(counts(sessions).values()) == {0}


def test_a_damaged_file_found_late_leaves_nothing(cast: Cast, sessions: SessionFactory) -> None:
    raw = bytearray(zipped(package({"data/secret/01.ans": "x" * 5000})).getvalue())
    at = raw.index(b"data/secret/01.ans") + len("data/secret/01.ans")
    raw[at + 5] ^= 0xFF
    forms: tuple[dict[str, str], ...] = ({}, {"dry_run": "true"})
    for form in forms:
        answer = send_file(cast.jury, io.BytesIO(bytes(raw)), **form)
        assert answer.status_code == 422
        assert answer.json is not None
        assert answer.json["error"]["details"][0]["file"] == "data/secret/01.ans"
    assert set(counts(sessions).values()) == {0}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"slug": "Not A Slug"}, "slug"),
        ({"format": "tarball"}, "format"),
        ({"colour": "red"}, "colour"),
        ({"dry_run": "perhaps"}, "dry_run"),
    ],
)
def test_a_wrong_form_field_is_named(cast: Cast, form: dict[str, str], field: str) -> None:
    answer = send(cast.jury, None, **form)
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


def test_a_request_without_the_file_says_so(cast: Cast) -> None:
    answer = cast.jury.post(
        "/problems/import", data={"slug": "x"}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == ["package"]


def test_an_unknown_format_is_said(cast: Cast) -> None:
    answer = send_file(cast.jury, zipped({"readme.txt": ""}))
    assert answer.json is not None
    assert answer.json["error"]["code"] == "package_format_unknown"


def test_a_package_may_be_larger_than_other_bodies_but_not_endless(
    cast: Cast, settings: Settings
) -> None:
    big = {f"data/secret/{n}.{kind}": os.urandom(700_000) for n in (5, 6) for kind in ("in", "ans")}
    assert send(cast.jury, big).status_code == 201
    object.__setattr__(settings, "max_package_bytes", 1_000_000)
    answer = send(cast.jury, big)
    assert answer.status_code == 413
    assert answer.json is not None
    assert answer.json["error"]["code"] == "body_too_large"


def test_every_sentence_about_packages_is_there_for_every_code() -> None:
    used = set()
    for path in Path(api.packages.__file__).parent.rglob("*.py"):
        used |= set(re.findall(r'\.(?:error|warn)\(\s*"(\w+)"', path.read_text()))
    missing = {code for code in used if f"package.{code}" not in MESSAGES}
    assert missing == set()


def test_several_problems_of_one_file_are_imported_together(
    cast: Cast, sessions: SessionFactory
) -> None:
    files = {f"{number}/{path}": content for number in (1, 2) for path, content in HYDRO.items()}
    files["2/problem.yaml"] = "pid: H2\ntitle: Second\n"
    answer = send_file(cast.jury, zipped(files))
    assert answer.status_code == 201
    assert answer.json is not None
    assert [one["slug"] for one in answer.json["problems"]] == ["h1", "h2"]
    assert answer.json["problem"] == answer.json["problems"][0]
    assert counts(sessions)["problems"] == 2
    refused = send_file(cast.jury, zipped(files), slug="one")
    assert refused.json is not None
    assert list(refused.json["error"]["fields"]) == ["slug"]


def test_of_several_problems_none_is_kept_when_one_is_faulty(
    cast: Cast, sessions: SessionFactory
) -> None:
    files = {f"1/{path}": content for path, content in HYDRO.items()}
    files["2/problem.yaml"] = "pid: H2\n"
    answer = send_file(cast.jury, zipped(files))
    assert answer.status_code == 422
    assert set(counts(sessions).values()) == {0}


def test_bare_data_needs_a_name_for_its_problem(cast: Cast) -> None:
    files = {"1.in": "1 2\n", "1.out": "3\n"}
    answer = send_file(cast.jury, zipped(files))
    assert answer.json is not None
    assert answer.json["error"]["code"] == "slug_needed"
    named = send_file(cast.jury, zipped(files), slug="named", format="bare")
    assert named.status_code == 201
    assert named.json is not None
    assert "statement_empty" in [note["code"] for note in named.json["warnings"]]


def test_a_document_by_itself_is_imported_with_its_tests(
    cast: Cast, sessions: SessionFactory
) -> None:
    document = (
        "<fps version='1.2'><item><title>Fps Sums</title><time_limit unit='s'>1</time_limit>"
        "<memory_limit unit='mb'>64</memory_limit><test_input>1 2</test_input>"
        "<test_output>3</test_output></item></fps>"
    )
    answer = send_file(cast.jury, io.BytesIO(document.encode()), filename="sums.xml")
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["problem"]["slug"] == "fps-sums"
    assert counts(sessions)["blobs"] == 2


def test_a_format_that_is_named_is_the_only_one_tried(cast: Cast) -> None:
    answer = send(cast.jury, None, format="polygon")
    assert answer.json is not None
    assert [(one["code"], one["file"]) for one in answer.json["error"]["details"]] == [
        ("file_missing", "problem.xml")
    ]
