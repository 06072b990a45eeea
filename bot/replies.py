"""Replies: the short texts of the bot, and its lists: help, subscriptions, releases, sources. Pure; Telegram HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.markup import bold, fit, italic, link, safe
from bot.wording import (
    ago,
    canonical_title,
    capital,
    cause_words,
    counted,
    day,
    force_name,
    grade_words,
    monitoring_words,
    speaker,
)
from inspections.alerts import Subscription, Wish
from inspections.lexicon import Lexicon
from inspections.model import CanonicalQuestion, Force
from inspections.source import SourceState
from store.values import ReleaseSummary


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message: `data` comes back when it is pressed, 64 bytes at most."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answers. An empty text means silence."""

    text_html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""


COMMANDS = (
    ("grade", "the latest grades of a force: /grade cheshire"),
    ("subscribe", "be told of new grades: /subscribe cheshire"),
    ("unsubscribe", "end a subscription"),
    ("subscriptions", "what you are told of"),
    ("latest", "the newest releases"),
    ("stop", "end all subscriptions"),
    ("help", "how to ask"),
)
"""The menu Telegram shows, in its order."""

HELP = "\n".join(
    [
        f"{bold('Ask')}",
        "/grade cheshire: all grades held, with dates and links",
        "/grade cheshire leadership: one question, with the words that prove it",
        "or plainly: how good is Cheshire at protecting vulnerable people?",
        "",
        f"{bold('Be told')}",
        "/subscribe cheshire · /subscribe the met leadership · /subscribe leadership · /subscribe all",
        "/unsubscribe cheshire · /subscriptions · /stop",
        "",
        f"{bold('Look around')}",
        "/latest: the newest releases; /latest cheshire: those about one force",
        "",
        "A fire service is asked for as “cheshire fire”. Misspelt names are forgiven.",
    ]
)
START = (
    f"{bold('PeelWatch')} tells you when an inspection grade of a police force or fire service in England and Wales is "
    "published, within minutes, with the words that prove it."
)
SUBSCRIBE_HOW = "\n".join(
    [
        "Tell me what you want to be told of:",
        "/subscribe cheshire: everything about one force",
        "/subscribe cheshire leadership: one question of one force",
        "/subscribe leadership: one question, every force",
        "/subscribe all: everything",
    ]
)
UNKNOWN_COMMAND = "I do not know that command. /help lists what I can do; /grade cheshire is a good start."
NOT_UNDERSTOOD = "I answer questions about inspection grades, such as “/grade cheshire”. /help shows more."
OFFER = "Tell me of changes"
"""How the label of a button begins that offers a subscription under an answer."""
ONLY_OPERATOR = "Only the operator of this PeelWatch can use that command."
TOO_LONG = "That is too long for me to read. A force’s name is enough: /grade cheshire"


def start_text(subscriptions: int, *, was_paused: bool) -> str:
    if was_paused:
        return (
            f"Welcome back. Your {counted(subscriptions, 'subscription')} {_is(subscriptions)} on again: /subscriptions"
        )
    if subscriptions:
        return f"{START}\n\nYou have {counted(subscriptions, 'subscription')}: /subscriptions\n\n{HELP}"
    return f"{START}\n\n{HELP}"


def wish_words(wish: Wish, lexicon: Lexicon) -> str:
    """`everything`, `Cheshire Constabulary`, `leadership of every force`, `Cheshire Constabulary: leadership`."""
    question = canonical_title(wish.question, lexicon) if wish.question else ""
    force = force_name(wish.force, lexicon) if wish.force else ""
    if force and question:
        return safe(f"{force}: {question}")
    if question:
        return safe(f"{question}, every force")
    return safe(force) or "everything"


def subscriptions_text(subscriptions: Sequence[Subscription], lexicon: Lexicon) -> str:
    if not subscriptions:
        return f"You have no subscription.\n\n{SUBSCRIBE_HOW}"
    heading = bold(f"You are told of ({len(subscriptions)})")
    lines = [f"• {capital(wish_words(s.wish, lexicon))}, since {day(s.since)}" for s in subscriptions]
    return fit([heading, *lines], lambda left: f"… and {left} more", "/unsubscribe ends one, /stop ends all.", gap="\n")


def latest_text(releases: Sequence[ReleaseSummary], force: Force | None, lexicon: Lexicon) -> str:
    """The newest releases with what they state."""
    about = f" about {safe(force.name)}" if force else ""
    if not releases:
        return f"PeelWatch has read no release{about} yet."
    heading = bold(f"Latest releases{about}")
    return fit([heading, *(_release_block(r, lexicon) for r in releases)], lambda left: f"… and {left} more")


def _release_block(release: ReleaseSummary, lexicon: Lexicon) -> str:
    force = release.forces[0] if len(release.forces) == 1 else ""
    who = safe(capital(speaker(release.publisher, force, release.url, lexicon)))
    lines = [link(release.url, safe(release.title, 160) or "A release"), f"{who}, {day(release.published)}"]
    stated = [
        f"{force_name(f, lexicon)}: {canonical_title(q, lexicon)} {grade_words(g)}" for f, q, g in release.judgments
    ]
    stated += [f"{force_name(f, lexicon)} {monitoring_words(move)}" for f, move in release.moves]
    stated += [f"{force_name(f, lexicon)}: {cause_words(state).lower()}" for f, _, state in release.causes]
    lines += [f"• {safe(line)}" for line in stated[:6]]
    if len(stated) > 6:
        lines.append(f"• and {len(stated) - 6} more")
    return "\n".join(lines)


def sources_text(sources: Sequence[SourceState], lexicon: Lexicon, now: datetime, *, whole: bool = False) -> str:
    """Each source and how it fares, those in trouble first; all and in full when `whole`, else what a message takes."""
    if not sources:
        return "No source is watched. Add one to sources.toml."
    ill = [s for s in sources if s.failures]
    new = [s for s in sources if not s.failures and s.last_ok is None]
    well = len(sources) - len(ill) - len(new)
    heading = bold(f"{counted(len(sources), 'source')}: {well} well, {len(ill)} in trouble, {len(new)} not read yet")
    ordered = [*sorted(ill, key=lambda s: -s.failures), *new, *(s for s in sources if s not in ill and s not in new)]
    lines = [heading, *(_source_line(s, lexicon, now, 400 if whole else 120) for s in ordered)]
    return "\n".join(lines) if whole else fit(lines, lambda n: f"… and {n} more: peelwatch sources health", gap="\n")


def _source_line(state: SourceState, lexicon: Lexicon, now: datetime, longest: int) -> str:
    name = safe(_source_name(state, lexicon), 100)
    if state.failures:
        last = f"last read {ago(state.last_ok, now)}" if state.last_ok else "never read yet"
        return (
            f"✗ {name}: {safe(state.reason, longest) or 'failing'} ({counted(state.failures, 'time')} in a row, {last})"
        )
    if state.last_ok is None:
        return f"· {name}: {'not reached yet' if state.reason else 'not read yet'}"
    return f"✓ {name}: read {ago(state.last_ok, now)}, {counted(state.last_item_count, 'item')}"


def _source_name(state: SourceState, lexicon: Lexicon) -> str:
    """`Bedfordshire Police, beds.police.uk/news`: Telegram makes a link of the address by itself."""
    address = state.source.url.split("//", 1)[-1].removeprefix("www.")
    if not state.source.force:
        return address.rstrip("/")
    return f"{force_name(state.source.force, lexicon)} ({address.split('/', 1)[0]})"


def which_force(typed: str, choices: Sequence[Force]) -> str:
    """The sentence above the buttons of did-you-mean."""
    words = f"“{safe(typed, 60)}” " if typed.strip() else ""
    if len(choices) == 1:
        return f"{words}is not a force I know. Did you mean {safe(choices[0].name)}?"
    names = [safe(f.name) for f in choices]
    return f"{words}fits more than one. Did you mean {', '.join(names[:-1])} or {names[-1]}?"


def which_question(typed: str, choices: Sequence[CanonicalQuestion]) -> str:
    titles = "; ".join(safe(q.title) for q in choices)
    return f"“{safe(typed, 60)}” may mean several questions: {titles}. Which one?"


def unknown_force(typed: str) -> str:
    return (
        f"I know no force or fire service called “{safe(typed, 60)}”. "
        "Try its county, such as “/grade cheshire” or “/grade cheshire fire”."
    )


def for_which_force(question: CanonicalQuestion) -> str:
    return f"{capital(safe(question.title))}: of which force? For example: /grade cheshire {safe(question.title)}"


def taken_for(typed: str, force: Force | None, question: CanonicalQuestion | None) -> str:
    """Says what was guessed: `I took “chesire” for Cheshire Constabulary.`"""
    meant = ": ".join(part for part in (force.name if force else "", question.title if question else "") if part)
    return italic(f"I took “{safe(typed, 60)}” for {safe(meant)}.")


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
