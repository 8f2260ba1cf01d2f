from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from sqlalchemy import select

from api.errors import NotFound
from api.packages import commands
from api.packages.testing import package, zipped
from api.problems.testing import add_problem
from api.resources import Resources
from api.testing import make_user
from database.engine import SessionFactory, transaction
from database.models import Problem

pytestmark = pytest.mark.database


def run(resources: Resources, *argv: str | Path) -> int:
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())
    arguments = parser.parse_args(["problem", "import", *map(str, argv)])
    status: int = arguments.run(resources, arguments)
    return status


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "sums.zip"
    path.write_bytes(zipped(package()).getvalue())
    return path


def slugs(sessions: SessionFactory) -> list[tuple[str, str]]:
    with transaction(sessions) as db:
        rows = db.execute(select(Problem.slug, Problem.visibility).order_by(Problem.slug))
        return [(slug, visibility) for slug, visibility in rows]


def test_a_zip_and_a_folder_are_imported(
    resources: Resources,
    sessions: SessionFactory,
    packed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path, content in package().items():
        target = tmp_path / "folder" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(content))
    assert run(resources, packed, tmp_path / "folder", "--publish") == 0
    assert slugs(sessions) == [("folder", "public"), ("sums", "public")]
    assert f"{packed}: imported as sums with 2 test cases" in capsys.readouterr().out


def test_a_refused_package_is_told_with_all_its_faults_and_stops_no_other(
    resources: Resources,
    sessions: SessionFactory,
    packed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = tmp_path / "broken.zip"
    changes = {"problem.yaml": "name: x\nfoo: 1\n", "data/secret/01.ans": None}
    broken.write_bytes(zipped(package(changes)).getvalue())
    assert run(resources, broken, tmp_path / "nothing.zip", packed) == 1
    told = capsys.readouterr().out
    assert "error: problem.yaml:2: Unknown key: foo" in told
    assert "error: data/secret/01.in: The answer data/secret/01.ans is missing." in told
    assert "nothing.zip: No such file or directory" in told
    assert slugs(sessions) == [("sums", "draft")]


def test_a_dry_run_writes_nothing(
    resources: Resources, sessions: SessionFactory, packed: Path
) -> None:
    assert run(resources, packed, "--dry-run") == 0
    assert slugs(sessions) == []


def test_an_operator_may_replace_anybodys_problem_and_it_keeps_its_author(
    resources: Resources, sessions: SessionFactory, packed: Path
) -> None:
    author = make_user(sessions, "author")
    add_problem(sessions, "other", author_id=author.id)
    assert run(resources, packed, "--slug", "other") == 0
    with transaction(sessions) as db:
        assert db.scalars(select(Problem.author_id)).all() == [author.id]


def test_the_author_of_a_new_problem_can_be_named(
    resources: Resources, sessions: SessionFactory, packed: Path
) -> None:
    author = make_user(sessions, "author")
    assert run(resources, packed, "--author", "author") == 0
    with transaction(sessions) as db:
        assert db.scalars(select(Problem.author_id)).all() == [author.id]
    with pytest.raises(NotFound):
        run(resources, packed, "--author", "nobody-here")


def test_one_slug_is_not_for_several_packages(resources: Resources, packed: Path) -> None:
    assert run(resources, packed, packed, "--slug", "x") == 2
