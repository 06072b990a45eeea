"""The demo's website: pages from the repository, served on this machine's loopback address while the demo runs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PAGES = Path(__file__).parent / "pages"


class DemoSite:
    """Pages that can be put on the site, and replaced, while it is being watched."""

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}
        self.url = ""

    def put(self, address: str, file: str) -> None:
        self._pages[f"/news/{address}/"] = (PAGES / file).read_bytes()

    def page(self, path: str) -> bytes | None:
        if path in ("/", "/news/"):
            return self._listing().encode()
        return self._pages.get(path)

    def _listing(self) -> str:
        """The news page: the newest release first, each with its title and date."""
        rows = []
        for path, page in reversed(self._pages.items()):
            title, shown = _title_and_date(page.decode())
            rows.append(f'<li><h2><a href="{path}">{escape(title)}</a></h2><p>{escape(shown)}</p></li>')
        return (
            '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>News</title></head><body>'
            f"<main><h1>News</h1><ul>{''.join(rows)}</ul></main></body></html>"
        )


def _title_and_date(page: str) -> tuple[str, str]:
    title = re.search(r"<h1>(.*?)</h1>", page)
    shown = re.search(r"<time[^>]*>(.*?)</time>", page)
    return (unescape(title[1]) if title else "", unescape(shown[1]) if shown else "")


@contextmanager
def serving(site: DemoSite) -> Iterator[DemoSite]:
    """Serve the site on a free loopback port; `site.url` is its address until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = site.page(self.path)
            tag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
            if body is None:
                self.send_error(404)
            elif self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.send_header("ETag", tag)
                self.end_headers()
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", tag)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
            """The demo's own requests are no news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
