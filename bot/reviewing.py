"""Reviewing: what waits for the operator, and the sentence that answers each decision; for chats and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.markup import bold, fit, link, quote, safe
from bot.replies import Button, Reply
from bot.wording import (
    canonical_title,
    capital,
    counted,
    cycle_name,
    day,
    force_name,
    grade_words,
    moment,
    speaker,
)
from inspections.correction import Mistaken, Spoken, read_correction, split_correction
from inspections.lexicon import Lexicon
from store.values import Decided, Decision, Refused, ReleaseSummary, Review

if TYPE_CHECKING:
    from store import Store

SHOWN = 5
UNREAD_SHOWN = 10
PRESSED: dict[str, Decision] = {"ra": "approved", "rd": "dismissed"}
"""What the buttons under a review carry: `ra:12:`."""
HOW = "/approve 12, /dismiss 12, or what it should say: /correct 12 cheshire preventing crime good 2023-25"
HOW_TO_CORRECT = "/correct 12 cheshire preventing crime good"
NOTHING_WAITS = "Nothing waits for review. /review grades lists releases with a grade word in which no grade was read."
OPERATOR_HELP = "\n".join(
    [
        bold("For the operator"),
        "/review: what is uncertain, to approve, correct or dismiss; nobody is told of it before",
        "/approve 12 · /dismiss 12 · /correct 12 cheshire preventing crime good 2023-25",
        "/review grades: releases with a grade word in which no grade was read",
        "/sources: how each source is faring",
    ]
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a decision, and whether it was stored."""

    text: str
    """Markup."""
    done: bool
    usage: bool = False
    """True when the words of the decision were wrong, rather than its time."""


def review_reply(words: str, store: Store, lexicon: Lexicon) -> Reply:
    """`/review`: the newest that wait, each with buttons; `/review grades`: releases with unread grade words."""
    if words.casefold().strip() in ("grades", "grade", "unread", "grade-words"):
        return Reply(unread_text(store.reviews.unread_grades(UNREAD_SHOWN), lexicon))
    waiting, number = store.reviews.waiting(SHOWN), store.reviews.how_many_wait()
    if not waiting:
        return Reply(NOTHING_WAITS)
    rows = [_buttons(review) for review in waiting]
    return Reply(waiting_text(waiting, number, lexicon), tuple(rows))


def waiting_text(waiting: Sequence[Review], number: int, lexicon: Lexicon) -> str:
    """What waits, the newest first, as much as a message takes."""
    heading = bold(f"{counted(number, 'finding')} waiting for you")
    more = f"The newest {len(waiting)} are shown; the others follow when these are decided.\n"
    tail = (more if number > len(waiting) else "") + HOW
    blocks = [heading, *(review_block(review, lexicon) for review in waiting)]
    return fit(blocks, lambda left: f"… and {left} more: peelwatch review", tail)


def review_block(review: Review, lexicon: Lexicon) -> str:
    """One review: its number, what was read, the words, why it is doubted, where it stands."""
    force = review.force if review.publisher == "force" else ""
    who = safe(capital(speaker(review.publisher, force, review.url, lexicon)))
    lines = [f"{bold(str(review.id))} {safe(subject(review, lexicon))}"]
    if review.evidence.strip():
        lines.append(quote(review.evidence))
    lines.append(f"Why: {safe(review.reason)}.")
    lines.append(f"{link(review.url, safe(review.title, 120) or 'A release')}, {who}, {day(review.published)}")
    return "\n".join(lines)


def subject(review: Review, lexicon: Lexicon) -> str:
    """`Cheshire Constabulary, preventing crime: good (PEEL 2023-25)`, as far as it is known."""
    if not review.value and not review.force:
        return "a release as a whole"
    force = force_name(review.force, lexicon) if review.force else "force not known"
    if not review.value:
        return f"{force}: a doubt about the release"
    question = canonical_title(review.question, lexicon) if review.question else "question not known"
    cycle = f" ({cycle_name(review.cycle, lexicon)})" if review.cycle else ""
    return f"{force}, {question}: {grade_words(review.value)}{cycle}"


def unread_text(releases: Sequence[ReleaseSummary], lexicon: Lexicon) -> str:
    if not releases:
        return "Every release with a grade word has a grade that was read."
    heading = bold("Releases with a grade word and no grade read")
    lines = [
        f"{link(r.url, safe(r.title, 120) or 'A release')}, "
        f"{safe(capital(speaker(r.publisher, '', r.url, lexicon)))}, {day(r.published)}"
        for r in releases
    ]
    return fit([heading, *lines], lambda left: f"… and {left} more: peelwatch review --grade-words", gap="\n")


def decide(
    words: str,
    decision: Decision,
    who: str,
    store: Store,
    lexicon: Lexicon,
    now: datetime,
    spoken: Spoken | None = None,
    how: str = HOW_TO_CORRECT,
) -> Answer:
    """Takes a decision: `words` begin with the review's number; for a correction the rest is what it should say,
    unless that is `spoken` already. `how` is what to write for a correction."""
    number, _, rest = words.strip().partition(" ")
    number = number.lstrip("#")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return Answer(_no_number(number, store), done=False, usage=True)
    review = store.reviews.find(int(number))
    if review is None:
        return Answer(_unknown(int(number), store), done=False)
    if decision != "corrected":
        return _answer(
            store.reviews.decide(review.id, decision, who, now, note=rest.strip()[:200]), review.id, lexicon, how
        )
    if spoken is None:
        if not rest.strip():
            return Answer(f"Say what the words state: {how}", done=False, usage=True)
        taken = split_correction(rest, lexicon)
        if isinstance(taken, Mistaken):
            return Answer(f"{safe(taken.sentence)} Nothing was changed.", done=False, usage=True)
        spoken = taken
    if review.decision:
        return _answer(Refused("decided", review), review.id, lexicon, how)
    read = Spoken(review.force, review.question, review.value, review.cycle)
    correction = read_correction(spoken, read, lexicon)
    if isinstance(correction, Mistaken):
        return Answer(f"{safe(correction.sentence)} Nothing was changed.", done=False, usage=True)
    return _answer(
        store.reviews.decide(review.id, "corrected", who, now, correction=correction), review.id, lexicon, how
    )


def decide_reply(words: str, decision: Decision, who: str, store: Store, lexicon: Lexicon, now: datetime) -> Reply:
    """The answer to `/approve 12`, or to a pressed button, with how many still wait."""
    answer = decide(words, decision, who, store, lexicon, now)
    left = store.reviews.how_many_wait()
    more = f" {counted(left, 'finding')} still waiting: /review" if left else " Nothing else waits."
    return Reply(answer.text + (more if answer.done else ""))


def _answer(outcome: Decided | Refused, number: int, lexicon: Lexicon, how: str) -> Answer:
    match outcome:
        case Decided(review=review):
            return Answer(_done(outcome, safe(subject(review, lexicon))), done=True)
        case Refused(why="decided", review=review) if review is not None:
            return Answer(_decided_before(review, lexicon), done=False)
        case Refused(why="no-question"):
            return Answer(
                f"{number} names no question, so it cannot be approved. Say what the words state: {how}", done=False
            )
        case Refused(why="no-words"):
            return Answer(
                f"{number} is about a release as a whole and has no words that would prove a grade. "
                "It can be approved or dismissed.",
                done=False,
            )
        case Refused(why="taken"):
            return Answer(
                f"The release is believed to give another grade for that question. "
                f"Dismiss {number}, or say what the words state: {how}",
                done=False,
            )
        case _:
            return Answer(f"There is no review {number}.", done=False)


def _done(outcome: Decided, what: str) -> str:
    review = outcome.review
    told = f" {counted(outcome.deliveries, 'alert')} to send." if outcome.deliveries else ""
    match review.decision:
        case "approved":
            return f"Approved {review.id}: {what}.{told or _quiet(outcome)}"
        case "corrected":
            return f"Corrected {review.id}: {what}.{told or _quiet(outcome)}"
        case _:
            return f"Dismissed {review.id}: {what}. It is not asked again."


def _quiet(outcome: Decided) -> str:
    """Why nobody is told."""
    if not outcome.review.value:
        return ""
    if not outcome.changes:
        return " The ledger holds it already, or something newer: nobody is told."
    return " It is in the ledger; nobody is told (no subscriber, or no news any more)."


def _decided_before(review: Review, lexicon: Lexicon) -> str:
    if review.decision == "superseded":
        return f"{review.id} is not asked any more: a later reading of the release settled it."
    when = f" on {moment(review.decided_at)}" if review.decided_at else ""
    what = safe(subject(review, lexicon))
    return f"{review.id} was {review.decision} by {safe(review.decided_by, 60)}{when}: {what}. Nothing was changed."


def _no_number(words: str, store: Store) -> str:
    said = f"“{safe(words, 40)}” is not the number of a review, such as 12." if words else "Of which review?"
    return f"{said} {_which(store)}"


def _unknown(number: int, store: Store) -> str:
    return f"There is no review {number}. {_which(store)}"


def _which(store: Store) -> str:
    numbers = [str(review.id) for review in store.reviews.waiting(SHOWN)]
    if not numbers:
        return "Nothing waits for review."
    return f"Did you mean {numbers[0]}?" if len(numbers) == 1 else f"Waiting are {', '.join(numbers)}."


def _buttons(review: Review) -> tuple[Button, ...]:
    dismiss = Button(f"Dismiss {review.id}", f"rd:{review.id}:")
    if review.kind == "unplaced":
        return (dismiss,)
    return (Button(f"Approve {review.id}", f"ra:{review.id}:"), dismiss)
