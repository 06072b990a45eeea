"""Telegram: takes what people write there, answers, and serves as the way alerts reach their chats. Long polling."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from telegram import Bot, BotCommand, CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.apology import apology
from bot.commands import answer, answer_button
from bot.deliver import Clock, by_platform, deliver_forever
from bot.grades import Footnotes
from bot.markup import safe
from bot.quiet import hush
from bot.replies import COMMANDS, Reply
from bot.sending import make_bot, send
from inspections.alerts import Chat, Later, Never, Outcome, Parcel
from inspections.lexicon import Lexicon

if TYPE_CHECKING:
    from store import Store

ALLOWED = ["message", "channel_post", "callback_query", "my_chat_member"]
POLL = 25
REMEMBERED = 2000
LONGEST_WAIT = 60.0
ABSENT = ("left", "kicked")

log = structlog.get_logger()


class TelegramTrouble(Exception):
    """Telegram cannot be used at all; its words are a sentence for the operator and hold no token."""


async def run_telegram(
    token: str,
    api_url: str,
    store: Store,
    lexicon: Lexicon,
    clock: Clock,
    stop: asyncio.Event,
    admin_chats: Collection[int] = (),
    *,
    footnotes: Footnotes | None = None,
    nudge: asyncio.Event | None = None,
    rate: float = 25.0,
    ready: Callable[[str], None] | None = None,
    notices: asyncio.Queue[str] | None = None,
) -> None:
    """Answers and delivers until `stop`. Raises TelegramTrouble when the token is refused.

    `ready` is called with the bot's name once Telegram has answered. What is owed to chats elsewhere stays owed.
    `notices` are lines for the admin chats, such as that a source died.
    """
    hush()
    bot = make_bot(token, api_url)
    desk = _Desk(bot, store, lexicon, clock, frozenset(admin_chats), footnotes or Footnotes())

    async def to_telegram(parcel: Parcel, text: str) -> Outcome:
        return await send(bot, parcel.chat, text, clock(), reply_to=parcel.reply_to)

    deliver = by_platform({"telegram": to_telegram}, clock)
    halted = asyncio.Event()
    hush()  # once more: loggers made meanwhile
    try:
        await _begin(bot, stop, ready, desk)
        if stop.is_set():
            return
        loops = [
            asyncio.create_task(_listen(bot, desk, halted)),
            asyncio.create_task(deliver_forever(store, deliver, clock, lexicon, stop=halted, nudge=nudge, rate=rate)),
            asyncio.create_task(desk.tell_admins(notices or asyncio.Queue(), halted)),
        ]
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopping, *loops], return_when=asyncio.FIRST_COMPLETED)
        finally:
            halted.set()
            stopping.cancel()
            results = await asyncio.gather(*loops, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result
    finally:
        with contextlib.suppress(TelegramError):
            await bot.shutdown()


async def _begin(bot: Bot, stop: asyncio.Event, ready: Callable[[str], None] | None, desk: _Desk) -> None:
    """Waits until Telegram answers, tells it the commands, and takes polling over from a webhook."""
    wait = 1.0
    told = False
    while not stop.is_set():
        try:
            await bot.initialize()
            desk.name = bot.username
            await bot.delete_webhook()
            await bot.set_my_commands([BotCommand(name, words) for name, words in COMMANDS])
        except InvalidToken:
            raise _refused() from None
        except TelegramError as error:
            if not told:
                log.warning("Telegram cannot be reached; trying again", trouble=_kind(error))
                told = True
            await _pause(stop, wait)
            wait = min(LONGEST_WAIT, wait * 2)
        else:
            hush()
            log.info("Telegram answers", bot=bot.username)
            if ready is not None:
                ready(bot.username)
            return


async def _listen(bot: Bot, desk: _Desk, stop: asyncio.Event) -> None:
    """Takes updates and answers them. An update is confirmed to Telegram only after it was handled."""
    offset: int | None = None
    seen: deque[int] = deque(maxlen=REMEMBERED)
    trouble, wait, confirmed = "", 1.0, True
    while not stop.is_set():
        asking = asyncio.create_task(bot.get_updates(offset=offset, timeout=POLL, allowed_updates=ALLOWED))
        try:
            updates = await _unless(stop, asking)
        except InvalidToken:
            raise _refused() from None
        except TelegramError as error:
            kind = _kind(error)
            if kind != trouble:
                log.warning(_polling_words(error), trouble=kind)
                trouble, wait = kind, 1.0
            pause = _seconds(error.retry_after) if isinstance(error, RetryAfter) else wait
            await _pause(stop, pause)
            wait = min(LONGEST_WAIT, wait * 2)
            continue
        if trouble:
            log.info("Telegram answers again")
            trouble, wait = "", 1.0
        confirmed = True
        new = [u for u in updates if u.update_id not in seen]
        await _handle_all(desk, new)
        seen.extend(u.update_id for u in new)
        if updates:
            offset, confirmed = max(offset or 0, max(u.update_id for u in updates) + 1), False
    if not confirmed:
        with contextlib.suppress(TelegramError):  # else what was answered is handed out again at the next start
            await bot.get_updates(offset=offset, timeout=0, limit=1, read_timeout=5, connect_timeout=2)


async def _handle_all(desk: _Desk, updates: list[Update]) -> None:
    """Each chat's updates in their order, the chats side by side."""
    queues: dict[int, list[Update]] = {}
    for update in updates:
        queues.setdefault(update.effective_chat.id if update.effective_chat else 0, []).append(update)

    async def one_chat(queue: list[Update]) -> None:
        for update in queue:
            await desk.handle(update)

    await asyncio.gather(*(one_chat(queue) for queue in queues.values()))


class _Desk:
    """What happens on each kind of update."""

    def __init__(
        self, bot: Bot, store: Store, lexicon: Lexicon, clock: Clock, admin_chats: frozenset[int], footnotes: Footnotes
    ) -> None:
        self.bot, self.store, self.lexicon, self.clock = bot, store, lexicon, clock
        self.admin_chats, self.footnotes = admin_chats, footnotes
        self.name = ""

    async def handle(self, update: Update) -> None:
        """Whatever goes wrong with one update is a line in the log, and no other update waits for it."""
        try:
            if update.my_chat_member is not None:
                await self._membership(update.my_chat_member)
            elif update.callback_query is not None:
                await self._pressed(update.callback_query)
            elif (message := update.message or update.channel_post) is not None:
                await self._written(message)
        except Exception as error:  # noqa: BLE001 - the text of an exception may hold what somebody wrote
            log.warning("an update could not be answered", update=update.update_id, trouble=type(error).__name__)

    async def _written(self, message: Message) -> None:
        chat = _chat_of(message)
        if message.migrate_to_chat_id:
            await asyncio.to_thread(self.store.chats.move, chat, message.migrate_to_chat_id, self.clock())
            return
        text = message.text or message.caption or ""
        if not text or (message.chat.type != "private" and not text.startswith("/")):
            return  # in groups people talk to each other
        reply = await self._answered(
            answer,
            text,
            chat,
            bot_name=self.name,
        )
        await self._reply(chat, reply)

    async def _pressed(self, query: CallbackQuery) -> None:
        with contextlib.suppress(BadRequest):  # older than Telegram lets one answer: the press still counts
            await query.answer()
        if query.message is None or not query.data:
            return
        thread = query.message.message_thread_id if isinstance(query.message, Message) else None
        is_topic = isinstance(query.message, Message) and query.message.is_topic_message
        chat = Chat("telegram", query.message.chat.id, (thread or 0) if is_topic else 0)
        reply = await self._answered(
            answer_button,
            query.data,
            chat,
        )
        await self._reply(chat, reply)

    async def _answered(self, ask: Callable[..., Reply], words: str, chat: Chat, **more: str) -> Reply:
        """The answer to words or to a button, or why there is none: nobody is left waiting."""
        admin = chat.id in self.admin_chats
        try:
            return await asyncio.to_thread(
                ask,
                words,
                chat,
                store=self.store,
                lexicon=self.lexicon,
                now=self.clock(),
                admin=admin,
                footnotes=self.footnotes,
                **more,
            )
        except Exception as error:  # noqa: BLE001 - the text of an exception may hold what somebody wrote
            log.warning("an answer could not be given", trouble=type(error).__name__)
            return apology(error, admin=admin)

    async def _membership(self, change: ChatMemberUpdated) -> None:
        """The bot was blocked, removed, or let in again."""
        chat = Chat("telegram", change.chat.id)
        if change.new_chat_member.status in ABSENT:
            reason = "the chat blocked or removed the bot"
            await asyncio.to_thread(self.store.chats.pause, chat, reason, self.clock())
        else:
            await asyncio.to_thread(self.store.chats.meet, chat, self.clock())

    async def tell_admins(self, notices: asyncio.Queue[str], stop: asyncio.Event) -> None:
        """Passes the operator's lines on to the admin chats, as they come. They stand in the log as well."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            line = asyncio.create_task(notices.get())
            await asyncio.wait([line, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not line.done():
                line.cancel()
                continue
            for admin in self.admin_chats:
                await send(self.bot, Chat("telegram", admin), safe(line.result(), longest=3000), self.clock())

    async def _reply(self, chat: Chat, reply: Reply) -> None:
        if not reply.text_html:
            return
        outcome = await send(self.bot, chat, reply.text_html, self.clock(), buttons=reply.buttons)
        match outcome:
            case Later(until=until) if until - self.clock() <= timedelta(seconds=30):
                await asyncio.sleep(max(0.0, (until - self.clock()).total_seconds()))
                await send(self.bot, chat, reply.text_html, self.clock(), buttons=reply.buttons)
            case Never(reason=reason, pause=True):
                await asyncio.to_thread(self.store.chats.pause, chat, reason, self.clock())
            case _:
                pass


def _chat_of(message: Message) -> Chat:
    return Chat("telegram", message.chat.id, (message.message_thread_id or 0) if message.is_topic_message else 0)


def _refused() -> TelegramTrouble:
    return TelegramTrouble(
        "Telegram refused the bot's token. Check PEELWATCH_TELEGRAM_TOKEN: @BotFather shows the right one. "
        "(With a Bot API server of your own, check PEELWATCH_TELEGRAM_API_URL too.)"
    )


def _polling_words(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return (
            "Another program is taking this bot's messages from Telegram. Stop the other one: "
            "only one may run with a token. Trying again until then"
        )
    return "Telegram cannot be reached; trying again"


def _kind(error: TelegramError) -> str:
    """A name for the log. The error's own words stay out of it: they may hold the token."""
    return type(error.__cause__ or error).__name__


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def _unless(stop: asyncio.Event, asking: asyncio.Task[tuple[Update, ...]]) -> tuple[Update, ...]:
    """What was asked for, or nothing when `stop` comes first: a long poll does not hold up the end."""
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else ()
    finally:
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError, TelegramError):
                await asking


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
