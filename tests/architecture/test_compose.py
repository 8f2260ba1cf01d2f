"""The compose file: who can reach whom, what each container may, and that no secret is in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"migrate", "certificates", "seed"}
NEEDED = {
    "gateway",
    "frontend",
    "api",
    "api-intake",
    "api-live",
    "grader",
    "judge",
    "notifier",
    "beat",
    "upkeep",
    "postgres",
    "redis",
    "migrate",
}
PUBLISHED = {"gateway"}
SCALED = {"api", "api-intake", "api-live", "grader", "judge", "notifier", "upkeep"}
SECRET = re.compile(r"(PASSWORD|SECRET|KEY)(_FILE)?$")


def networks(name: str) -> set[str]:
    return set(SERVICES[name].get("networks", []))


def on(network: str) -> set[str]:
    return {name for name in SERVICES if network in networks(name)}


def test_every_service_of_the_architecture_is_there() -> None:
    assert SERVICES.keys() >= NEEDED


def test_only_graders_can_reach_the_judge_and_it_reaches_nothing() -> None:
    (network,) = networks("judge")
    assert on(network) == {"judge", "grader"}
    assert COMPOSE["networks"][network]["internal"] is True


def test_only_those_who_need_it_reach_the_database_and_the_queue() -> None:
    (network,) = networks("postgres")
    assert networks("redis") == {network}
    assert on(network) & {"gateway", "frontend", "judge"} == set()
    assert COMPOSE["networks"][network]["internal"] is True


def test_the_gateway_reaches_the_frontend_only() -> None:
    neighbours = {name for network in networks("gateway") for name in on(network)}
    assert neighbours == {"gateway", "frontend"}


def test_only_the_gateway_is_published() -> None:
    outside = {
        name
        for name, service in SERVICES.items()
        if any(not str(port).startswith("127.0.0.1:") for port in service.get("ports", []))
    }
    assert outside == PUBLISHED


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_is_not_privileged_and_cannot_become_it(name: str) -> None:
    service = SERVICES[name]
    assert not service.get("privileged")
    assert service["cap_drop"] == ["ALL"]
    assert set(service.get("cap_add", [])) <= ({"SETUID", "SETGID"} if name == "judge" else set())
    assert any(option.startswith("no-new-privileges") for option in service["security_opt"])
    assert "docker.sock" not in str(service)
    assert service.get("pid") is None
    assert service.get("network_mode") in {None, "none"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_limits_and_a_read_only_root(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["mem_limit"]
    assert service["pids_limit"]


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - ONE_SHOT))
def test_a_lasting_container_is_started_again_and_can_be_asked(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] in {"unless-stopped", "always"}
    dockerfile = ROOT / service.get("build", {}).get("dockerfile", "no-such-file")
    in_image = dockerfile.is_file() and "HEALTHCHECK" in dockerfile.read_text()
    assert "healthcheck" in service or in_image


@pytest.mark.parametrize("name", sorted(SCALED & SERVICES.keys()))
def test_a_scaled_service_has_no_name_and_no_port_of_its_own(name: str) -> None:
    assert "container_name" not in SERVICES[name]
    assert "ports" not in SERVICES[name]


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_has_a_default(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    for variable, value in environment.items():
        if SECRET.search(variable) and not variable.startswith("GATEWAY_CERTIFICATE"):
            # Empty is allowed where there may be none (SMTP); a literal never is.
            assert re.fullmatch(r"(\$\{[A-Z_]+(:\?[^}]*|:-)?\})?", str(value)), variable


def test_the_example_environment_holds_no_secret() -> None:
    for line in (ROOT / ".env.example").read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            assert not (SECRET.search(name) and value), name
