"""`peelwatch ask`: what the bot would answer, once."""

from __future__ import annotations

import json

from app.build import PeelWatch, known_footnotes
from bot.commands import answer
from bot.plain import plain
from bot.terminal import CHAT


def ask_once(peelwatch: PeelWatch, words: str, *, as_json: bool) -> str:
    """The answer as text for a terminal, or as JSON: `{"text": HTML, "buttons": rows, "image": null}`."""
    reply = answer(
        words,
        CHAT,
        store=peelwatch.store,
        lexicon=peelwatch.lexicon,
        now=peelwatch.clock(),
        admin=True,
        footnotes=known_footnotes(peelwatch.lexicon),
    )
    if as_json:
        buttons = [[{"label": b.label, "data": b.data} for b in row] for row in reply.buttons]
        return json.dumps({"text": reply.text_html, "buttons": buttons, "image": None}, ensure_ascii=False)
    choices = "".join(f"\n  [{button.label}]" for row in reply.buttons for button in row)
    return plain(reply.text_html) + choices
