"""A real web server on the loopback interface that can be made to misbehave, file by file."""

import functools
import gzip
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

Fault = Callable[["Handler", bytes], None]


class Server(ThreadingHTTPServer):
    """Serves a folder; `faults` are what happens instead, by the end of the path: once each where it is a list."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.ranges = True
        self.etags = True
        self.down = False
        self.faults: dict[str, Fault | list[Fault]] = {}
        self.requests: list[tuple[str, str]] = []
        self.served = 0
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self, end: str) -> list[str]:
        """The Range header of each request for paths with this end; empty where there was none."""
        return [part for path, part in self.requests if path.endswith(end)]

    def fault(self, path: str) -> Fault | None:
        for end, fault in self.faults.items():
            if path.endswith(end):
                if not isinstance(fault, list):
                    return fault
                return fault.pop(0) if fault else None
        return None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no fault of the server."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET as RFC 9110 has it, ranges to the end of a file among it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = unquote(self.path).lstrip("/")
        self.server.requests.append((path, self.headers.get("Range", "")))
        fault = status(503) if self.server.down else self.server.fault(path)
        file = self.server.folder / path
        data = file.read_bytes() if file.is_file() else b""
        if fault:
            fault(self, data)
        elif file.is_file():
            self.answer(data)
        else:
            self.start(404, 0)

    def answer(self, data: bytes) -> None:
        """The file, or the part of it that is asked for."""
        part = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        unchanged = self.headers.get("If-Range") in (None, etag(data))
        if not (part and self.server.ranges and unchanged):
            self.whole(data)
        elif int(part[1]) >= len(data):
            self.start(416, 0, {"Content-Range": f"bytes */{len(data)}"})
        else:
            begin = int(part[1])
            self.start(
                206,
                len(data) - begin,
                self.tags(data) | {"Content-Range": f"bytes {begin}-{len(data) - 1}/{len(data)}"},
            )
            self.body(data[begin:])

    def whole(self, data: bytes, length: int | None = None) -> None:
        self.start(200, len(data) if length is None else length, self.tags(data))
        self.body(data)

    def tags(self, data: bytes) -> dict[str, str]:
        return {"ETag": etag(data)} if self.server.etags else {}

    def start(self, code: int, length: int | None, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in {"Last-Modified": formatdate(0, usegmt=True), **(headers or {})}.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def body(self, data: bytes) -> None:
        for at in range(0, len(data), 1 << 16):
            self.wfile.write(data[at : at + (1 << 16)])
            self.server.served += len(data[at : at + (1 << 16)])

    def reset(self) -> None:
        """End the connection with a reset."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nothing is told."""


def etag(data: bytes) -> str:
    return f'"{sha256(data).hexdigest()[:16]}"'


# Faults


def status(code: int, headers: dict[str, str] | None = None) -> Fault:
    return lambda handler, _: handler.start(code, 0, headers)


def redirect(target: str) -> Fault:
    return status(302, {"Location": target})


def endless_redirect(handler: Handler, _: bytes) -> None:
    """A redirection with a body that never ends."""
    handler.start(302, None, {"Location": "/elsewhere"})
    forever(handler)


def endless(handler: Handler, _: bytes) -> None:
    handler.start(200, None, {"Connection": "close"})
    handler.close_connection = True
    forever(handler)


def forever(handler: Handler) -> None:
    while not handler.server.ended.is_set():
        handler.body(b"x" * (1 << 16))


def stalls(after: int) -> Fault:
    """Send so many bytes, then nothing more."""

    def fault(handler: Handler, data: bytes) -> None:
        handler.start(200, len(data))
        handler.body(data[:after])
        handler.wfile.flush()
        handler.server.ended.wait(20)
        handler.close_connection = True

    return fault


def trickles(handler: Handler, data: bytes) -> None:
    """Send a byte now and then."""
    handler.start(200, len(data))
    for byte in data:
        if handler.server.ended.is_set():
            break
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def truncates(share: float) -> Fault:
    """End the connection after a share of what is asked for, whole or in part."""

    def fault(handler: Handler, data: bytes) -> None:
        sent = 0

        def body(rest: bytes) -> None:
            nonlocal sent
            sent = int(len(rest) * share)
            Handler.body(handler, rest[:sent])

        handler.body = body  # type: ignore[method-assign]
        handler.answer(data)
        handler.close_connection = True

    return fault


def resets(after: int) -> Fault:
    def fault(handler: Handler, data: bytes) -> None:
        handler.start(200, len(data), handler.tags(data))
        handler.body(data[:after])
        handler.reset()

    return fault


def corrupts(handler: Handler, data: bytes) -> None:
    """Turn one bit of the file, whichever part is asked for."""
    handler.answer(data[:-1] + bytes([data[-1] ^ 1]))


def other(data: bytes) -> Fault:
    """Serve other bytes."""
    return lambda handler, _: handler.answer(data)


def states_length(change: int) -> Fault:
    """State another length than that of what is sent."""

    def fault(handler: Handler, data: bytes) -> None:
        handler.whole(data, len(data) + change)
        handler.close_connection = True

    return fault


def states_range(text: str) -> Fault:
    """Answer a part, whatever is asked for, and state that it is another."""
    return lambda handler, data: (handler.start(206, len(data), {"Content-Range": text}), handler.body(data))[0]


def gzipped(handler: Handler, data: bytes) -> None:
    packed = gzip.compress(data, mtime=0)
    handler.start(200, len(packed), {"Content-Encoding": "gzip"})
    handler.body(packed)


def bomb(handler: Handler, _: bytes) -> None:
    """A small answer that unpacks to 600 MB."""
    handler.start(200, len(bomb_bytes()), {"Content-Encoding": "gzip"})
    handler.body(bomb_bytes())


@functools.cache
def bomb_bytes() -> bytes:
    return gzip.compress(bytes(100 << 20), mtime=0) * 6


def chunked(handler: Handler, data: bytes) -> None:
    handler.start(200, None, {"Transfer-Encoding": "chunked"})
    for at in range(0, len(data), 1000):
        piece = data[at : at + 1000]
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
