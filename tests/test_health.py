"""Sources that die and come back: the operator is told once, in the chat that is served."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.health import DEAD, Health
from bot.telegram import run_telegram
from config.lexicon import load_lexicon
from inspections.source import Source, SourceState
from store import open_store
from tests.servers.bot_api import BotApi

NOW = datetime(2026, 2, 12, tzinfo=UTC)
WELL = SourceState(1, Source("https://a.example/", "press"), "", "", "", "", NOW, NOW, NOW, 3, 0, "", NOW)
FAILING = replace(WELL, failures=DEAD, reason="It answered 404: no such page.")


def test_a_source_that_dies_is_told_once_and_so_is_its_return() -> None:
    health = Health()
    assert health.news([replace(FAILING, failures=DEAD - 1)]) == []
    (died,) = health.news([FAILING])
    assert "https://a.example/: It answered 404: no such page." in died
    assert health.news([replace(FAILING, failures=DEAD + 5)]) == []
    assert health.news([WELL]) == ["Read again: https://a.example/."]
    assert health.news([WELL]) == []


def test_a_source_that_is_no_longer_watched_did_not_come_back() -> None:
    health = Health()
    health.news([FAILING])
    assert health.news([]) == []


def test_the_admin_chats_are_told_and_nobody_else(tmp_path: Path) -> None:
    lexicon = load_lexicon()
    store = open_store(f"sqlite:///{tmp_path}/peelwatch.db", lexicon)
    store.migrate()

    async def told(api: BotApi) -> None:
        stop, notices = asyncio.Event(), asyncio.Queue[str]()
        notices.put_nowait("A source could not be read: <https://a.example/>")
        running = asyncio.create_task(
            run_telegram(api.token, api.url, store, lexicon, lambda: NOW, stop, [7], notices=notices)
        )
        await asyncio.to_thread(api.wait_for, 1)
        stop.set()
        await running

    with BotApi() as api:
        asyncio.run(told(api))
        assert [(m.chat_id, m.visible) for m in api.messages] == [
            (7, "A source could not be read: <https://a.example/>")
        ]
        assert api.violations == []
    store.close()
