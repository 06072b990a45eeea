"""Fetching one address: within limits, never into a private network. Every library error becomes a sentence here."""

from __future__ import annotations

import http.client
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import BaseAdapter

from scrapers.addresses import CheckedAdapter, NotPublicError, Watch
from scrapers.pages import Failed, FailureKind, Page, Unchanged

Session = requests.Session

_REDIRECTS = {301, 302, 303, 307, 308}
LONGEST_WAIT = timedelta(hours=6)
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. Seconds, and bytes after unpacking."""

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    max_bytes: int = 5_000_000
    max_redirects: int = 5


def user_agent(version: str, contact: str = "") -> str:
    """How we present ourselves: `PeelWatch/0.1 (+https://example.org/contact)`."""
    contact = re.sub(r"[^\x21-\x7e]+", "", contact)
    return f"PeelWatch/{version} (+{contact})" if contact else f"PeelWatch/{version}"


def make_session(user_agent: str, *, allow_private: bool = False) -> requests.Session:
    """A session for many hosts and threads: no cookies, no proxies from the environment, public addresses only."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers.update(
        {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,"
            "application/json;q=0.8,*/*;q=0.5",
            "Accept-Language": "en-GB,en;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        }
    )
    adapter: BaseAdapter = CheckedAdapter(allow_private=allow_private)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def fetch(
    session: requests.Session,
    url: str,
    now: datetime,
    etag: str = "",
    last_modified: str = "",
    limits: Limits = Limits(),
    stopping: Callable[[], bool] = lambda: False,
) -> Page | Unchanged | Failed:
    """Get an address. With `etag` or `last_modified` the server may answer that nothing changed.

    Never raises for anything a server or a network can do. When `stopping` says so it is given up, as too slow."""
    headers = {}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    here = url
    seen = {url}
    with Watch(limits.total, stopping) as watch:
        for _ in range(limits.max_redirects + 1):
            refused = _refuse(here)
            if refused:
                return refused
            try:
                step = _step(session, here, url, now, headers, limits, watch)
            except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException) as problem:
                return _translate(problem, here, limits, watch)
            except NotPublicError:
                return Failed(
                    f"{_host(here)} is not a public web address, so it was not asked{_via(url, here)}.", "refused"
                )
            except (OSError, UnicodeError, ValueError) as problem:
                return _translate(problem, here, limits, watch)
            if not isinstance(step, str):
                return step
            if here.startswith("https:") and step.startswith("http:"):
                return Failed(
                    f"{_host(here)} leads from https to plain http ({step}), which was not followed.", "refused"
                )
            if step in seen:
                return Failed(f"{url} redirects in a circle.", "refused")
            seen.add(step)
            here = step
    return Failed(f"{url} redirects more than {limits.max_redirects} times.", "refused")


def _step(
    session: requests.Session,
    here: str,
    asked: str,
    now: datetime,
    headers: dict[str, str],
    limits: Limits,
    watch: Watch,
) -> Page | Unchanged | Failed | str:
    """One request: a result, or the address it redirects to."""
    timeout = (min(limits.connect, watch.left()), min(limits.read, watch.left()))
    with session.get(here, headers=headers, timeout=timeout, stream=True, allow_redirects=False) as response:
        status = response.status_code
        if status in _REDIRECTS and response.headers.get("Location"):
            return urljoin(here, _location(response.headers["Location"]))
        if status == 304 and headers:
            return Unchanged(asked)
        if status != 200:
            return _refusal(status, response.headers.get("Retry-After", ""), here, now)
        body = bytearray()
        for piece in _unpacked(response, limits.max_bytes):
            body += piece
            if len(body) > limits.max_bytes:
                return Failed(
                    f"{here} is larger than {limits.max_bytes:,} bytes; it was not read to the end.", "too-big"
                )
            if watch.over:
                return _slow(here, limits)
        if watch.over:  # the watch has closed the socket: what looks like the end is none
            return _slow(here, limits)
        return Page(
            url=here,
            asked=asked,
            body=bytes(body),
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            fetched_at=now,
        )


class _BadPackingError(ValueError):
    pass


def _unpacked(response: requests.Response, cap: int) -> Iterator[bytes]:
    """The body, unpacked by ourselves in pieces of bounded size: 300 kB of gzip can hold 300 MB."""
    raw = response.raw.stream(_CHUNK, decode_content=False)
    packing = [p.strip().lower() for p in response.headers.get("Content-Encoding", "").split(",") if p.strip()]
    packing = [p for p in packing if p != "identity"]
    if not packing:
        yield from raw
        return
    if packing not in (["gzip"], ["x-gzip"], ["deflate"]):
        raise _BadPackingError(f"a packing we did not ask for ({', '.join(packing)})")
    try:
        yield from _inflated(raw, deflate=packing == ["deflate"], cap=cap)
    except zlib.error as problem:
        raise _BadPackingError(f"{packing[0]} that cannot be unpacked") from problem


def _inflated(raw: Iterator[bytes], *, deflate: bool, cap: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(47)
    first = True
    given = 0
    for packed in raw:
        if first and deflate and packed and packed[0] & 0x0F != 8:
            unpacker = zlib.decompressobj(-15)  # some servers send deflate without its zlib head
        first = False
        while packed:
            piece = unpacker.decompress(packed, _CHUNK * 4)
            given += len(piece)
            if piece:
                yield piece
            if given > cap:
                return
            packed = unpacker.unconsumed_tail
            if unpacker.eof:  # gzip may come as several members, one after the other
                packed = unpacker.unused_data
                if not packed.startswith(b"\x1f\x8b"):
                    break
                unpacker = zlib.decompressobj(47)
    if not unpacker.eof and not first:
        raise _BadPackingError("packed text that ends too early")


def _refuse(url: str) -> Failed | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return Failed(f"{url!r} is not an address that can be read.", "refused")
    if parts.scheme not in ("http", "https"):
        return Failed(f"{url} is not a web address: only http and https are fetched.", "refused")
    if not host:
        return Failed(f"{url!r} names no host.", "refused")
    if parts.username is not None or parts.password is not None:
        return Failed(f"{parts.scheme}://…@{host} holds a user name; such addresses are not fetched.", "refused")
    return None


def _refusal(status: int, retry_after: str, here: str, now: datetime) -> Failed:
    wait = _wait(retry_after, now)
    host = _host(here)
    if status == 429:
        return Failed(f"{host} asks us to come less often (429).", "busy", wait, status)
    if status == 503:
        return Failed(f"{host} is not serving this page at the moment (503).", "busy", wait, status)
    if status in (401, 403):
        return Failed(f"{host} does not let us read {here} ({status}).", "blocked", wait, status)
    if status == 404:
        return Failed(f"{here} is not there (404).", "missing", None, status)
    if status == 410:
        return Failed(f"{here} has been taken away (410).", "gone", None, status)
    return Failed(f"{host} answered {status} for {here}.", "server", wait, status)


def _wait(retry_after: str, now: datetime) -> timedelta | None:
    """Retry-After as a length of time, whether given in seconds or as a date; capped, as some name a year."""
    text = retry_after.strip()
    if not text:
        return None
    if text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(when - now, timedelta(0)), LONGEST_WAIT)


def _translate(problem: Exception, here: str, limits: Limits, watch: Watch) -> Failed:
    """What went wrong on the wire, as a sentence and a kind. The innermost cause tells most."""
    chain = list(_causes(problem))
    host = _host(here)

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(c, kinds) for c in chain)

    if has(NotPublicError):
        return Failed(f"{host} is not a public web address, so it was not asked.", "refused")
    if has(urllib3.exceptions.NameResolutionError):
        return Failed(f"The name {host} could not be looked up.", "network")
    if has(urllib3.exceptions.NewConnectionError):
        return Failed(f"{host} could not be reached.", "network")
    if has(urllib3.exceptions.ConnectTimeoutError, requests.ConnectTimeout):
        return Failed(f"{host} did not take the connection within {limits.connect:g} seconds.", "network")
    if watch.over or has(urllib3.exceptions.ReadTimeoutError, requests.Timeout, TimeoutError):
        return _slow(here, limits)
    if has(urllib3.exceptions.SSLError, requests.exceptions.SSLError):
        return Failed(f"The certificate of {host} does not prove that it is {host}; nothing was read.", "broken")
    if has(urllib3.exceptions.IncompleteRead, http.client.IncompleteRead):
        return Failed(f"{here} broke off before its end.", "broken")
    for cause in chain:
        if isinstance(cause, _BadPackingError):
            return Failed(f"{here} was sent as {cause}.", "broken")
    kind: FailureKind = "broken"
    return Failed(f"The connection to {host} broke while {here} was being read ({type(chain[-1]).__name__}).", kind)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The error and all it wraps, however it wraps it."""
    waiting: list[object] = [problem]
    known: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in known:
            continue
        known.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _slow(here: str, limits: Limits) -> Failed:
    return Failed(f"{here} did not arrive within {limits.total:g} seconds.", "slow")


def _location(raw: str) -> str:
    """Header bytes come as ISO-8859-1; an address written in UTF-8 is put right."""
    try:
        return raw.encode("iso-8859-1").decode("utf-8").strip()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return raw.strip()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _via(asked: str, here: str) -> str:
    return f" ({asked} leads there)" if asked != here else ""
