"""What the bot answers: every command, plain questions, did-you-mean, limits, strangers and junk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import MOST_DATA, answer, answer_button
from bot.grades import Footnotes
from bot.markup import fits, visible
from bot.replies import COMMANDS, Reply
from config.baseline import load_baseline
from inspections.alerts import Chat, Wish
from inspections.ledger import KnownNote
from inspections.source import Source
from store import Store
from tests.servers.bot_api_rules import broken_commands, broken_markup
from tests.store_builders import NOW, cause, judgment, lexicon, move, record, store_at

CHAT = Chat("telegram", 7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_at(tmp_path / "peelwatch.sqlite") as made:
        yield made


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the baseline; only read."""
    with store_at(tmp_path_factory.mktemp("bot") / "peelwatch.sqlite") as made:
        baseline = load_baseline(lexicon())
        made.ledger.import_baseline(baseline.assertions, baseline.moves, baseline.causes, NOW)
        yield made


def reply(store: Store, text: str, **more: Any) -> Reply:
    made = answer(text, CHAT, store=store, lexicon=lexicon(), now=NOW, **more)
    assert broken_markup(made.text_html) == ""
    assert fits(made.text_html)
    for row in made.buttons:
        for button in row:
            assert 1 <= len(button.data.encode()) <= MOST_DATA
    return made


def said(store: Store, text: str, **more: Any) -> str:
    return visible(reply(store, text, **more).text_html)


def wishes(store: Store) -> list[Wish]:
    return [s.wish for s in store.chats.of(CHAT)]


def test_grade_gives_grade_cycle_date_and_link_of_every_question_held(filled: Store) -> None:
    made = reply(filled, "/grade cheshire")
    text = visible(made.text_html)
    assert "PEEL 2023-25\n• Protecting vulnerable people: outstanding, 6 February 2025 (press report)" in text
    assert "• Effectiveness: good, date not known" in text
    assert (
        text.index("PEEL 2023-25") < text.index("PEEL 2021/22") < text.index("Before 2021") < text.index("PEEL 2018/19")
    )
    assert "not comparable with those since" in text
    assert 'href="https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/peel-2017/cheshire/"' in made.text_html


def test_a_gap_is_not_known_and_never_not_graded(filled: Store) -> None:
    text = said(filled, "/grade cheshire")
    assert "Not known to PeelWatch: " in text
    assert "investigating crime" in text.split("Not known to PeelWatch: ")[1].splitlines()[0]
    assert "not graded" not in text.casefold()


@pytest.mark.parametrize("force", lexicon().forces, ids=lambda f: f.id)
def test_every_force_has_an_answer_that_fits(filled: Store, force: Any) -> None:
    assert force.name in said(filled, f"/grade {force.id}")


def test_a_force_of_which_nothing_is_held_says_so(filled: Store) -> None:
    assert "No grade of it is known to PeelWatch yet" in said(filled, "/grade psni")


def test_monitoring_says_the_last_move_known(filled: Store) -> None:
    assert "Monitoring: left Engage September 2023; routine monitoring (Scan); no later move is known" in said(
        filled, "/grade cleveland"
    )


def test_open_causes_of_concern_are_listed_with_their_date(filled: Store) -> None:
    text = said(filled, "/grade cleveland")
    assert "Open causes of concern:\n• Preventing crime and anti-social behaviour, open on 17 March 2023" in text


def test_notes_on_disagreements_stand_with_the_grade(filled: Store) -> None:
    note = KnownNote("cheshire", "cdi-2018", "cdi-overall", "One page says another grade.", "https://x.example/")
    text = said(filled, "/grade cheshire", footnotes=Footnotes(notes=(note,)))
    assert "• Crime data integrity: outstanding, 2 October 2018\nNote: One page says another grade." in text


def test_sources_that_disagree_are_both_shown(store: Store) -> None:
    record(store, judgment("good"), alerting=False)
    record(store, judgment("adequate"), publisher="press", url="https://news.example/x", alerting=False)
    text = said(store, "/grade cheshire")
    assert "Protecting vulnerable people: good, 2 June 2025" in text
    assert "but adequate says the press (news.example)" in text


def test_when_sources_were_last_read_is_told(store: Store) -> None:
    assert "No source about it has been read yet" in said(store, "/grade cheshire")
    store.sources.sync([Source("https://www.cheshire.police.uk/news/", "force", "cheshire")], NOW)
    state = store.sources.all()[0]
    store.sources.read_ok(
        state.id,
        NOW - timedelta(minutes=4),
        etag="",
        last_modified="",
        item_count=3,
        reader_found="feed",
        feed_url="",
        next_check=NOW,
    )
    assert "Sources last checked 4 minutes ago." in said(store, "/grade cheshire")


@pytest.mark.parametrize(
    "asked",
    [
        "/grade cheshire protecting vulnerable people",
        "how good is Cheshire at protecting vulnerable people?",
        "/GRADE@peelwatch_bot Cheshire protecting-vulnerable-people",
        "cheshire protecting vulnrable people",
    ],
)
def test_one_question_of_one_force_is_answered_however_it_is_put(filled: Store, asked: str) -> None:
    text = said(filled, asked, bot_name="peelwatch_bot")
    assert "Cheshire Constabulary: protecting vulnerable people" in text
    assert "outstanding, 6 February 2025" in text
    assert "Effectiveness" not in text


def test_the_answer_to_one_question_quotes_its_evidence(store: Store) -> None:
    record(store, judgment("good"), alerting=False)
    made = reply(store, "/grade cheshire protecting vulnerable people")
    assert "<blockquote>“cheshire protecting-vulnerable-people good”</blockquote>" in made.text_html


def test_a_misspelt_force_with_one_clear_winner_is_answered_and_said(filled: Store) -> None:
    text = said(filled, "/grade chesire")
    assert text.startswith("I took “chesire” for Cheshire Constabulary.")
    assert "PEEL 2018/19" in text


def test_an_ambiguous_force_is_asked_back_with_buttons_that_keep_the_question(filled: Store) -> None:
    made = reply(filled, "/grade yorkshire leadership")
    assert "Did you mean North Yorkshire Police, South Yorkshire Police or West Yorkshire Police?" in made.text_html
    pressed = answer_button(made.buttons[2][0].data, CHAT, store=filled, lexicon=lexicon(), now=NOW)
    assert "West Yorkshire Police: leadership and force management" in visible(pressed.text_html)


def test_an_unknown_force_gets_one_helpful_line(filled: Store) -> None:
    assert said(filled, "/grade atlantis").startswith("I know no force or fire service called “atlantis”.")


def test_two_forces_in_one_question_are_both_answered(filled: Store) -> None:
    text = said(filled, "compare kent and essex at investigating crime")
    assert "Kent Police: investigating crime" in text
    assert "Essex Police: investigating crime" in text


def test_subscribing_to_nothing_explains_with_examples(store: Store) -> None:
    assert "/subscribe cheshire leadership" in said(store, "/subscribe")
    assert wishes(store) == []


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("all", Wish()),
        ("Everything", Wish()),
        ("cheshire", Wish("cheshire")),
        ("the met leadership", Wish("metropolitan", "leadership")),
        ("leadership", Wish("", "leadership")),
        ("cheshire fire", Wish("frs-cheshire")),
        ("chesire", Wish("cheshire")),
    ],
)
def test_each_way_of_subscribing_makes_its_wish(store: Store, words: str, wish: Wish) -> None:
    assert "Subscribed: " in said(store, f"/subscribe {words}")
    assert wishes(store) == [wish]


def test_subscribing_twice_says_so(store: Store) -> None:
    said(store, "/subscribe kent")
    assert "You have that subscription already" in said(store, "/subscribe kent")
    assert len(wishes(store)) == 1


def test_a_question_that_is_not_known_subscribes_to_nothing_wider(store: Store) -> None:
    made = reply(store, "/subscribe cheshire xyzzy")
    assert "Nothing was changed" in made.text_html
    assert wishes(store) == []
    answer_button(made.buttons[0][0].data, CHAT, store=store, lexicon=lexicon(), now=NOW)
    assert wishes(store) == [Wish("cheshire")]


def test_a_chat_has_no_more_subscriptions_than_allowed(store: Store) -> None:
    said(store, "/subscribe kent", most_wishes=1)
    assert "A chat can have 1 subscription, no more." in said(store, "/subscribe essex", most_wishes=1)
    assert wishes(store) == [Wish("kent")]


def test_unsubscribing_ends_what_was_named_and_nothing_else(store: Store) -> None:
    for words in ("kent", "essex leadership", "essex soc", "all"):
        said(store, f"/subscribe {words}")
    assert "Ended: Kent Police." in said(store, "/unsubscribe kent")
    assert "Ended: everything." in said(store, "/unsubscribe all")
    assert said(store, "/unsubscribe essex").count("Ended: Essex Police") == 2
    assert wishes(store) == []
    assert "You have no subscription to end." in said(store, "/unsubscribe kent")


def test_unsubscribing_from_nothing_named_offers_a_button_for_each(store: Store) -> None:
    said(store, "/subscribe kent")
    made = reply(store, "/unsubscribe")
    assert made.buttons[0][0].label == "End: Kent Police"
    answer_button(made.buttons[0][0].data, CHAT, store=store, lexicon=lexicon(), now=NOW)
    assert wishes(store) == []


def test_stop_ends_all_and_start_shows_how_to_begin_again(store: Store) -> None:
    said(store, "/subscribe kent")
    said(store, "/subscribe essex")
    assert said(store, "/stop").startswith("Stopped: 2 subscriptions ended.")
    assert "You have no subscription" in said(store, "/subscriptions")
    assert "/subscribe cheshire" in said(store, "/start")


def test_a_paused_chat_is_back_when_it_writes(store: Store) -> None:
    said(store, "/subscribe kent")
    store.chats.pause(CHAT, "blocked", NOW)
    assert said(store, "/start").startswith("Welcome back. Your 1 subscription is on again")
    assert not store.chats.is_paused(CHAT)


def test_latest_lists_releases_with_what_they_state(store: Store) -> None:
    record(store, judgment("good"), move("entered"), cause("raised"), alerting=False)
    text = said(store, "/latest")
    assert "Cheshire inspected\nHMICFRS, 2 June 2025" in text
    assert "• Cheshire Constabulary: protecting vulnerable people good" in text
    assert "• Cheshire Constabulary moved into Engage" in text
    assert "PeelWatch has read no release about Kent Police yet." in said(store, "/latest kent")


def test_sources_are_for_the_operator(store: Store) -> None:
    store.sources.sync([Source("https://www.cheshire.police.uk/news/", "force", "cheshire")], NOW)
    store.sources.failed(store.sources.all()[0].id, NOW, "the address does not exist", NOW)
    assert said(store, "/sources") == "Only the operator of this PeelWatch can use that command."
    text = said(store, "/sources", admin=True)
    assert "1 source: 0 well, 1 in trouble, 0 not read yet" in text
    assert "✗ Cheshire Constabulary (cheshire.police.uk): the address does not exist" in text


def test_a_hundred_sources_fit_in_one_message(store: Store) -> None:
    store.sources.sync([Source(f"https://www.x{n}.police.uk/news/", "force", "cheshire") for n in range(100)], NOW)
    assert "more: peelwatch sources health" in said(store, "/sources", admin=True)


def test_the_terminal_lists_every_source(store: Store) -> None:
    store.sources.sync([Source(f"https://www.x{n}.police.uk/news/", "force", "cheshire") for n in range(100)], NOW)
    made = answer("/sources", Chat("terminal", 0), store=store, lexicon=lexicon(), now=NOW, admin=True)
    assert made.text_html.count("not read yet") == 101


@pytest.mark.parametrize("text", ["/", "/foo", "/grade@x@y", "//", "/ grade", "hello", "🎉", "", "  ", "/grade 🎉"])
def test_what_is_not_understood_gets_one_line_that_helps(store: Store, text: str) -> None:
    told = said(store, text)
    assert len(told.splitlines()) == 1
    assert "/grade cheshire" in told


def test_a_hundred_kilobytes_get_one_line(store: Store) -> None:
    assert said(store, "/grade " + "cheshire " * 12_000).startswith("That is too long for me to read.")


def test_a_command_for_another_bot_is_met_with_silence(store: Store) -> None:
    assert answer("/help@another", CHAT, store=store, lexicon=lexicon(), now=NOW, bot_name="peelwatch").text_html == ""
    assert said(store, "/help@PeelWatch", bot_name="peelwatch").startswith("Ask")


@pytest.mark.parametrize("data", ["", "x:cheshire:", "g:atlantis:", "g:cheshire:nothing", "🎉" * 50, "s", "g"])
def test_a_button_that_is_out_of_date_is_harmless(store: Store, data: str) -> None:
    assert answer_button(data, CHAT, store=store, lexicon=lexicon(), now=NOW).text_html
    assert wishes(store) == []


def test_the_menu_is_one_that_telegram_takes() -> None:
    assert broken_commands([{"command": name, "description": words} for name, words in COMMANDS]) == ""


@given(
    st.one_of(
        st.text(max_size=120),
        st.sampled_from(["/grade ", "/subscribe ", "/unsubscribe ", "/latest "]).flatmap(
            lambda command: st.text(max_size=60).map(lambda rest: command + rest)
        ),
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_an_answer_that_telegram_takes(store: Store, text: str) -> None:
    assert reply(store, text).text_html
