"""A small live service and a small static page, made once."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.whatif.schema import WhatIfConfig
from experiments.whatif.server import HOST, WhatIfServer
from experiments.whatif.service import Service
from experiments.whatif.static import write_static
from petition_pyramid import scenario

TINY = ("province=tiny", "after=status_quo")


def config_of(*overrides: str, **values: Any) -> WhatIfConfig:
    """The command's configuration for a scenario by its overrides."""
    base = scenario(*overrides)
    parts = {name: getattr(base, name) for name in ("province", "calendar", "before", "after", "behaviour", "stress")}
    return WhatIfConfig(**parts, **values)


@pytest.fixture(scope="session")
def server() -> Iterator[WhatIfServer]:
    """A live server of the tiny province on a free port."""
    with serving(Service(config_of(*TINY))) as server:
        yield server


class serving:
    """Serves a service in a thread for as long as the block lasts."""

    def __init__(self, service: Service) -> None:
        self.server = WhatIfServer(service, 0)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> WhatIfServer:
        self.thread.start()
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.server.service.close()
        self.thread.join(10)


Ask = Callable[..., tuple[int, dict[str, str], Any]]


@pytest.fixture
def ask(server: WhatIfServer) -> Ask:
    """Asks the server: status, headers and body, JSON read."""

    def asked(
        method: str = "POST", path: str = "/run", body: Any = None, headers: dict[str, str | None] | None = None
    ) -> tuple[int, dict[str, str], Any]:
        connection = http.client.HTTPConnection(HOST, server.server_port, timeout=60)
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        wanted: dict[str, str | None] = {
            "Host": f"{HOST}:{server.server_port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
            **(headers or {}),
        }
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in wanted.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(content)
        response = connection.getresponse()
        text = response.read()
        is_json = (response.headers.get_content_type()) == "application/json"
        connection.close()
        return response.status, dict(response.headers), json.loads(text) if is_json and text else text.decode()

    return asked


@pytest.fixture(scope="session")
def static_config() -> WhatIfConfig:
    """A static page of few runs of a short world."""
    config = config_of("places=[621222]", "after=status_quo", size=32, replicates=2)
    calendar = replace(config.calendar, start="2017-01-01")
    return replace(config, calendar=calendar, levers=list(LEVERS), stresses=["push_down", "double_counting"])


LEVERS = ("centre.coverage_township", "petition.acceptance", "petition.registration_county")


@pytest.fixture(scope="session")
def static_page(static_config: WhatIfConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that ``pyramid whatif --static`` writes."""
    path = tmp_path_factory.mktemp("static") / "whatif.html"
    assert write_static(static_config, path, quiet=True) == 0
    return path


def data_of(page: str) -> dict[str, Any]:
    """What a page carries."""
    _, _, rest = page.partition('<script type="application/json" id="data">')
    found: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return found
