from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_run.faults import Fault
from scripts.local_run.gateway import _fill, gateway_environment
from scripts.local_run.places import Place, Ports


def test_only_the_names_given_are_filled_in() -> None:
    source = "listen ${PORT};\nset $host $http_host;\n"
    assert _fill(source, {"PORT": "81"}) == "listen 81;\nset $host $http_host;\n"


def test_a_name_that_nobody_gives_is_told() -> None:
    with pytest.raises(Fault, match="FORGOTTEN"):
        _fill("${FORGOTTEN}", {})


def test_traefik_gets_the_ports_of_its_stack(tmp_path: Path) -> None:
    environment = gateway_environment(Place(tmp_path, Ports(http=81, https=82, nginx=83)))
    assert environment["TRAEFIK_ENTRYPOINTS_WEB_ADDRESS"] == ":81"
    assert environment["TRAEFIK_ENTRYPOINTS_WEBSECURE_ADDRESS"] == ":82"
    assert environment["GATEWAY_FRONTEND_URL"] == "http://127.0.0.1:83"
    assert environment["GATEWAY_PUBLIC_HTTPS_PORT"] == "82"
