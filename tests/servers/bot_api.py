"""A Bot API on this machine: checks every call against the documented limits, hands out updates, and fails as told to.

with BotApi() as api:
    api.say(7, "/grade cheshire")
    api.fail("sendMessage", Refuse(429, retry_after=3))
    ... run the bot against api.url with api.token ...
    assert api.violations == []
    assert "Cheshire" in api.messages[0].text
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers.bot_api_rules import WORDS, broken_rule, visible

TOKEN = "123456789:AAE-a-token-of-the-local-server_0123456"


@dataclass(frozen=True)
class SentMessage:
    """A message the server accepted, whether or not its answer reached the bot."""

    message_id: int
    chat_id: int
    text: str
    """As it was sent, markup and all."""
    visible: str
    """As the reader sees it."""
    thread: int = 0
    parse_mode: str = ""
    reply_to: int = 0
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of (label, callback data)."""


@dataclass(frozen=True)
class Refuse:
    """An error answer, with the parameters that Telegram gives. The message is not accepted."""

    code: int
    description: str = ""
    retry_after: int = 0
    migrate_to: int = 0
    body: bytes = b""
    """A body that is not the API's JSON (a proxy's page); '' for the usual one."""


@dataclass(frozen=True)
class Drop:
    """The connection closes without an answer, before or after the message was accepted."""

    accepted: bool


@dataclass(frozen=True)
class Hang:
    """The message is accepted, and no answer comes until the server stops (or `seconds` are over)."""

    seconds: float = 30.0


Failure = Refuse | Drop | Hang


@dataclass
class BotApi:
    """The server; use it as a context. Its lists may be read while it runs."""

    token: str = TOKEN
    username: str = "peelwatch_bot"
    messages: list[SentMessage] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """The ids of the callback queries that were answered."""
    violations: list[str] = field(default_factory=list)
    """Each call that broke a documented rule; the bot got a 400 for it."""
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _known: dict[int, dict[str, Any]] = field(default_factory=dict)
    _again: list[dict[str, Any]] = field(default_factory=list)
    _failures: dict[tuple[str, int], deque[Failure]] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closing: threading.Event = field(default_factory=threading.Event)
    _last_update: int = 1000

    def __enter__(self) -> BotApi:
        api = self

        class Handler(_Handler):
            server_api = api

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    # what people do

    def say(self, chat_id: int, text: str, *, kind: str = "private", thread: int = 0, title: str = "") -> int:
        """Somebody writes; returns the update's id."""
        message: dict[str, Any] = {
            "message_id": int(time.time() * 1000) % 10**9,
            "date": int(time.time()),
            "chat": self._chat(chat_id, kind, title),
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Reader"},
            "text": text,
        }
        if thread:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return self.hand_out({"channel_post" if kind == "channel" else "message": message})

    def press(self, chat_id: int, data: str, *, kind: str = "private") -> int:
        """Somebody presses a button with this callback data."""
        message = {"message_id": 1, "date": int(time.time()), "chat": self._chat(chat_id, kind, ""), "text": "…"}
        sender = {"id": abs(chat_id), "is_bot": False, "first_name": "Reader"}
        query = {"id": f"q{self._last_update}", "from": sender, "chat_instance": "1", "data": data, "message": message}
        return self.hand_out({"callback_query": query})

    def member(self, chat_id: int, status: str, *, kind: str = "private", was: str = "member") -> int:
        """Our own standing in a chat changes: `kicked` (blocked), `left`, `member`."""
        bot = {"id": 42, "is_bot": True, "first_name": "PeelWatch", "username": self.username}

        def state(name: str) -> dict[str, Any]:
            return {"user": bot, "status": name} | ({"until_date": 0} if name == "kicked" else {})

        moved = {
            "chat": self._chat(chat_id, kind, ""),
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Reader"},
            "date": int(time.time()),
            "old_chat_member": state(was),
            "new_chat_member": state(status),
        }
        return self.hand_out({"my_chat_member": moved})

    def migrated(self, chat_id: int, to: int) -> int:
        """A group becomes a supergroup."""
        message = {
            "message_id": 5,
            "date": int(time.time()),
            "chat": self._chat(chat_id, "group", "Group"),
            "migrate_to_chat_id": to,
        }
        return self.hand_out({"message": message})

    def hand_out(self, update: dict[str, Any]) -> int:
        """Queues an update; returns its id."""
        with self._changed:
            self._last_update += 1
            whole = {"update_id": self._last_update, **update}
            self._known[self._last_update] = whole
            self._updates.append(whole)
            self._changed.notify_all()
            return self._last_update

    def repeat(self, update_id: int) -> None:
        """The next getUpdates gives an update once more, though it was confirmed."""
        with self._changed:
            self._again.append(self._known[update_id])
            self._changed.notify_all()

    # how the server behaves

    def fail(self, method: str, failure: Failure, *, times: int = 1, chat_id: int = 0) -> None:
        """The next calls of a method (to one chat, if given) fail like this."""
        with self._changed:
            self._failures.setdefault((method, chat_id), deque()).extend([failure] * times)

    def recover(self) -> None:
        """No more failures are scripted."""
        with self._changed:
            self._failures.clear()

    # what tests wait for

    def wait_for(self, number: int, *, chat_id: int = 0, seconds: float = 10.0) -> list[SentMessage]:
        """Returns when so many messages (to one chat, if given) were accepted; fails after `seconds`."""
        return self.wait_until(lambda: self._of(chat_id), number, seconds)

    def wait_for_call(self, method: str, number: int = 1, seconds: float = 10.0) -> list[Any]:
        """Returns when a method was called so often."""
        return self.wait_until(lambda: [c for c in self.calls if c[0] == method], number, seconds)

    def wait_until(self, look: Any, number: int, seconds: float) -> list[Any]:
        until = time.monotonic() + seconds
        with self._changed:
            while len(look()) < number:
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited {seconds} s for {number}, have {look()}")
                self._changed.wait(min(left, 0.2))
            return list(look())

    def _of(self, chat_id: int) -> list[SentMessage]:
        return [m for m in self.messages if not chat_id or m.chat_id == chat_id]

    def _chat(self, chat_id: int, kind: str, title: str) -> dict[str, Any]:
        names = {"first_name": "Reader"} if kind == "private" else {"title": title or "A group"}
        return {"id": chat_id, "type": kind, **names}

    # the methods

    def call(self, method: str, given: dict[str, str]) -> dict[str, Any] | Failure:
        with self._changed:
            self.calls.append((method, given))
            self._changed.notify_all()
            wrong = broken_rule(method, given)
            if wrong:
                self.violations.append(f"{method}: {wrong}")
                return Refuse(400, f"Bad Request: {wrong}")
            chat_id = int(given.get("chat_id", 0))
            for key in ((method, chat_id), (method, 0)):
                scripted = self._failures.get(key)
                if scripted:
                    failure = scripted.popleft()
                    if isinstance(failure, Hang) or (isinstance(failure, Drop) and failure.accepted):
                        self._accept(method, given)
                    return failure
            return self._accept(method, given)

    def _accept(self, method: str, given: dict[str, str]) -> dict[str, Any]:
        result: Any = True
        if method == "getMe":
            result = {"id": 42, "is_bot": True, "first_name": "PeelWatch", "username": self.username}
        elif method == "sendMessage":
            result = self._send(given)
        elif method == "getUpdates":
            result = self._get_updates(given)
        elif method == "answerCallbackQuery":
            self.answered.append(given["callback_query_id"])
        return {"ok": True, "result": result}

    def _send(self, given: dict[str, str]) -> dict[str, Any]:
        reply = json.loads(given.get("reply_parameters", "{}"))
        markup = json.loads(given.get("reply_markup", "{}"))
        rows = tuple(tuple((b["text"], b["callback_data"]) for b in row) for row in markup.get("inline_keyboard", []))
        message = SentMessage(
            len(self.messages) + 1,
            int(given["chat_id"]),
            given["text"],
            visible(given["text"]) if given.get("parse_mode") else given["text"],
            int(given.get("message_thread_id", 0)),
            given.get("parse_mode", ""),
            int(reply.get("message_id", 0)),
            rows,
        )
        self.messages.append(message)
        self._changed.notify_all()
        return {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": self._chat(message.chat_id, "private", ""),
            "text": message.visible,
        }

    def _get_updates(self, given: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(given.get("offset", 0))
        until = time.monotonic() + min(float(given.get("timeout", 0)), 0.3)
        if offset > 0:
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
        while not self._updates and not self._again and not self._closing.is_set():
            left = until - time.monotonic()
            if left <= 0:
                break
            self._changed.wait(left)
        again, self._again = self._again, []
        return [*again, *self._updates][: int(given.get("limit", 100))]


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Quiet when the bot hung up, which it may."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_api: BotApi

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self._answer(dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True)))

    def do_GET(self) -> None:
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def _answer(self, given: dict[str, str]) -> None:
        path = urlsplit(self.path).path
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", path)
        if not found:
            return self._reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        if found[1] != self.server_api.token:
            return self._reply(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        outcome = self.server_api.call(found[2], given)
        match outcome:
            case dict():
                return self._reply(200, outcome)
            case Hang(seconds=seconds):
                self.server_api._closing.wait(seconds)
                self.close_connection = True
                return None
            case Drop():
                self.close_connection = True
                return None
            case Refuse():
                parameters: dict[str, int] = {}
                if outcome.retry_after:
                    parameters["retry_after"] = outcome.retry_after
                if outcome.migrate_to:
                    parameters["migrate_to_chat_id"] = outcome.migrate_to
                words = outcome.description or WORDS.get(outcome.code, "Error")
                body = {"ok": False, "error_code": outcome.code, "description": words}
                return self._reply(
                    outcome.code, body | ({"parameters": parameters} if parameters else {}), outcome.body
                )

    def _reply(self, code: int, body: dict[str, Any], raw: bytes = b"") -> None:
        data = raw or json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html" if raw else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet: the path holds the token."""
