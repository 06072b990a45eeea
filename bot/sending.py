"""Sending: one message to Telegram, and every way that can end, translated once into an outcome."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.markup import MOST_UNITS, shorten
from bot.plain import plain
from bot.replies import Button
from inspections.alerts import Chat, Later, Moved, Never, Outcome, Sent, Uncertain

SECOND = timedelta(seconds=1)
NO_CONNECTION = timedelta(seconds=30)
TOKEN_REFUSED = timedelta(minutes=10)
# raised before anything left, so trying again is safe
NOTHING_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)
# what Telegram says of a chat that is closed to us
CLOSED = (
    "chat not found",
    "user not found",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "need administrator rights",
    "bot is not a member",
    "peer_id_invalid",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "topic_id_invalid",
    "group chat was deactivated",
)
UNWRITABLE = (
    "can't parse entities",
    "message is too long",
    "entities_too_long",
    "message_too_long",
    "text must be encoded",
)


def make_bot(token: str, api_url: str, *, seconds: float = 15.0) -> Bot:
    """A bot that talks to this Bot API server. Nothing is sent yet."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's switch for times as timedelta; it reads only this
    request = HTTPXRequest(
        connection_pool_size=16, connect_timeout=10, read_timeout=seconds, write_timeout=10, pool_timeout=10
    )
    polling = HTTPXRequest(connection_pool_size=1, connect_timeout=10, read_timeout=seconds, write_timeout=10)
    return Bot(token, base_url=f"{api_url.rstrip('/')}/bot", request=request, get_updates_request=polling)


async def send(
    bot: Bot,
    chat: Chat,
    markup: str,
    now: datetime,
    *,
    buttons: Sequence[Sequence[Button]] = (),
    reply_to: int = 0,
) -> Outcome:
    """Sends one message; never raises for anything Telegram or the network does.

    A message whose markup or length Telegram refuses goes once more as plain text, so that the words arrive.
    """
    try:
        return Sent((await _request(bot, chat, markup, buttons, reply_to, ParseMode.HTML)).message_id)
    except BadRequest as error:
        if not _says(error, UNWRITABLE):
            return _outcome(error, now)
    except TelegramError as error:
        return _outcome(error, now)
    try:
        text = shorten(plain(markup), MOST_UNITS // 2)
        return Sent((await _request(bot, chat, text, buttons, reply_to, None)).message_id)
    except TelegramError as error:
        return _outcome(error, now)


async def _request(
    bot: Bot, chat: Chat, text: str, buttons: Sequence[Sequence[Button]], reply_to: int, parse_mode: str | None
) -> Message:
    rows = [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in buttons]
    return await bot.send_message(
        chat_id=chat.id,
        text=text,
        parse_mode=parse_mode,
        message_thread_id=chat.thread or None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
        reply_markup=InlineKeyboardMarkup(rows) if rows else None,
    )


def _outcome(error: TelegramError, now: datetime) -> Outcome:
    """What an error means for the message. Reasons are our own words: the library's may hold the token."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Later(now + wait + SECOND, f"Telegram asked to wait {int(wait.total_seconds())} s")
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Never("the chat is closed to the bot: blocked, or the bot was removed", pause=True)
        case InvalidToken():
            return Later(now + TOKEN_REFUSED, "Telegram refused the bot's token")
        case Conflict():
            return Later(now + NO_CONNECTION, "another program uses the bot's token")
        case BadRequest():
            if _says(error, CLOSED):
                return Never("Telegram does not know the chat, or lets nothing be written there", pause=True)
            return Never("Telegram refused the message as it is written", pause=False)
        case NetworkError():
            if isinstance(error.__cause__, NOTHING_LEFT):
                return Later(now + NO_CONNECTION, f"no connection to Telegram ({type(error.__cause__).__name__})")
            return Uncertain(f"no clear answer from Telegram ({type(error.__cause__ or error).__name__})")
        case _:
            return Uncertain(f"an answer that could not be read ({type(error).__name__})")


def _says(error: TelegramError, phrases: Sequence[str]) -> bool:
    words = error.message.casefold()
    return any(phrase in words for phrase in phrases)
