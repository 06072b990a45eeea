"""Commands: what the bot answers to what somebody writes or presses. Knows chats and the store, not Telegram."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.grades import Footnotes, Standing, force_text, question_text
from bot.markup import fits, safe
from bot.replies import (
    HELP,
    NOT_UNDERSTOOD,
    OFFER,
    ONLY_OPERATOR,
    SUBSCRIBE_HOW,
    TOO_LONG,
    UNKNOWN_COMMAND,
    Button,
    Reply,
    for_which_force,
    latest_text,
    sources_text,
    start_text,
    subscriptions_text,
    taken_for,
    unknown_force,
    which_force,
    which_question,
    wish_words,
)
from bot.reviewing import OPERATOR_HELP, PRESSED, decide_reply, review_reply
from bot.wording import capital, counted
from inspections.alerts import Chat, Wish
from inspections.compare import latest
from inspections.lexicon import Lexicon
from inspections.model import CanonicalQuestion, Force
from inspections.question import Asked, ask

if TYPE_CHECKING:
    from store import Store
    from store.values import Decision

MOST_WISHES = 100
LONGEST_TEXT = 4096
MOST_DATA = 64
LATEST = 5
BUTTONS_TO_END = 12
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w{1,64}))?(?:\s+(?P<rest>.*))?", re.DOTALL)
EVERYTHING = frozenset(["all", "everything", "every force", "all forces", "*"])
DECISIONS: dict[str, Decision] = {"approve": "approved", "dismiss": "dismissed", "correct": "corrected"}
ACTIONS = {"g": "grade", "s": "subscribe", "u": "unsubscribe"}


def answer(
    text: str,
    chat: Chat,
    *,
    store: Store,
    lexicon: Lexicon,
    now: datetime,
    admin: bool = False,
    bot_name: str = "",
    most_wishes: int = MOST_WISHES,
    footnotes: Footnotes | None = None,
) -> Reply:
    """The answer to any text: one helpful line when it is not understood, silence when it is meant for another bot."""
    desk = _Desk(chat, store, lexicon, now, admin, most_wishes, footnotes or Footnotes())
    if len(text) > LONGEST_TEXT:
        return Reply(TOO_LONG)
    text = text.strip()
    was_paused = store.chats.is_paused(chat)
    if was_paused:
        store.chats.meet(chat, now)
    command = COMMAND.fullmatch(text)
    if command is None:
        return desk.unslashed(text)
    if command["bot"] and bot_name and command["bot"].casefold() != bot_name.casefold():
        return Reply("")
    rest = (command["rest"] or "").strip()
    match command["name"].casefold():
        case "start":
            return desk.start(was_paused=was_paused)
        case "help":
            return Reply(f"{HELP}\n\n{OPERATOR_HELP}" if admin else HELP)
        case "grade" | "grades":
            return desk.grade(rest)
        case "subscribe":
            return desk.subscribe(rest)
        case "unsubscribe":
            return desk.unsubscribe(rest)
        case "subscriptions":
            return Reply(subscriptions_text(store.chats.of(chat), lexicon))
        case "latest":
            return desk.latest(rest)
        case "stop":
            return desk.stop()
        case "sources":
            return desk.sources()
        case "review" | "reviews":
            return desk.review(rest)
        case "approve" | "dismiss" | "correct" as verb:
            return desk.decide(rest, DECISIONS[verb])
        case _:
            return Reply(UNKNOWN_COMMAND)


def answer_button(
    data: str,
    chat: Chat,
    *,
    store: Store,
    lexicon: Lexicon,
    now: datetime,
    admin: bool = False,
    most_wishes: int = MOST_WISHES,
    footnotes: Footnotes | None = None,
) -> Reply:
    """The answer to a pressed button, however old its message is."""
    desk = _Desk(chat, store, lexicon, now, admin, most_wishes, footnotes or Footnotes())
    action, _, rest = data[:MOST_DATA].partition(":")
    if action in PRESSED:
        return desk.decide(rest.removesuffix(":"), PRESSED[action])
    force_id, _, question_id = rest.partition(":")
    force, question = lexicon.force_by_id.get(force_id), lexicon.canonical_by_id.get(question_id)
    known = (force is not None or not force_id) and (question is not None or not question_id)
    if action not in ACTIONS or not known or data.count(":") != 2:
        return Reply("That button is out of date. /help lists what I can do.")
    if store.chats.is_paused(chat):
        store.chats.meet(chat, now)
    wish = Wish(force_id, question_id)
    match ACTIONS[action]:
        case "grade":
            return desk.grades_of([force], question) if force else Reply(HELP)
        case "subscribe":
            return desk.add([wish])
        case _:
            return desk.remove([wish])


def button(label: str, action: str, force: str = "", question: str = "") -> tuple[Button, ...]:
    """A row with one button, or none when what it carries is more than Telegram takes."""
    data = f"{action}:{force}:{question}"
    return (Button(label[:64], data),) if len(data.encode()) <= MOST_DATA else ()


class _Desk:
    """One answer in the making: who asks, and what it can be looked up in."""

    def __init__(
        self, chat: Chat, store: Store, lexicon: Lexicon, now: datetime, admin: bool, most: int, footnotes: Footnotes
    ) -> None:
        self.chat, self.store, self.lexicon, self.now = chat, store, lexicon, now
        self.admin, self.most, self.footnotes = admin, most, footnotes

    def start(self, *, was_paused: bool) -> Reply:
        self.store.chats.meet(self.chat, self.now)
        return Reply(start_text(len(self.store.chats.of(self.chat)), was_paused=was_paused))

    def unslashed(self, text: str) -> Reply:
        """A plain question, a bare name, or talk."""
        asked = ask(text, self.lexicon)
        if asked.forces or asked.question or asked.force_choices:
            return self._asked_back(text, asked, "g") or self.grades_of(asked.forces, asked.question, text, asked)
        return Reply(NOT_UNDERSTOOD)

    def grade(self, words: str) -> Reply:
        if not words:
            return Reply("Of which force? For example: /grade cheshire, or: /grade cheshire leadership")
        asked = ask(words, self.lexicon)
        return self._asked_back(words, asked, "g") or self.grades_of(asked.forces, asked.question, words, asked)

    def grades_of(
        self, forces: Sequence[Force], question: CanonicalQuestion | None, words: str = "", asked: Asked | None = None
    ) -> Reply:
        notes = []
        if asked is not None and asked.guessed:
            notes.append(taken_for(words, forces[0], question))
        if asked is not None and asked.left:
            notes.append(f"I did not understand “{safe(asked.left, 60)}”; here is all that is held.")
        standings = [self._standing(force) for force in forces[:3]]
        texts = [
            question_text(s, question, self.lexicon) if question else force_text(s, self.lexicon) for s in standings
        ]
        shown = texts
        while len(shown) > 1 and not fits("\n\n".join([*notes, *shown])):
            shown = shown[:-1]
        text = "\n\n".join([*notes, *shown])
        text = text if fits(text) else shown[0]
        held_back = [button(f.name, "g", f.id, question.id if question else "") for f in forces[len(shown) :][:6]]
        wish = button(f"{OFFER}: {forces[0].name}", "s", forces[0].id, question.id if question else "")
        return Reply(text, tuple(row for row in (*held_back, wish) if row))

    def subscribe(self, words: str) -> Reply:
        if not words:
            return Reply(SUBSCRIBE_HOW)
        if words.casefold().strip(" .!") in EVERYTHING:
            return self.add([Wish()])
        asked = ask(words, self.lexicon)
        back = self._asked_back(words, asked, "s")
        if back:
            return back
        question = asked.question.id if asked.question else ""
        if asked.left:
            known = " and ".join(f.name for f in asked.forces)
            rows = [button(f"All of {f.name}", "s", f.id, question) for f in asked.forces]
            about = f"I know {safe(known)}, but" if known else "I do"
            told = f"{about} not the question “{safe(asked.left, 60)}”. Nothing was changed."
            return Reply(told, tuple(row for row in rows if row))
        note = taken_for(words, asked.forces[0] if asked.forces else None, asked.question) if asked.guessed else ""
        return self.add([Wish(f.id, question) for f in asked.forces] or [Wish("", question)], note)

    def add(self, wishes: Iterable[Wish], note: str = "") -> Reply:
        lines = [note] if note else []
        for wish in wishes:
            held = [s.wish for s in self.store.chats.of(self.chat)]
            words = capital(wish_words(wish, self.lexicon))
            if wish in held:
                lines.append(f"You have that subscription already: {words}.")
            elif len(held) >= self.most:
                most = counted(self.most, "subscription")
                lines.append(f"A chat can have {most}, no more. /subscribe all covers everything.")
            else:
                self.store.chats.subscribe(self.chat, wish, self.now)
                lines.append(f"Subscribed: {words}.{self._covered(wish, held)}")
        return Reply("\n".join([*lines, "/subscriptions lists what you are told of."]))

    def unsubscribe(self, words: str) -> Reply:
        subscriptions = self.store.chats.of(self.chat)
        if not subscriptions:
            return Reply("You have no subscription to end.")
        if not words:
            rows = [button(self._label(s.wish), "u", s.wish.force, s.wish.question) for s in subscriptions]
            more = "\n/subscriptions lists them all." if len(rows) > BUTTONS_TO_END else ""
            asked_for = "Which one shall end? For example: /unsubscribe cheshire. /stop ends all."
            return Reply(asked_for + more, tuple(row for row in rows[:BUTTONS_TO_END] if row))
        if words.casefold().strip(" .!") in EVERYTHING:
            return self.remove([Wish()])
        asked = ask(words, self.lexicon)
        back = self._asked_back(words, asked, "u")
        if back:
            return back
        if asked.left:
            told = f"I did not understand “{safe(asked.left, 60)}”. Nothing was changed."
            return Reply(f"{told} /subscriptions lists what you have.")
        question = asked.question.id if asked.question else ""
        wishes = [Wish(f.id, question) for f in asked.forces] or [Wish("", question)]
        return self.remove(wishes)

    def remove(self, wishes: Iterable[Wish]) -> Reply:
        lines = []
        for wish in wishes:
            held = [s.wish for s in self.store.chats.of(self.chat)]
            # "/unsubscribe cheshire" ends what one has of Cheshire when that is single questions
            within = [w for w in held if w.force == wish.force] if wish.force and not wish.question else []
            ended = [wish] if wish in held else within
            for each in ended:
                self.store.chats.end(self.chat, each, "ended by the chat", self.now)
                lines.append(f"Ended: {wish_words(each, self.lexicon)}.")
            if not ended:
                lines.append(f"You have no subscription to {wish_words(wish, self.lexicon)}.")
        return Reply("\n".join([*lines, "/subscriptions lists what you have; /stop ends all."]))

    def stop(self) -> Reply:
        ended = self.store.chats.end(self.chat, None, "stopped by the chat", self.now)
        if not ended:
            return Reply("You had no subscription; you are told of nothing. /subscribe starts.")
        return Reply(f"Stopped: {counted(ended, 'subscription')} ended. You can still ask; /subscribe starts again.")

    def latest(self, words: str) -> Reply:
        force: Force | None = None
        if words:
            asked = ask(words, self.lexicon)
            if asked.force_choices:
                return Reply(which_force(words, asked.force_choices))
            if not asked.forces:
                return Reply(unknown_force(words))
            force = asked.forces[0]
        releases = self.store.releases.latest(LATEST, force.id if force else "")
        return Reply(latest_text(releases, force, self.lexicon))

    def sources(self) -> Reply:
        if not self.admin:
            return Reply(ONLY_OPERATOR)
        whole = self.chat.platform == "terminal"
        return Reply(sources_text(self.store.sources.all(), self.lexicon, self.now, whole=whole))

    def review(self, words: str) -> Reply:
        return review_reply(words, self.store, self.lexicon) if self.admin else Reply(ONLY_OPERATOR)

    def decide(self, words: str, decision: Decision) -> Reply:
        if not self.admin:
            return Reply(ONLY_OPERATOR)
        who = "terminal" if self.chat.platform == "terminal" else f"chat {self.chat.id}"
        return decide_reply(words, decision, who, self.store, self.lexicon, self.now)

    def _asked_back(self, words: str, asked: Asked, action: str) -> Reply | None:
        """The question asked back when force or question are not certain; None when there is enough to go on."""
        question = asked.question.id if asked.question else ""
        if asked.force_choices and not asked.forces:
            rows = [button(f.name, action, f.id, question) for f in asked.force_choices]
            return Reply(which_force(words, asked.force_choices), tuple(row for row in rows if row))
        if asked.question_choices and (asked.forces or action != "g"):
            force = asked.forces[0].id if asked.forces else ""
            rows = [button(capital(q.title), action, force, q.id) for q in asked.question_choices]
            if force and action == "g":
                rows.append(button(f"All grades of {asked.forces[0].name}", action, force))
            return Reply(which_question(words, asked.question_choices), tuple(row for row in rows if row))
        if not asked.forces and (asked.question is None or action == "g"):
            return Reply(for_which_force(asked.question) if asked.question else unknown_force(words))
        return None

    def _standing(self, force: Force) -> Standing:
        held = self.store.ledger.held(force.id)
        return Standing(
            force,
            held,
            latest(held, self.lexicon),
            self.store.ledger.monitoring(force.id),
            tuple(self.store.ledger.causes(force.id)),
            self.footnotes,
            self.store.ledger.last_checked(force.id),
            self.now,
        )

    def _covered(self, wish: Wish, held: Sequence[Wish]) -> str:
        wider = [w for w in held if w in (Wish(), Wish(wish.force), Wish("", wish.question))]
        return f" (You are told of {wish_words(wider[0], self.lexicon)} anyway.)" if wider else ""

    def _label(self, wish: Wish) -> str:
        return f"End: {wish_words(wish, self.lexicon)}"
