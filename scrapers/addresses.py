"""Connections that go to public addresses only, checked on the very address they connect to, and that end on time."""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublicError(Exception):
    """A host whose addresses are all private, loopback, link-local or reserved."""


LOOK_UP = 0.2
"""Seconds between a watch's looks at whether it is to end."""


class Watch:
    """The deadline of one fetch: when it passes, or when PeelWatch is to stop, the socket in use is closed, so that
    neither slow headers, a slow handshake nor a body that drips outlast it."""

    def __init__(self, seconds: float, stopping: Callable[[], bool] = lambda: False) -> None:
        self.ends = time.monotonic() + seconds
        self.sock: socket.socket | None = None
        self._stopping = stopping
        self._done = threading.Event()

    def __enter__(self) -> Watch:
        _current.watch = self
        threading.Thread(target=self._wait, daemon=True, name="watch").start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        _current.watch = None
        self.sock = None

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends or self._stopping()

    def left(self) -> float:
        return 0.01 if self._stopping() else max(0.01, self.ends - time.monotonic())

    def _wait(self) -> None:
        """Closes once and again: a redirect may have opened another socket meanwhile."""
        while not self._done.wait(min(LOOK_UP, self.left())):
            if self.over:
                self._close()

    def _close(self) -> None:
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Current(threading.local):
    watch: Watch | None = None


_current = _Current()


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, the addresses wrapped inside IPv6 ones included."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _resolve(host: str, port: int, seconds: float) -> list[Any]:
    """getaddrinfo with a time limit: a dead resolver may keep us waiting for half a minute otherwise."""
    answer: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as problem:
            answer.put(problem if isinstance(problem, OSError) else socket.gaierror(str(problem)))

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise socket.gaierror("the name server did not answer") from None
    if isinstance(found, OSError):
        raise found
    return found


class _Checked:
    """Resolves, checks, and connects to the address it checked; tries each address of a host in turn."""

    allow_private = False

    # given by urllib3's connection
    _dns_host: str
    host: str
    port: int
    timeout: Any
    sock: Any
    socket_options: Any

    def _new_conn(self) -> socket.socket:
        seconds = float(self.timeout) if isinstance(self.timeout, int | float) else 10.0
        try:
            found = _resolve(self._dns_host, self.port, seconds)
        except OSError as problem:
            raise NameResolutionError(self.host, self, problem) from problem  # type: ignore[arg-type]
        usable = found if self.allow_private else [f for f in found if is_public(f[4][0])]
        if not usable:
            raise NotPublicError(self.host)
        last: OSError = OSError("no address")
        for family, kind, protocol, _, address in usable:
            sock = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                watch = _current.watch
                sock.settimeout(min(seconds, watch.left()) if watch else seconds)
                sock.connect(address)
            except OSError as problem:
                last = problem
                sock.close()
                continue
            if watch:
                watch.sock = sock
            return sock
        if isinstance(last, TimeoutError):
            raise ConnectTimeoutError(self, f"no answer from {self.host}") from last
        raise NewConnectionError(self, str(last)) from last  # type: ignore[arg-type]


class _PlainConnection(_Checked, HTTPConnection):
    def getresponse(self) -> Any:
        if _current.watch:
            _current.watch.sock = self.sock
        return super().getresponse()


class _SecureConnection(_Checked, HTTPSConnection):
    def getresponse(self) -> Any:
        if _current.watch:
            _current.watch.sock = self.sock
        return super().getresponse()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _PlainPrivateConnection(_PlainConnection):
    allow_private = True


class _SecurePrivateConnection(_SecureConnection):
    allow_private = True


class _PlainPrivatePool(HTTPConnectionPool):
    ConnectionCls = _PlainPrivateConnection


class _SecurePrivatePool(HTTPSConnectionPool):
    ConnectionCls = _SecurePrivateConnection


class CheckedAdapter(HTTPAdapter):
    """A transport for a requests session; private addresses only when allowed."""

    def __init__(self, *, allow_private: bool, hosts: int = 100, per_host: int = 8) -> None:
        self._pools = (
            {"http": _PlainPrivatePool, "https": _SecurePrivatePool}
            if allow_private
            else {"http": _PlainPool, "https": _SecurePool}
        )
        super().__init__(pool_connections=hosts, pool_maxsize=per_host, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
