"""What a new site starts with. Adds what is missing and changes nothing that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from api.packages.faults import Faults
from api.packages.service import Options, import_package, operator_importer
from api.resources import Resources
from api.seed import store
from api.seed.files import SeedFiles
from database.engine import transaction
from database.models import Announcement

AUTHOR: Final = "setter"
"""The member of the demo cast whose problems these are, where there is one."""


@dataclass(frozen=True)
class SeedProblem:
    """A problem and what its package cannot say."""

    slug: str
    difficulty: str


PROBLEMS: Final = (
    SeedProblem("a-plus-b", "very_low"),
    SeedProblem("closest-pair-sum", "low"),
    SeedProblem("around-the-pond", "mid"),
)

WELCOME_EN: Final = "Welcome to CodePlace"
WELCOME_KO: Final = "CodePlace에 오신 것을 환영합니다"
BODY_EN: Final = """\
Start with **[A + B](/problems/a-plus-b)**: read the statement, write a program in the editor, run
it on the samples, and submit. The verdict appears by itself, without reloading.

- *Closest Pair Sum* tells an $O(N \\log N)$ solution from an $O(N^2)$ one.
- *Around the Pond* wants floating-point numbers, and forgives an error of $10^{-6}$.

The languages page shows the exact commands that compile and run your program.
"""
BODY_KO: Final = """\
**[A + B](/problems/a-plus-b)** 문제부터 시작해 보세요. 지문을 읽고, 편집기에서 코드를 쓰고,
예제로 실행해 본 다음 제출하면 됩니다. 채점 결과는 새로 고치지 않아도 나타납니다.

- “목표에 가장 가까운 두 수”는 $O(N \\log N)$ 풀이와 $O(N^2)$ 풀이를 가려냅니다.
- “연못 돌아가기”는 실수를 다루며 $10^{-6}$까지의 오차를 허용합니다.

언어 안내에서 컴파일과 실행에 쓰는 명령을 그대로 볼 수 있습니다.
"""


def seed(resources: Resources, say: Callable[[str], None]) -> None:
    """Add the problems and the announcement that are not there yet."""
    with transaction(resources.sessions) as db:
        known = store.slugs(db)
        author_id = store.user_id(db, AUTHOR)
    for problem in PROBLEMS:
        if problem.slug in known:
            say(f"{problem.slug}: there already")
            continue
        faults = Faults()
        options = Options(slug=problem.slug, publish=True, difficulty=problem.difficulty)
        files = SeedFiles(problem.slug, faults)
        made = import_package(resources, operator_importer(author_id), files, faults, options)
        say(f"{problem.slug}: imported with {made.test_case_count} test cases")
    with transaction(resources.sessions) as db:
        if author_id is not None:
            # The first seeding comes before there are accounts.
            store.adopt(db, [problem.slug for problem in PROBLEMS], author_id)
        if not store.has_announcement(db, WELCOME_EN):
            store.add_announcement(
                db,
                Announcement(
                    title_en=WELCOME_EN,
                    title_ko=WELCOME_KO,
                    body_en=BODY_EN,
                    body_ko=BODY_KO,
                    is_pinned=True,
                    author_id=author_id,
                    published_at=resources.clock.now(),
                ),
            )
            say("announcement: added")
