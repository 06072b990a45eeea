"""The documented limits of the Bot API methods a bot of ours may call, as checks on one call's parameters."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

ALLOWED_TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "blockquote"}

# required and optional parameters of the methods a bot of ours may call
PARAMETERS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert", "url", "cache_time"}),
    "sendMessage": (
        {"chat_id", "text"},
        {
            "message_thread_id",
            "parse_mode",
            "entities",
            "link_preview_options",
            "disable_notification",
            "protect_content",
            "reply_parameters",
            "reply_markup",
        },
    ),
}


WORDS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry later",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def broken_rule(method: str, given: dict[str, str]) -> str:
    """The rule a call breaks, in the API's manner of speaking; '' when it keeps them all."""
    if method not in PARAMETERS:
        return f"method {method} is not served here"
    required, optional = PARAMETERS[method]
    if missing := required - set(given):
        return f"parameter {min(missing)} is required"
    if extra := set(given) - required - optional:
        return f"parameter {min(extra)} is not documented"
    if method == "sendMessage":
        return _broken_message(given)
    if method == "answerCallbackQuery" and len(given.get("text", "")) > 200:
        return "text of a callback answer is longer than 200"
    if method == "getUpdates" and not 1 <= int(given.get("limit", 100)) <= 100:
        return "limit must be 1 to 100"
    if method == "setMyCommands":
        return broken_commands(json.loads(given["commands"]))
    return ""


def _broken_message(given: dict[str, str]) -> str:
    if not re.fullmatch(r"-?\d+", given["chat_id"]):
        return "chat_id is not a number"
    text = given["text"]
    if given.get("parse_mode") == "HTML":
        if wrong := broken_markup(text):
            return f"can't parse entities: {wrong}"
        text = visible(text)
    elif given.get("parse_mode"):
        return "unsupported parse_mode"
    if not text.strip():
        return "message text is empty"
    if len(text.encode("utf-16-le")) // 2 > 4096:
        return "message is too long"
    for row in json.loads(given.get("reply_markup", "{}")).get("inline_keyboard", []):
        for button in row:
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                return "BUTTON_DATA_INVALID"
            if not button.get("text"):
                return "button text is empty"
    return ""


def broken_commands(commands: list[dict[str, str]]) -> str:
    if len(commands) > 100:
        return "too many commands"
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 1 <= len(one["description"]) <= 256:
            return f"BOT_COMMAND_INVALID {one['command']}"
    return ""


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.wrong = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.wrong = self.wrong or f'unsupported start tag "{tag}"'
        if tag == "blockquote" and tag in self.open:
            self.wrong = self.wrong or "blockquote inside a blockquote"
        if tag == "a" and not dict(attrs).get("href"):
            self.wrong = self.wrong or "a link without an address"
        if tag != "a" and attrs:
            self.wrong = self.wrong or f"attribute in {tag}"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong = self.wrong or f'unmatched end tag "{tag}"'

    def handle_entityref(self, name: str) -> None:
        if name not in ("lt", "gt", "amp", "quot"):
            self.wrong = self.wrong or f"unsupported entity &{name};"

    def handle_comment(self, data: str) -> None:
        self.wrong = self.wrong or "a comment"


def broken_markup(text: str) -> str:
    reader = _Markup()
    reader.feed(text)
    reader.close()
    return reader.wrong or (f"unclosed {reader.open[-1]}" if reader.open else "")


def visible(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", text)).strip()
