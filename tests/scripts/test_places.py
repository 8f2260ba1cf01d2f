from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_run.faults import Fault
from scripts.local_run.places import Place, Ports


def test_ports_are_those_of_the_architecture_unless_told_otherwise() -> None:
    ports = Ports.from_environment({})
    assert (ports.http, ports.https, ports.postgres) == (8080, 8443, 15432)


def test_a_port_is_moved_by_its_variable() -> None:
    assert Ports.from_environment({"CODEPLACE_API_LIVE_PORT": "9000"}).api_live == 9000


@pytest.mark.parametrize("value", ["0", "65536", "-1", "http", "8 443"])
def test_what_is_no_port_is_refused_by_name(value: str) -> None:
    with pytest.raises(Fault, match="CODEPLACE_HTTPS_PORT"):
        Ports.from_environment({"CODEPLACE_HTTPS_PORT": value})


def test_all_ports_differ() -> None:
    numbers = [port for _, port in Ports().items()]
    assert len(set(numbers)) == len(numbers)


def test_a_socket_with_a_long_path_moves_to_a_short_one(tmp_path: Path) -> None:
    deep = Place(tmp_path / ("x" * 120), Ports())
    assert len(str(deep.supervisor_socket)) <= 100
    near = Place(Path("/srv/codeplace/.local"), Ports())
    assert near.supervisor_socket == Path("/srv/codeplace/.local/run/supervisor.sock")


def test_two_stacks_have_different_marks(tmp_path: Path) -> None:
    assert Place(tmp_path / "a", Ports()).mark != Place(tmp_path / "b", Ports()).mark


def test_the_usual_port_of_https_is_not_named_in_the_address(tmp_path: Path) -> None:
    assert Place(tmp_path, Ports(https=443)).base_url == "https://localhost"
    assert Place(tmp_path, Ports()).base_url == "https://localhost:8443"
