"""What is held, whatever the order in which it was said; and what counts as a change."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.compare import compare, hold, latest, placed_question, up_to_date
from inspections.ledger import Assertion, Change
from inspections.model import Grade
from tests.store_builders import INVESTIGATING, PVP, lexicon, says

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
OLD = {"cycle": "2018/19", "question": "effectiveness-3", "release": "https://inspectorate.example/2018"}
LAST = {"cycle": "2021/22", "release": "https://inspectorate.example/2021"}


def changes(before: list[Assertion], new: list[Assertion]) -> list[Change]:
    return list(compare(hold(before, lexicon()), hold([*before, *new], lexicon()), lexicon()))


def only(before: list[Assertion], new: list[Assertion]) -> Change:
    [change] = changes(before, new)
    return change


def test_the_inspectorate_goes_before_a_force_and_a_force_before_the_press() -> None:
    [held] = hold([says("good", "press", JUNE), says("adequate", "force", JUNE)], lexicon())
    assert (held.grade, held.confirmed) == (Grade.ADEQUATE, False)
    [held] = hold([says("good", "press", JUNE), says("adequate", "pcc", JUNE), says("inadequate", day=MAY)], lexicon())
    assert (held.grade, held.confirmed, len(held.others)) == (Grade.INADEQUATE, True, 2)


def test_among_equals_the_later_published_is_believed() -> None:
    early, late = (
        says("good", day=MAY, release="https://a.example"),
        says("adequate", day=JUNE, release="https://b.example"),
    )
    undated = says("inadequate", release="https://c.example")
    [held] = hold([late, undated, early], lexicon())
    assert held.by == late


def test_a_later_revision_supersedes_the_earlier_one() -> None:
    [held] = hold([says("good", revision=1), says("adequate", revision=2)], lexicon())
    assert held.grade is Grade.ADEQUATE
    assert held.others == ()


def test_silence_of_a_later_revision_withdraws_nothing() -> None:
    first = [says("good", revision=1), says("good", revision=1, question=INVESTIGATING, canonical=INVESTIGATING)]
    held = hold([*first, says("good", revision=2)], lexicon())
    assert {h.question for h in held} == {PVP, INVESTIGATING}


def test_a_recalled_grade_supports_and_never_displaces() -> None:
    claim = says("good", "force", MAY)
    [held] = hold([claim, says("inadequate", day=JUNE, current=False)], lexicon())
    assert (held.by, held.confirmed) == (claim, False)
    [held] = hold([claim, says("good", day=JUNE, current=False)], lexicon())
    assert (held.by, held.confirmed) == (claim, True)
    assert hold([says("good", current=False)], lexicon()) == ()


assertions = st.builds(
    says,
    grade=st.sampled_from([g.value for g in Grade]),
    publisher=st.sampled_from(["inspectorate", "force", "pcc", "press"]),
    day=st.sampled_from([None, MAY, JUNE]),
    force=st.sampled_from(["cheshire", "kent"]),
    cycle=st.sampled_from(["", "2014", "2018/19", "2021/22", "2023-25", "cdi-2018", "no-such-cycle"]),
    question=st.sampled_from([PVP, INVESTIGATING, "effectiveness-3", "no-such-question"]),
    canonical=st.sampled_from([PVP, INVESTIGATING]),
    release=st.sampled_from(["https://a.example", "https://b.example"]),
    revision=st.integers(0, 3),
    current=st.booleans(),
)


@given(st.lists(assertions, max_size=12), st.randoms(use_true_random=False))
def test_what_is_held_does_not_depend_on_the_order_of_arrival(said: list[Assertion], dice: random.Random) -> None:
    shuffled = list(said)
    dice.shuffle(shuffled)
    assert hold(said, lexicon()) == hold(shuffled, lexicon())


@given(st.lists(assertions, max_size=8), st.lists(assertions, max_size=8))
def test_comparing_is_total_and_finds_nothing_between_equals(before: list[Assertion], new: list[Assertion]) -> None:
    held, after = hold(before, lexicon()), hold([*before, *new], lexicon())
    assert compare(held, held, lexicon()) == ()
    for change in compare(held, after, lexicon()):
        assert change.after
        assert change.kind != "grade" or (change.direction == "not-comparable") == bool(change.reason)
        assert change.direction == "first" or change.before
    newest = latest(after, lexicon())
    assert {(h.force, h.canonical) for h in newest} == {(h.force, h.canonical) for h in after}
    assert len({(h.force, h.canonical, h.cycle) for h in newest}) == len({(h.force, h.canonical) for h in newest})


def test_the_first_grade_known_is_announced_as_the_first() -> None:
    change = only([], [says("good", day=JUNE)])
    assert (change.kind, change.before, change.after, change.direction) == ("grade", "", "good", "first")
    assert change.confirmed


@pytest.mark.parametrize(("after", "direction"), [("outstanding", "up"), ("adequate", "down"), ("good", "same")])
def test_a_grade_of_a_newer_cycle_goes_up_or_down_from_the_last_that_compares(after: str, direction: str) -> None:
    change = only([says("good", **LAST)], [says(after, day=JUNE)])
    assert (change.kind, change.before, change.before_cycle, change.direction) == (
        "grade",
        "good",
        "2021/22",
        direction,
    )


def test_across_the_break_of_scale_grades_do_not_compare() -> None:
    change = only([says("good", **OLD)], [says("outstanding", **LAST)])
    assert (change.direction, change.before, change.before_cycle) == ("not-comparable", "good", "2018/19")
    assert "four grades" in change.reason


def test_a_grade_of_an_unknown_cycle_compares_with_nothing() -> None:
    change = only([says("good", day=MAY)], [says("adequate", "force", JUNE, cycle="")])
    assert change.direction == "not-comparable"
    assert change.reason


def test_a_claim_without_a_cycle_that_repeats_what_is_held_is_no_news() -> None:
    assert changes([says("good", day=MAY)], [says("good", "force", JUNE, cycle="")]) == []


def test_an_older_cycle_that_arrives_late_is_history() -> None:
    assert changes([says("good", day=MAY)], [says("adequate", day=JUNE, **LAST)]) == []


def test_a_release_with_two_cycles_announces_the_newer_only() -> None:
    change = only([], [says("adequate", **LAST), says("good", day=JUNE)])
    assert (change.cycle, change.before, change.direction) == ("2023-25", "adequate", "up")


def test_a_claim_is_confirmed_when_the_inspectorate_agrees_and_that_is_no_grade_change() -> None:
    change = only([says("good", "force", MAY)], [says("good", day=JUNE)])
    assert (change.kind, change.confirmed) == ("confirmed", True)


def test_a_claim_without_a_cycle_is_confirmed_when_the_cycle_is_known() -> None:
    change = only([says("good", "force", MAY, cycle="")], [says("good", day=JUNE)])
    assert change.kind == "confirmed"


def test_an_old_claim_without_a_cycle_is_not_taken_for_the_new_grade() -> None:
    change = only([says("good", "force", date(2019, 5, 2), cycle="")], [says("good", day=JUNE)])
    assert change.kind == "grade"


def test_another_grade_from_a_later_revision_corrects() -> None:
    change = only([says("adequate", revision=1, day=MAY)], [says("requires-improvement", revision=2, day=MAY)])
    assert (change.kind, change.before, change.after) == ("corrected", "adequate", "requires-improvement")
    assert (change.direction, change.reason) == ("down", "the release was edited")


def test_the_inspectorate_corrects_a_claim() -> None:
    change = only([says("outstanding", "force", MAY)], [says("good", day=MAY)])
    assert (change.kind, change.confirmed, change.publisher) == ("corrected", True, "inspectorate")


def test_a_claim_against_the_inspectorate_is_disputed_and_changes_nothing() -> None:
    before = [says("good", day=MAY)]
    change = only(before, [says("outstanding", "force", JUNE)])
    assert (change.kind, change.before, change.after, change.publisher) == ("disputed", "good", "outstanding", "force")
    [held] = hold([*before, says("outstanding", "force", JUNE)], lexicon())
    assert held.grade is Grade.GOOD


def test_an_older_release_of_the_same_authority_is_not_a_dispute() -> None:
    assert changes([says("good", day=JUNE)], [says("adequate", day=MAY, release="https://old.example")]) == []


def test_sub_questions_of_one_cycle_are_all_shown() -> None:
    old = {"cycle": "2014", "canonical": "preventing-crime"}
    held = hold(
        [says("good", question="effectiveness-1", **old), says("good", question="effectiveness-3", **old)], lexicon()
    )
    assert len(latest(held, lexicon())) == 2


def test_a_judgment_is_held_under_the_question_of_its_cycle_when_there_is_only_one() -> None:
    assert placed_question("treatment-of-the-public", "2023-25", "", lexicon()) == "police-powers"
    assert placed_question("preventing-crime", "2014", "", lexicon()) == "preventing-crime"
    assert placed_question("preventing-crime", "2014", "effectiveness-3", lexicon()) == "effectiveness-3"
    assert placed_question(PVP, "", "", lexicon()) == PVP


def test_what_was_not_told_yet_is_told_with_the_corrected_grade() -> None:
    before = [says("good", **LAST), says("outstanding", revision=1, day=JUNE)]
    first = only(before[:1], before[1:])
    correction = only(before, [says("adequate", revision=2, day=JUNE)])
    renewed = up_to_date(first, correction, "")
    assert renewed is not None
    assert (renewed.kind, renewed.before, renewed.after, renewed.direction) == ("grade", "good", "adequate", "down")
    repeated = up_to_date(first, correction, "outstanding")
    assert repeated is not None
    assert (repeated.kind, repeated.before, repeated.after) == ("corrected", "outstanding", "adequate")
