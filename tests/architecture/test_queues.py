"""Every queue is read by a worker that is started, in the local run and in compose alike."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from contracts.messages import MESSAGES
from contracts.queues import LANE_QUEUES, Lane, Queue
from grader.settings import Settings as GraderSettings
from scripts.local_run.places import Place, Ports
from scripts.local_run.programs import all_programs
from scripts.local_run.secret_values import NAMES

ROOT = Path(__file__).resolve().parents[2]
WORKERS = {"grader": "grader", "notifier": "notifier", "scheduler": "upkeep"}
"""Each service that reads queues, and what its worker process is called."""


def read_by(service: str) -> set[Queue]:
    """Return the queues in the command line that a service gives Celery."""
    found: set[Queue] = set()
    for path in (ROOT / "services" / service / service).rglob("*.py"):
        for argument in re.findall(r'"--queues=(.*)",?$', path.read_text(), re.MULTILINE):
            found |= {Queue[name] for name in re.findall(r"Queue\.([A-Z_]+)", argument)}
            if "settings.queues" in argument:
                found |= set(GraderSettings.queues)
    return found


def test_every_queue_is_read_by_exactly_one_service() -> None:
    readers: dict[Queue, list[str]] = {queue: [] for queue in Queue}
    for service in WORKERS:
        for queue in read_by(service):
            readers[queue].append(service)
    assert {queue: len(services) for queue, services in readers.items()} == dict.fromkeys(Queue, 1)


def test_every_message_goes_to_a_queue_that_its_owner_reads() -> None:
    for message in MESSAGES:
        required = {field: "x" for field in message.__struct_fields__ if field.endswith("_id")}
        assert message(**required).queue in read_by(message.OWNER), message.NAME


def test_every_lane_has_a_queue() -> None:
    assert LANE_QUEUES.keys() == set(Lane)


def test_the_local_run_starts_every_worker_with_all_its_queues(tmp_path: Path) -> None:
    place = Place(tmp_path, Ports())
    programs = {p.name: p for p in all_programs(place, dict.fromkeys(NAMES, "x"), {})}
    for worker in WORKERS.values():
        assert "QUEUES" not in programs[worker].environment


def test_compose_starts_every_worker_with_all_its_queues() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for worker in WORKERS.values():
        assert "QUEUES" not in services[worker]["environment"]
