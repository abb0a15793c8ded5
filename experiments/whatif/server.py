"""The live page on 127.0.0.1: the page itself and one address that runs the model, nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from experiments.runs.execute import announce_compilation
from experiments.whatif.schema import WhatIfConfig
from experiments.whatif.service import Service, Superseded
from sim.errors import InputError

HOST = "127.0.0.1"

BODY_MAX = 64 * 1024
"""Bytes of a request's body; one of the page has some hundreds."""

PATHS = {"/": "GET", "/run": "POST"}
"""Addresses that there are, each with its method."""

IDLE = 30.0
"""Seconds after which a connection that says nothing is closed."""


class WhatIfServer(ThreadingHTTPServer):
    """Serves one service to browsers on this machine; connections from elsewhere never reach it."""

    daemon_threads = True

    def __init__(self, service: Service, port: int) -> None:
        """Raises ``InputError`` when the port is taken."""
        self.service = service
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            hint = "name another with port=, or port=0 for any that is free"
            raise InputError(f"port={port} cannot be had: {error.strerror or error}; {hint}") from None
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        if self.server_port == 80:
            self.hosts |= {HOST, "localhost"}
        self.page = service.page().encode()

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error; anything else is told in one line."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"pyramid: a request failed: {type(error).__name__}: {error}", file=sys.stderr)


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: HTTPStatus, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


class Handler(BaseHTTPRequestHandler):
    """One connection of a browser."""

    protocol_version = "HTTP/1.1"
    server_version = "pyramid"
    sys_version = ""
    timeout = IDLE

    def do_GET(self) -> None:
        """The page."""
        self._answer("GET")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """A run."""
        self._answer("POST")

    def _answer(self, method: str) -> None:
        try:
            self._check(method)
            if method == "GET":
                self._send(HTTPStatus.OK, self._server.page, "text/html; charset=utf-8")
            else:
                self._send_json(HTTPStatus.OK, self._server.service.run(self._body()))
        except Refused as refused:
            self._refuse(refused.status, str(refused), **refused.headers)
        except InputError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except Superseded:
            self._refuse(HTTPStatus.CONFLICT, "given up: the same page has asked again")
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    @property
    def _server(self) -> WhatIfServer:
        return cast(WhatIfServer, self.server)

    def _check(self, method: str) -> None:
        """Refuses what is not for us: another host's name (DNS rebinding), another site's page, another address."""
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0].strip().lower() not in self._server.hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this server is 127.0.0.1 and nothing else")
        origins = self.headers.get_all("Origin") or []
        if any(origin.strip().lower() not in {f"http://{host}" for host in self._server.hosts} for origin in origins):
            raise Refused(HTTPStatus.FORBIDDEN, "only the page that is served here may ask")
        path = self.path.partition("?")[0]
        if path not in PATHS:
            raise Refused(HTTPStatus.NOT_FOUND, f"there is nothing here; there are: {', '.join(PATHS)}")
        if PATHS[path] != method:
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, f"{path} takes {PATHS[path]}", Allow=PATHS[path])

    def _body(self) -> Any:
        """The JSON of the request's body; refuses one that is none, or too large, or of unknown length."""
        if self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json")
        lengths = self.headers.get_all("Content-Length") or []
        if self.headers.get("Transfer-Encoding") is not None or len(lengths) != 1:
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "a Content-Length is needed, once")
        if not (lengths[0].isascii() and lengths[0].isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST, "the Content-Length is no number")
        if len(lengths[0]) > 9 or int(lengths[0]) > BODY_MAX:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has at most {BODY_MAX:,} bytes")
        try:
            return json.loads(self.rfile.read(int(lengths[0])))
        except (ValueError, RecursionError):
            raise Refused(HTTPStatus.BAD_REQUEST, "the body is no JSON") from None

    def _refuse(self, status: HTTPStatus, message: str, **headers: str) -> None:
        self.close_connection = True  # what is left of a body that was not read is no next request
        self._send_json(status, {"error": message}, Connection="close", **headers)

    def _send_json(self, status: HTTPStatus, values: dict[str, Any], **headers: str) -> None:
        content = json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
        self._send(status, content, "application/json; charset=utf-8", **headers)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        always = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in {**always, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Errors that ``http.server`` finds itself (a method or a line that is none), as JSON too."""
        status = HTTPStatus(code)
        if getattr(self, "command", None) is None:
            self.command = ""
        if not hasattr(self, "request_version"):
            self.request_version = "HTTP/1.1"
        self._refuse(status, status.phrase.lower())

    def log_message(self, format: str, *values: Any) -> None:
        """Nothing: a terminal full of requests helps nobody."""


def serve_page(config: WhatIfConfig, arguments: Sequence[str] = ()) -> int:
    """Serves the page until Ctrl-C; prints its address first.

    Raises ``InputError`` for wrong controls, places or a port that is taken, and ``KeyboardInterrupt`` on Ctrl-C, as
    every command does.
    """
    service = Service(config, arguments)
    announce_compilation(lambda text: print(text, file=sys.stderr, flush=True))
    server = WhatIfServer(service, config.port)
    print(server.address, flush=True)
    print("Ctrl-C ends it. Only this machine can reach it.", file=sys.stderr, flush=True)
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.server_close()
        service.close()
    return 0
