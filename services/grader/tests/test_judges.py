from __future__ import annotations

from contracts.judging import Health, Language
from grader.fakes import FakeClock
from grader.judges import PAUSE_MAX_S, PAUSE_MIN_S, Judge, JudgeDirectory
from grader.watch import resolve


def directory(clock: FakeClock, **slots: int) -> tuple[JudgeDirectory, dict[str, Judge]]:
    made = JudgeDirectory(clock)
    judges = {judge.url: judge for judge in made.keep_only(slots)}
    for url, number in slots.items():
        made.welcome(judges[url], health(number, number), offers("cpp"))
    return made, judges


def health(slots: int, free: int) -> Health:
    return Health(ready=True, rung="fake", slots=slots, slots_free=free)


def offers(*ids: str) -> dict[str, Language]:
    return {
        one: Language(
            id=one,
            name=one,
            version="",
            extensions=[],
            compile_command="",
            run_command="",
            available=one != "broken",
        )
        for one in ids
    }


def test_the_judge_with_most_free_slots_is_held(clock: FakeClock) -> None:
    known, judges = directory(clock, small=1, large=3)
    held = [known.hold() for _ in range(5)]
    assert held.count(judges["large"]) == 3
    assert held.count(judges["small"]) == 1
    assert held[-1] is None


def test_slots_that_others_hold_count_when_choosing(clock: FakeClock) -> None:
    known, judges = directory(clock, one=4, two=4)
    known.welcome(judges["one"], health(4, 1), offers("cpp"))
    assert [known.hold() for _ in range(3)] == [judges["two"]] * 3


def test_a_judge_that_refused_rests_a_little_longer_each_time(clock: FakeClock) -> None:
    known, judges = directory(clock, one=1)
    pauses = []
    for _ in range(8):
        known.pause(judges["one"])
        pauses.append(judges["one"].paused_until - clock.now)
    assert round(pauses[0], 6) == PAUSE_MIN_S
    assert round(pauses[-1], 6) == PAUSE_MAX_S
    assert known.hold() is None
    clock.now += PAUSE_MAX_S
    held = known.hold()
    assert held is judges["one"]
    known.release(held, served=True)
    assert held.pause_s == PAUSE_MIN_S


def test_a_language_that_failed_its_self_test_is_not_offered(clock: FakeClock) -> None:
    known, judges = directory(clock, one=1)
    known.welcome(judges["one"], health(1, 1), offers("cpp", "broken"))
    assert known.anybody_offers("cpp")
    assert not known.anybody_offers("broken")
    assert not known.anybody_offers("rust")
    assert known.hold("broken") is None


def test_a_judge_that_left_the_list_is_forgotten(clock: FakeClock) -> None:
    known, judges = directory(clock, one=1, two=1)
    known.hold()
    assert known.keep_only(["two"]) == [judges["two"]]
    assert not judges["one"].ready


def test_a_name_may_stand_for_several_judges_and_an_unknown_one_for_none() -> None:
    assert "http://127.0.0.1:18200" in resolve(["http://localhost:18200"])
    assert resolve(["http://127.0.0.2", "http://[::1]:5"]) == [
        "http://127.0.0.2:80",
        "http://[::1]:5",
    ]
    assert resolve(["http://judge.invalid:1"]) == []
