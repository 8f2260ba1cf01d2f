from __future__ import annotations

from pathlib import Path

from scripts.local_run.logs import _Followed


def test_half_a_line_waits_for_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    followed = _Followed(path, from_end=False)
    assert followed.new_lines() == []
    path.write_text("one\ntw")
    assert followed.new_lines() == ["one"]
    with path.open("a") as file:
        file.write("o\n")
    assert followed.new_lines() == ["two"]


def test_a_file_that_was_begun_anew_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("old and long\n")
    followed = _Followed(path, from_end=True)
    assert followed.new_lines() == []
    path.rename(tmp_path / "a.log.1")
    path.write_text("new\n")
    assert followed.new_lines() == ["new"]
