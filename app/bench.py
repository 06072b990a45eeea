"""`peelwatch bench`: how fast it starts, how much memory it takes, how many releases a second it reads and takes in.

Each figure is the median of several runs, each run a process of its own, so that none warms another's caches.
`python -m app.bench classify|worst|ingest DIR` is one such run: it prints its figures as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import typer

from app.lines import release_from_line

Figures = dict[str, float]

LABELLED = Path(__file__).parent.parent / "tests" / "labelled"
READY = b"PeelWatch. Ask"
"""How the terminal chat greets: from then on `peelwatch run` answers."""
RUNS = 3
ROUNDS = 3
MEGABYTE = 1_000_000
WORST = {
    "no_full_stop": "the force said that it would look at this again and ",
    "bullets": "• is 'good' at preventing crime;\n",
    "nested_quotes": "\"'",
    "counts": "good in two areas, adequate in three and ",
    "forces": "Kent Police, Essex Police and ",
    "questions": "preventing crime and anti-social behaviour, keeping people safe and ",
}
UNITS = {"ms": "ms", "seconds": "s", "mb": "MB", "per_second": "a second"}


def run_bench(*, as_json: bool = False, directory: Path = LABELLED, runs: int = RUNS) -> int:
    """Run every part and print its figures. 0 done, 1 when a part failed, 2 when there is nothing to read."""
    if not (directory / "gold.jsonl").is_file():
        typer.echo(f"{directory} has no labelled releases to read. Run this in a copy of the repository.", err=True)
        return 2
    figures: Figures = {}
    try:
        figures |= _median_of(runs, start_up)
        for part in PARTS:
            figures |= _median_of(1 if part == "worst" else runs, partial(_in_a_process, part, directory))
    except (subprocess.CalledProcessError, TimeoutError) as error:
        typer.echo(f"The benchmark could not be finished: {error}. Run it again on an idle machine.", err=True)
        return 1
    typer.echo(json.dumps(figures) if as_json else "\n".join(_line(name, value) for name, value in figures.items()))
    return 0


def _line(name: str, value: float) -> str:
    unit = next((words for end, words in UNITS.items() if name.endswith(end)), "")
    return f"{name:36} {value:10.2f} {unit}"


def _median_of(runs: int, measure: Callable[[], Figures]) -> Figures:
    taken = [measure() for _ in range(runs)]
    return {name: median(t[name] for t in taken) for name in taken[0]}


def _in_a_process(part: str, directory: Path) -> Figures:
    command = [sys.executable, "-m", "app.bench", part, str(directory)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=300)  # noqa: S603
    figures: Figures = json.loads(done.stdout)
    return figures


def start_up() -> Figures:
    """From the start of `peelwatch run` on a known database to its greeting, and its memory then."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.toml"
        sources.write_text('[[source]]\nurl = "https://news.invalid/"\npublisher = "press"\n', encoding="utf-8")
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PEELWATCH_")}
        surroundings |= {"PEELWATCH_DATA_DIR": folder, "PEELWATCH_SOURCES": str(sources)}
        first, _ = _greeted(surroundings)  # makes the database and takes in the baseline
        seconds, resident = _greeted(surroundings)
    return {"first_start_seconds": first, "start_seconds": seconds, "run_resident_mb": resident}


def _greeted(surroundings: dict[str, str], patience: float = 60.0) -> tuple[float, float]:
    """Seconds until the greeting, and megabytes resident at that moment; the process is then told to end."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
    )
    try:
        said, output = b"", process.stdout
        while output and READY not in said:
            readable, _, _ = select.select([output], [], [], patience)
            read = os.read(output.fileno(), 4096) if readable else b""
            if not read:
                raise TimeoutError("`peelwatch run` did not greet")
            said += read
        return time.perf_counter() - began, _resident(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _resident(process: int) -> float:
    """Megabytes a process holds now; of a system that does not tell, 0."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


def classify_labelled(directory: Path) -> Figures:
    """Releases classified a second on one core, the median and the slowest in a hundred, and the memory it took."""
    from config.lexicon import load_lexicon
    from inspections.classify import classify

    lexicon = load_lexicon()
    releases = [release_from_line(line, lexicon) for line in _lines(directory)]
    for release in releases:
        classify(release, lexicon)
    taken = []
    for release in releases * ROUNDS:
        began = time.process_time()
        classify(release, lexicon)
        taken.append(time.process_time() - began)
    return {
        "classified_per_second": len(taken) / sum(taken),
        "classify_p50_ms": median(taken) * 1000,
        "classify_p99_ms": quantiles(taken, n=100)[98] * 1000,
        "classify_peak_mb": _peak(),
    }


def classify_worst(_: Path) -> Figures:
    """Seconds for a megabyte of text: the labelled releases end to end, and input made to be slow."""
    from config.lexicon import load_lexicon
    from inspections.classify import classify

    lexicon = load_lexicon()
    plain = "\n".join(line["text"] for line in _lines(LABELLED))
    pieces = {"plain": plain, **WORST}
    figures: Figures = {}
    for name, piece in pieces.items():
        text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
        release = release_from_line({"title": "Kent Police", "date": "2024-03-01", "text": text}, lexicon)
        began = time.process_time()
        classify(release, lexicon)
        figures[f"megabyte_{name}_seconds"] = time.process_time() - began
    return figures


def ingest_pages(directory: Path) -> Figures:
    """Pages a second from a local server through fetching, reading and classifying into a database file."""
    from app.build import fetching_session
    from config.lexicon import load_lexicon
    from inspections.classify import classify
    from inspections.source import Source
    from scrapers.fetch import fetch
    from scrapers.pages import Item, Page, Unreadable
    from scrapers.readers import read_release
    from store import open_store

    lexicon, now = load_lexicon(), datetime.now(UTC)
    lines = list(_lines(directory))
    with tempfile.TemporaryDirectory() as folder, _served({f"/{n['id']}": _page(n) for n in lines}) as address:
        store = open_store(f"sqlite:///{folder}/bench.db", lexicon)
        store.migrate()
        session = fetching_session("", allow_private=True)
        source = Source(f"{address}/", "press")
        taken = 0
        began = time.perf_counter()
        for line in lines:
            url = f"{address}/{line['id']}"
            page = fetch(session, url, now)
            release = read_release(page, Item(url, line["title"]), source) if isinstance(page, Page) else None
            if release is None or isinstance(release, Unreadable) or not isinstance(page, Page):
                continue
            store.releases.record(
                release,
                classify(release, lexicon),
                source_id=None,
                fetched_at=now,
                page_hash=hashlib.sha256(page.body).hexdigest(),
                etag=page.etag,
                last_modified=page.last_modified,
                recheck_at=None,
                alerting=False,
                now=now,
            )
            taken += 1
        seconds = time.perf_counter() - began
        store.close()
    return {"ingested_per_second": taken / seconds, "ingested_share": taken / len(lines)}


def _lines(directory: Path) -> Iterator[dict[str, Any]]:
    from app.evaluate import read_labels, read_lines

    yield from read_lines(directory, read_labels(directory))


def _page(line: dict[str, Any]) -> bytes:
    from html import escape

    words = "".join(f"<p>{escape(row)}</p>" for row in line["text"].splitlines() if row.strip())
    title = escape(line["title"])
    head = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head>"
    return f"{head}<body><main><article><h1>{title}</h1>{words}</article></main></body></html>".encode()


@contextmanager
def _served(pages: dict[str, bytes]) -> Iterator[str]:
    """A server on this machine that has these pages; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = pages.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _peak() -> float:
    """The most megabytes this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


PARTS: dict[str, Callable[[Path], Figures]] = {
    "classify": classify_labelled,
    "worst": classify_worst,
    "ingest": ingest_pages,
}


if __name__ == "__main__":
    typer.echo(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
