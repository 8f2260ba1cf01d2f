"""What the compose file promises, read from the file itself; nothing is started."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from .engine import Engine
from .machine import REPOSITORY, UnfitMachineError, run
from .stack import Stack

pytestmark = [pytest.mark.containers, pytest.mark.timeout(600)]

SECRETS = [
    line.rstrip("=")
    for line in (REPOSITORY / ".env.example").read_text().splitlines()
    if line.endswith("=") and not line.startswith("#")
]

NETWORKS = {
    "gateway": {"edge"},
    "certificates": set(),
    "frontend": {"edge", "app"},
    "api": {"app", "data"},
    "api-intake": {"app", "data"},
    "api-live": {"app", "data"},
    "grader": {"data", "judging"},
    "judge": {"judging"},
    "notifier": {"data", "mail"},
    "beat": {"data"},
    "upkeep": {"data"},
    "postgres": {"data"},
    "redis": {"data"},
    "migrate": {"data"},
    "seed": {"data"},
    "mailsink": {"mail"},
}


@pytest.fixture(scope="module")
def services(stack: Stack) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = stack.configuration()["services"]
    return found


def test_the_file_is_valid_for_compose(stack: Stack) -> None:
    stack.compose("config", "--quiet")


@pytest.mark.parametrize("secret", SECRETS)
def test_compose_refuses_to_start_without_a_secret(
    stack: Stack, engine: Engine, tmp_path: Path, secret: str
) -> None:
    kept = [line for line in stack.settings.read_text().splitlines() if f"{secret}=" not in line]
    settings = tmp_path / "settings.env"
    settings.write_text("\n".join([*kept, f"{secret}="]) + "\n")
    with pytest.raises(UnfitMachineError, match=secret):
        engine.docker(
            "compose",
            "--project-directory",
            REPOSITORY,
            "--file",
            REPOSITORY / "docker-compose.yml",
            "--env-file",
            settings,
            "config",
            "--quiet",
        )


def test_every_service_is_on_its_networks_and_no_other(services: dict[str, dict[str, Any]]) -> None:
    assert {name: set(one.get("networks") or ()) for name, one in services.items()} == NETWORKS


def test_the_inner_networks_lead_nowhere(stack: Stack) -> None:
    networks = stack.configuration()["networks"]
    inner = {name for name, network in networks.items() if network.get("internal")}
    assert inner == {"app", "data", "judging"}


def test_only_the_gateway_and_the_mail_sink_are_published(
    services: dict[str, dict[str, Any]],
) -> None:
    published = {name: one["ports"] for name, one in services.items() if one.get("ports")}
    assert set(published) == {"gateway", "mailsink"}
    assert {port["host_ip"] for port in published["mailsink"]} == {"127.0.0.1"}


def test_every_service_is_fenced_in(services: dict[str, dict[str, Any]]) -> None:
    for name, one in services.items():
        assert one["cap_drop"] == ["ALL"], name
        assert one.get("cap_add", []) == (["SETUID", "SETGID"] if name == "judge" else []), name
        assert "no-new-privileges:true" in one["security_opt"], name
        assert one["read_only"], name
        assert one["mem_limit"], name
        assert one["pids_limit"], name
        assert one["restart"], name
        assert not one.get("privileged"), name
        assert not one.get("container_name"), name


def test_the_site_goes_before_accepting_and_judging(services: dict[str, dict[str, Any]]) -> None:
    usual = 1024
    weight = {name: one.get("cpu_shares", usual) for name, one in services.items()}
    below = {name for name, shares in weight.items() if shares < usual}
    assert below == {"api-intake", "grader", "judge"}


def test_make_env_writes_secrets_that_only_the_owner_reads(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first, second):
        run([sys.executable, REPOSITORY / "scripts/make_env.py", "--output", target])
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert _values(first).keys() == _values(second).keys()
    for secret in SECRETS:
        assert len(_values(first)[secret]) >= 32
        assert _values(first)[secret] != _values(second)[secret]


def test_make_env_keeps_what_is_there_and_adds_what_is_missing(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_text("JUDGE_SECRET=chosen-by-a-person\nPUBLIC_URL=https://judge.example.org\n")
    run([sys.executable, REPOSITORY / "scripts/make_env.py", "--output", target])
    assert _values(target)["JUDGE_SECRET"] == "chosen-by-a-person"
    assert _values(target)["PUBLIC_URL"] == "https://judge.example.org"
    assert set(SECRETS) <= _values(target).keys()


def _values(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if "=" in line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)
