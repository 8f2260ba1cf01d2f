from __future__ import annotations

from pathlib import Path

from scripts.local_run import secret_values
from scripts.local_run.places import Place, Ports


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    place = Place(tmp_path, Ports())
    first = secret_values.load(place)
    assert secret_values.load(place) == first
    assert set(first) == set(secret_values.NAMES)
    assert len(set(first.values())) == len(first)
    assert place.secrets.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_came_later_is_added_and_the_others_stay(tmp_path: Path) -> None:
    place = Place(tmp_path, Ports())
    place.secrets.write_text("JUDGE_SECRET=kept\n")
    place.secrets.chmod(0o644)
    known = secret_values.load(place)
    assert known["JUDGE_SECRET"] == "kept"
    assert len(known) == len(secret_values.NAMES)
    assert place.secrets.stat().st_mode & 0o777 == 0o600
