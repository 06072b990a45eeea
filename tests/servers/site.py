"""A real web site on 127.0.0.1 for tests: pages can be put, changed, taken away, misbehave; all asked is logged.

with Site({"/news/": "<h1>News</h1>"}) as site:
    site.put("/news/one/", "<h1>One</h1>", headers={"Content-Type": "text/html"})
    fetch(session, site.url("/news/one/"), now)
    assert site.log[-1].status == 200
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Seen:
    """One request and the status it was answered with."""

    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    status: int


@dataclass(frozen=True)
class Answer:
    """What a path answers. A `length` above the body's breaks off early; `drip` sends the body a byte at a time."""

    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    etag: bool = True
    length: int | None = None
    drip: float = 0.0


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away early is no news to a web site."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Site:
    """A site with the given pages (path → body). A path may carry a query; without one it answers every query."""

    def __init__(self, pages: Mapping[str, str | bytes] | None = None, *, host: str = "127.0.0.1") -> None:
        self.log: list[Seen] = []
        self.answers: dict[str, Answer] = {}
        self._host = host
        self._lock = threading.Lock()
        self.closing = threading.Event()
        for path, body in (pages or {}).items():
            self.put(path, body)

    def __enter__(self) -> Site:
        self._server = _Server((self._host, 0), _handler(self))
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str = "/") -> str:
        return f"http://{self._host}:{self.port}{path}"

    def put(
        self,
        path: str,
        body: str | bytes,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        *,
        etag: bool = True,
    ) -> None:
        """Serve `body` at `path` from now on. {site} in a text body stands for the site's own address."""
        content = body.encode() if isinstance(body, str) else body
        suffix = "." + path.rpartition(".")[2] if "." in path.rpartition("/")[2] else ".html"
        heads = {"Content-Type": TYPES.get(suffix, TYPES[".html"]), **(headers or {})}
        self._set(path, Answer(content, heads, status, etag))

    def put_folder(self, folder: Path, at: str = "/") -> None:
        """Serve the files of a folder; `index.html` answers for its folder. Bytes are served as they are."""
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            path = at + file.relative_to(folder).as_posix()
            self.put(
                path.removesuffix("index.html"),
                file.read_bytes(),
                {"Content-Type": TYPES.get(file.suffix, TYPES[".html"])},
            )

    def remove(self, path: str) -> None:
        """404 from now on."""
        with self._lock:
            self.answers.pop(path, None)

    def gone(self, path: str) -> None:
        self._set(path, Answer(b"gone", {"Content-Type": "text/html"}, 410))

    def fail(self, path: str, status: int, headers: Mapping[str, str] | None = None) -> None:
        self._set(path, Answer(b"no", {"Content-Type": "text/html", **(headers or {})}, status))

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self._set(path, Answer(b"", {"Location": to}, status))

    def drip(self, path: str, body: bytes, every: float) -> None:
        """A byte each `every` seconds, until the site closes."""
        self._set(path, Answer(body, {"Content-Type": "text/html"}, drip=every))

    def break_off(self, path: str, body: bytes, promised: int) -> None:
        """Say `promised` bytes and close after `body`."""
        self._set(path, Answer(body, {"Content-Type": "text/html"}, length=promised, etag=False))

    def bomb(self, path: str, size: int) -> None:
        """A small gzip body that unpacks to `size` zeros."""
        packed = gzip.compress(b"0" * 1_000_000, mtime=0) * (size // 1_000_000)
        self._set(path, Answer(packed, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, etag=False))

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for seen in self.log if seen.path == path)

    def wait_for(self, path: str, seconds: float = 30.0) -> None:
        """Returns when a path was asked for; fails after `seconds`."""
        until = time.monotonic() + seconds
        while not self.asked(path):
            if time.monotonic() > until:
                raise AssertionError(f"{path} was not asked for within {seconds} s, only {self.paths()}")
            time.sleep(0.02)

    def paths(self) -> list[str]:
        return [seen.path for seen in self.log]

    def _set(self, path: str, answer: Answer) -> None:
        with self._lock:
            self.answers[path] = answer

    def answer(self, path: str) -> Answer:
        with self._lock:
            found = (
                self.answers.get(path) or self.answers.get(unquote(path)) or self.answers.get(path.partition("?")[0])
            )
        if found is None:
            return Answer(b"<h1>Not found</h1>", {"Content-Type": "text/html"}, 404)
        if b"{site}" in found.body:
            return replace(found, body=found.body.replace(b"{site}", self.url("").encode()))
        return found

    def note(self, seen: Seen) -> None:
        with self._lock:
            self.log.append(seen)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30
        disable_nagle_algorithm = True

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            asked = {k.lower(): v for k, v in self.headers.items()}
            answer = site.answer(self.path)
            etag = f'"{hashlib.sha1(answer.body).hexdigest()[:16]}"' if answer.etag and answer.status == 200 else ""
            if _unchanged(asked, answer, etag):
                site.note(Seen("GET", self.path, asked, 304))
                self._head(304, {"ETag": etag} if etag else {}, None)
                return
            site.note(Seen("GET", self.path, asked, answer.status))
            length = len(answer.body) if answer.length is None else answer.length
            heads = {**answer.headers, **({"ETag": etag} if etag else {})}
            try:
                self._head(answer.status, heads, length)
                self._body(answer)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_HEAD = do_GET  # noqa: N815

        def _head(self, status: int, heads: Mapping[str, str], length: int | None) -> None:
            self.send_response(status)
            for name, value in heads.items():
                self.send_header(name, value)
            if length is not None:
                self.send_header("Content-Length", str(length))
            self.end_headers()

        def _body(self, answer: Answer) -> None:
            if self.command == "HEAD":
                return
            for piece in _pieces(answer):
                self.wfile.write(piece)
                if answer.drip and site.closing.wait(answer.drip):
                    break
            if answer.length is not None or answer.drip:
                self.close_connection = True

    return Handler


def _pieces(answer: Answer) -> Iterable[bytes]:
    if not answer.drip:
        return [answer.body]
    return [answer.body[i : i + 1] for i in range(len(answer.body))]


def _unchanged(asked: Mapping[str, str], answer: Answer, etag: str) -> bool:
    if answer.status != 200:
        return False
    if "if-none-match" in asked:
        return bool(etag) and asked["if-none-match"] == etag
    modified = answer.headers.get("Last-Modified", "")
    return bool(modified) and asked.get("if-modified-since") == modified
