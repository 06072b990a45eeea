"""Who is told of which change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inspections.alerts import Subscription, Wish
from inspections.compare import compare, hold
from inspections.concerns import compare_causes, compare_moves, latest_move, open_causes, topic_of
from inspections.ledger import KnownCause, KnownMove
from inspections.match import match
from tests.store_builders import INVESTIGATING, NOW, PVP, chat, lexicon, says

[GRADE] = compare((), hold([says("good", day=date(2025, 6, 1))], lexicon()), lexicon())
ENTERED = KnownMove("cheshire", "entered", date(2025, 6, 1), "day", "https://a.example", revision=1)
LEFT = KnownMove("cheshire", "left", date(2025, 7, 1), "month", "https://b.example")
RAISED = KnownCause("cheshire", "raised", INVESTIGATING, date(2025, 6, 1), "day", "https://a.example")
[MOVE] = compare_moves([], [ENTERED])
[CAUSE] = compare_causes([], [RAISED], lexicon())


def wishes(*wanted: Wish, to: int = 1) -> list[Subscription]:
    return [Subscription(n, chat(to), wish, NOW) for n, wish in enumerate(wanted)]


def test_a_chat_gets_one_alert_however_many_of_its_wishes_match() -> None:
    [alert] = match([GRADE, MOVE], wishes(Wish(), Wish("cheshire"), Wish("cheshire", PVP)))
    assert alert.changes == (GRADE, MOVE)


def test_a_thread_is_told_apart_from_its_group() -> None:
    subscriptions = [Subscription(1, chat(1), Wish(), NOW), Subscription(2, chat(1, 7), Wish("kent"), NOW)]
    [alert] = match([GRADE], subscriptions)
    assert alert.chat == chat(1)


def test_a_wish_for_one_question_gets_its_grades_and_causes_but_no_moves() -> None:
    asked = wishes(Wish("", PVP)) + wishes(Wish("", INVESTIGATING), to=2) + wishes(Wish("cheshire"), to=3)
    assert [a.changes for a in match([GRADE, MOVE, CAUSE], asked)] == [(GRADE,), (CAUSE,), (GRADE, MOVE, CAUSE)]


def test_what_is_only_confirmed_or_disputed_is_told_to_nobody() -> None:
    quiet = [replace(GRADE, kind="confirmed"), replace(GRADE, kind="disputed")]
    assert match(quiet, wishes(Wish())) == ()


@given(
    st.lists(st.sampled_from([GRADE, MOVE, CAUSE]), max_size=4),
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["", "cheshire", "kent"]), st.sampled_from(["", PVP])), max_size=9
    ),
)
def test_matching_is_total_and_gives_each_chat_one_alert(changes: list, wanted: list) -> None:
    subscriptions = [Subscription(n, chat(to), Wish(f, q), NOW) for n, (to, f, q) in enumerate(wanted)]
    alerts = match(changes, subscriptions)
    assert len({a.chat for a in alerts}) == len(alerts)
    assert all(a.changes for a in alerts)


def test_a_move_that_is_known_is_no_change() -> None:
    again = replace(ENTERED, release="https://press.example", publisher="press", published=date(2025, 6, 3))
    assert compare_moves([ENTERED], [ENTERED, again]) == ()


def test_a_move_that_arrives_late_is_history() -> None:
    assert compare_moves([LEFT], [LEFT, ENTERED]) == ()
    assert latest_move([LEFT, ENTERED]) == latest_move([ENTERED, LEFT]) == LEFT


def test_leaving_after_entering_is_a_change_and_a_rise() -> None:
    [change] = compare_moves([ENTERED], [LEFT, ENTERED])
    assert (change.kind, change.before, change.after, change.direction) == ("monitoring", "entered", "left", "up")


def test_a_month_means_its_last_day() -> None:
    inside = replace(ENTERED, published=date(2025, 7, 9))
    assert latest_move([inside, LEFT]) == LEFT


def test_a_kept_cause_is_no_change_and_stays_open() -> None:
    kept = replace(RAISED, state="kept", published=date(2025, 7, 1))
    assert compare_causes([RAISED], [RAISED, kept], lexicon()) == ()
    assert open_causes([RAISED, kept], lexicon()) == (kept,)
    assert compare_causes([], [kept], lexicon()) == ()


def test_closing_all_remaining_causes_closes_each() -> None:
    other = replace(RAISED, topic="custody records")
    closed = replace(RAISED, state="closed", topic="all remaining causes of concern", published=date(2025, 7, 1))
    changes = compare_causes([RAISED, other], [RAISED, other, closed], lexicon())
    assert [(c.question, c.before, c.after) for c in changes] == [
        ("custody records", "raised", "closed"),
        (INVESTIGATING, "raised", "closed"),
    ]
    assert open_causes([RAISED, other, closed], lexicon()) == ()


def test_a_topic_in_words_is_the_question_it_names() -> None:
    assert topic_of("Investigating crime (accelerated)", lexicon()) == INVESTIGATING
    assert topic_of("Custody  records.", lexicon()) == "custody records"
