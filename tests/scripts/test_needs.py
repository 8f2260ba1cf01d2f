from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from scripts.local_run import needs
from scripts.local_run.faults import Fault
from scripts.local_run.places import Place, Ports

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, Ports())


def test_a_taken_port_is_named_with_its_process_and_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(Fault) as caught:
            needs.check_ports(Place(tmp_path, Ports(https=port)))
    assert f"{port} (https, by " in str(caught.value)
    assert f"process {os.getpid()}" in str(caught.value)
    assert f"CODEPLACE_HTTPS_PORT={port + 1000} make run" in caught.value.remedy


def test_a_full_disk_is_told_with_what_to_do(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "ROOM_BYTES", 1 << 60)
    with pytest.raises(Fault, match="MiB are free") as caught:
        needs.check_room(place)
    assert "CODEPLACE_DATA_DIR" in caught.value.remedy


def test_without_rights_the_packages_and_the_exact_command_are_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "_administrator", lambda: None)
    monkeypatch.setattr(needs, "command", lambda name: f"/usr/bin/{name}")
    with pytest.raises(Fault, match="lacks: redis-server g\\+\\+") as caught:
        needs.install(place, ["redis-server", "g++"])
    assert "sudo apt-get update && sudo apt-get install -y redis-server g++" in caught.value.remedy


def test_without_apt_another_page_is_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "command", lambda _: None)
    with pytest.raises(Fault, match="has no apt-get") as caught:
        needs.install(place, ["gcc"])
    assert "docs/recipes/other-hosts.md" in caught.value.remedy
