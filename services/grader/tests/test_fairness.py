from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from contracts.queues import Lane
from grader.fairness import FRESH_S, MEMORY_S, Turns, fair_order
from grader.fakes import FakeClock, FakeRow, MemoryJudgements
from grader.work import Material, Waiting

ADA, BELA, CORA = (UUID(int=n) for n in (1, 2, 3))


def waiting(*users: UUID) -> list[Waiting]:
    return [Waiting(judgement_id=UUID(int=100 + n), user_id=user) for n, user in enumerate(users)]


def order(ones: list[Waiting], served: dict[UUID, int] | None = None) -> list[int]:
    return [judgement_id.int - 100 for judgement_id in fair_order(ones, served or {})]


def test_one_user_is_served_in_the_order_of_sending() -> None:
    assert order(waiting(ADA, ADA, ADA)) == [0, 1, 2]


def test_nobody_stands_behind_more_than_one_of_somebody_else() -> None:
    assert order(waiting(ADA, ADA, ADA, BELA, CORA, BELA)) == [0, 3, 4, 1, 5, 2]


def test_who_was_served_lately_stands_behind_who_was_not() -> None:
    assert order(waiting(ADA, BELA, BELA), {ADA: 1}) == [1, 0, 2]


@given(st.lists(st.sampled_from([ADA, BELA, CORA]), max_size=30))
def test_everybody_waiting_is_in_the_order_once(users: list[UUID]) -> None:
    ones = waiting(*users)
    assert sorted(order(ones)) == list(range(len(ones)))


@given(st.lists(st.sampled_from([ADA, BELA, CORA]), max_size=30))
def test_at_every_moment_shares_differ_by_one_at_most(users: list[UUID]) -> None:
    owner = {one.judgement_id: one.user_id for one in waiting(*users)}
    left, served = Counter(users), Counter[UUID]()
    for judgement_id in fair_order(waiting(*users), {}):
        served[owner[judgement_id]] += 1
        hungry = [user for user in left if served[user] < left[user]]
        assert all(served[owner[judgement_id]] <= served[user] + 1 for user in hungry)


class Lanes:
    """Turns on a memory store."""

    def __init__(self, material: Material) -> None:
        self.clock = FakeClock()
        self.store = MemoryJudgements(self.clock)
        self.turns = Turns(self.store, self.clock)
        self._material = material

    def queue(self, user: UUID) -> None:
        self.store.add(FakeRow(judgement_id=uuid4(), user_id=user, material=self._material))

    def next_user(self) -> UUID | None:
        claim = self.turns.claim_next(Lane.PRACTICE)
        return claim.user_id if claim else None


def test_a_thousand_of_one_user_do_not_hold_back_the_next(material: Material) -> None:
    lanes = Lanes(material)
    for _ in range(1000):
        lanes.queue(ADA)
    assert [lanes.next_user() for _ in range(3)] == [ADA] * 3
    lanes.queue(BELA)
    lanes.clock.now += FRESH_S
    assert lanes.next_user() == BELA
    assert lanes.next_user() == ADA


def test_one_slot_alternates_between_two_users(material: Material) -> None:
    lanes = Lanes(material)
    for user in [ADA] * 5 + [BELA] * 5:
        lanes.queue(user)
    served = []
    for _ in range(10):
        served.append(lanes.next_user())
        lanes.clock.now += 1.0
    assert Counter(served[:6]) == {ADA: 3, BELA: 3}


def test_a_new_submission_is_seen_at_once_when_nothing_else_waits(material: Material) -> None:
    lanes = Lanes(material)
    assert lanes.next_user() is None
    lanes.queue(ADA)
    assert lanes.next_user() == ADA


def test_what_was_served_long_ago_is_forgotten(material: Material) -> None:
    lanes = Lanes(material)
    lanes.queue(ADA)
    lanes.next_user()
    lanes.clock.now += MEMORY_S + 1
    lanes.queue(ADA)
    lanes.queue(BELA)
    assert lanes.next_user() == ADA
