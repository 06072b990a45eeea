"""Alerts read well, prove themselves, harm nobody, and are never longer than Telegram takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markup import MOST_ENTITIES, MOST_UNITS, clean, fit, fits, link, safe, shorten, units, visible
from bot.messages import parcel_text
from bot.plain import plain
from bot.wording import LONDON, ago, day, question_title
from inspections.alerts import Announcement, Chat, Parcel
from inspections.ledger import Change
from tests.servers.bot_api_rules import broken_markup
from tests.store_builders import lexicon

CHAT = Chat("telegram", 7)
URL = "https://hmicfrs.example/cheshire?a=1&b=2"
PUBLISHED = datetime(2025, 2, 6, 0, 1, tzinfo=UTC)


def change(after: str = "good", before: str = "adequate", direction: Any = "up", **more: Any) -> Change:
    given: dict[str, Any] = {
        "kind": "grade",
        "force": "cheshire",
        "cycle": "2023-25",
        "question": "protecting-vulnerable-people",
        "canonical": "protecting-vulnerable-people",
        "before_cycle": "2021/22" if before else "",
        "confirmed": True,
        "publisher": "inspectorate",
        "evidence": "The force is good at protecting vulnerable people.",
    }
    return Change(after=after, before=before, direction=direction, **{**given, **more})


def announcement(*changes: Change, **more: Any) -> Announcement:
    given: dict[str, Any] = {
        "id": 12,
        "title": "Cheshire Constabulary: PEEL assessment",
        "url": URL,
        "publisher": "inspectorate",
        "published": PUBLISHED,
    }
    return Announcement(changes=changes, **{**given, **more})


def text_of(*announcements: Announcement, **more: Any) -> str:
    return parcel_text(Parcel(CHAT, (1,), announcements, **more), lexicon())


def test_an_alert_says_force_question_grades_direction_evidence_speaker_date_and_link() -> None:
    text = text_of(announcement(change()))
    seen = visible(text)
    assert "Cheshire Constabulary" in seen
    assert "Protecting vulnerable people: adequate → good" in seen
    assert "Improvement since PEEL 2021/22" in seen
    assert "<blockquote>“The force is good at protecting vulnerable people.”</blockquote>" in text
    assert "HMICFRS · PEEL 2023-25 · 6 February 2025" in seen
    assert '<a href="https://hmicfrs.example/cheshire?a=1&amp;b=2">' in text


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (change("inadequate", "good", "down"), "▼ Protecting vulnerable people: good → inadequate\nFall since"),
        (change("good", "", "first"), "● Protecting vulnerable people: good\nFirst grade known to PeelWatch"),
        (change("good", "good", "same"), "= Protecting vulnerable people: good\nUnchanged since PEEL 2021/22"),
        (
            change("good", "good", "not-comparable", before_cycle="2018/19", reason="PEEL 2018/19 used four grades"),
            "Not comparable with good in PEEL 2018/19: PEEL 2018/19 used four grades",
        ),
        (change("entered", "", "first", kind="monitoring", question="", canonical="", cycle=""), "◼ Moved into Engage"),
        (change("left", "", "first", kind="monitoring", question="", canonical="", cycle=""), "◼ Left Engage; back to"),
        (
            change("raised", "", "first", kind="cause", question="investigating-crime", canonical="", cycle=""),
            "◼ Cause of concern raised: investigating",
        ),
    ],
)
def test_each_kind_of_change_has_its_words(made: Change, words: str) -> None:
    assert words in visible(text_of(announcement(made)))


def test_a_claim_says_whose_it_is_and_that_it_is_not_confirmed() -> None:
    claim = change(confirmed=False, publisher="force")
    text = visible(text_of(announcement(claim, publisher="force", url="https://www.cheshire.police.uk/x")))
    assert "Reported by Cheshire Constabulary, not yet confirmed by HMICFRS" in text


def test_the_press_is_named_by_its_address() -> None:
    claim = change(confirmed=False, publisher="press")
    text = visible(text_of(announcement(claim, publisher="press", url="https://www.example-news.co.uk/x")))
    assert "Reported by the press (example-news.co.uk), not yet confirmed by HMICFRS" in text


def test_a_correction_says_what_we_told_when_and_what_is_so_now() -> None:
    corrected = change("requires-improvement", "adequate", "down", kind="corrected")
    told = announcement(corrected, corrects=True, told=datetime(2024, 2, 16, 9, 0, tzinfo=UTC))
    text = visible(text_of(told))
    assert text.startswith("Correction: Cheshire Constabulary")
    assert "We told you on 16 February 2024: adequate. The inspectorate now says requires improvement." in text


def test_a_possible_repeat_says_so_first() -> None:
    assert visible(text_of(announcement(change()), repeat=True)).startswith("You may have had this message already")


def test_a_release_without_a_date_says_that_the_date_is_not_known() -> None:
    assert "date not known" in visible(text_of(announcement(change(), published=None)))


def test_a_day_is_the_day_in_london() -> None:
    assert day(datetime(2025, 6, 5, 23, 30, tzinfo=UTC)) == "6 June 2025"
    assert day(datetime(2025, 1, 5, 23, 30, tzinfo=UTC)) == "5 January 2025"
    assert str(LONDON) == "Europe/London"


def test_falls_stand_before_improvements_and_unchanged_grades_last() -> None:
    made = [
        change("good", "good", "same", question="leadership", canonical="leadership", evidence="a"),
        change("good", "adequate", "up", evidence="b"),
        change("inadequate", "good", "down", question="investigating-crime", canonical="investigating-crime"),
    ]
    text = visible(text_of(announcement(*made)))
    assert text.index("▼") < text.index("▲") < text.index("=")


def test_one_sentence_that_proves_several_grades_is_quoted_once() -> None:
    made = [change(), change(question="leadership", canonical="leadership")]
    assert text_of(announcement(*made)).count("<blockquote>") == 1


def test_a_release_about_several_forces_has_a_heading_for_each() -> None:
    text = visible(text_of(announcement(change(), change(force="essex"), change(force="kent"))))
    assert [line for line in text.splitlines() if line in ("Cheshire Constabulary", "Essex Police", "Kent Police")] == [
        "Cheshire Constabulary",
        "Essex Police",
        "Kent Police",
    ]


def bundle(forces: int, questions: int) -> tuple[Announcement, ...]:
    asked = [q for q in lexicon().cycle_by_id["2023-25"].questions if q.graded][:questions]
    return tuple(
        announcement(
            *(
                change(force=force.id, question=q.id, canonical=q.canonical, evidence=f"Evidence {q.id}. " * 20)
                for q in asked
            ),
            url=f"https://hmicfrs.example/{force.id}",
            title=f"{force.name}: assessment",
        )
        for force in lexicon().forces[:forces]
    )


def test_a_bundle_names_every_force_with_its_own_link() -> None:
    text = text_of(*bundle(5, 2))
    assert visible(text).startswith("5 releases about 5 forces")
    for force in lexicon().forces[:5]:
        assert force.name in visible(text)
        assert f"https://hmicfrs.example/{force.id}" in text


def test_a_bundle_of_every_force_with_every_question_still_names_every_force() -> None:
    text = text_of(*bundle(43, 10))
    assert fits(text)
    assert all(force.name in visible(text) for force in lexicon().forces[:43])


def test_a_bundle_that_cannot_fit_says_how_many_are_left() -> None:
    text = text_of(*(bundle(100, 1) * 3))
    assert fits(text)
    assert re.search(r"… and \d+ more releases: /latest", visible(text))


def test_a_long_alert_loses_its_quotes_before_any_change() -> None:
    made = [
        change(question=q.id, canonical=q.canonical, evidence=f"{q.id} " * 60) for q in lexicon().cycles[7].questions
    ]
    made = [m for one in (made, made) for m in one]
    text = text_of(announcement(*made, *(change(force="kent", evidence=f"{n} " * 120) for n in range(12))))
    assert fits(text)
    assert "blockquote" not in text
    assert visible(text).count("→") == len(made) + 12


def test_an_alert_that_cannot_fit_is_cut_between_changes_and_says_how_many_are_left() -> None:
    text = text_of(announcement(*(change(evidence=str(n)) for n in range(200))))
    assert fits(text)
    assert re.search(r"… and \d+ more changes in the release", visible(text))
    assert broken_markup(text) == ""


HOSTILE = '<a href="https://evil.example">click</a> & <b>\x1b[31mred\x1b[0m\u202e reversed \x00 &lt;script&gt;'


def test_words_from_outside_never_become_markup_links_or_control_characters() -> None:
    text = text_of(announcement(change(evidence=HOSTILE), title=HOSTILE, url="javascript:alert(1)"))
    assert broken_markup(text) == ""
    assert "evil.example" not in re.findall(r'href="([^"]*)"', text)
    assert 'href="javascript' not in text
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\u202e" not in text
    assert '<a href="https://evil.example">click</a> & <b>' in visible(text)


def test_length_is_counted_in_utf_16_units_after_the_markup_is_read() -> None:
    assert units("<b>a&amp;b</b>") == 3
    assert units("👮") == 2
    assert not fits("👮" * 2049)
    assert fits("👮" * 2048)
    assert not fits("<b>a</b>" * (MOST_ENTITIES + 1))


def test_cutting_keeps_whole_blocks_and_the_tail() -> None:
    text = fit(["x" * 2000, "y" * 2000, "z" * 2000], lambda n: f"{n} more", "tail")
    assert "z" not in text
    assert text.endswith("1 more\n\ntail")


def test_shortening_cuts_behind_a_word() -> None:
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("short", 12) == "short"


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    assert link("ftp://x", "y") == "y"
    assert link('https://x/" onclick', "y") == "y"
    assert link("https://x/" + "a" * 3000, "y") == "y"


def test_clean_words_have_no_control_characters() -> None:
    assert clean("a\x1b[2Jb\r\nc\u200b\u2066d") == "a[2Jb cd"
    assert safe("\ud800<") == "&lt;"


def test_a_question_that_a_cycle_asks_twice_is_told_by_its_wording() -> None:
    assert question_title("2014", "effectiveness-3", "preventing-crime", lexicon()) == "Tackling anti-social behaviour"
    assert question_title("2023-25", "police-powers", "treatment-of-the-public", lexicon()).startswith("Treating")
    assert question_title("", "leadership", "leadership", lexicon()).startswith("Leadership")


def test_ago_is_in_the_largest_whole_unit() -> None:
    now = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
    assert ago(datetime(2025, 6, 1, 11, 57, tzinfo=UTC), now) == "3 minutes ago"
    assert ago(datetime(2025, 6, 1, 10, 57, tzinfo=UTC), now) == "1 hour ago"
    assert ago(datetime(2025, 5, 30, 12, 0, tzinfo=UTC), now) == "2 days ago"
    assert ago(datetime(2025, 6, 1, 12, 5, tzinfo=UTC), now) == "just now"


def test_plain_text_shows_addresses_and_sets_quotes_behind_a_bar() -> None:
    text = plain('<b>Force</b>\n<a href="https://x.example/">Title</a>\n<blockquote>“words”</blockquote>')
    assert text == "Force\nTitle (https://x.example/)\n  │ “words”"


def test_many_addresses_are_numbered_and_listed_at_the_end() -> None:
    text = plain("".join(f'<a href="https://x.example/{n}">t{n}</a> ' for n in (1, 2, 3, 1)))
    assert text.startswith("t1 [1] t2 [2] t3 [3] t1 [1]")
    assert text.endswith("[1] https://x.example/1\n[2] https://x.example/2\n[3] https://x.example/3")


def test_plain_text_is_wrapped_between_words_and_coloured_only_when_asked() -> None:
    text = plain("• " + "word " * 40, 30)
    assert all(len(line) <= 30 for line in text.splitlines())
    assert text.split() == ["•", *["word"] * 40]
    assert "\x1b" not in text
    assert "\x1b[1m" in plain("<b>bold</b>", 30, colour=True)


words = st.text(max_size=400)


@given(
    words, words, words, words, st.sampled_from(["grade", "corrected", "disputed", "confirmed", "monitoring", "cause"])
)
@settings(max_examples=80, deadline=None)
def test_any_words_give_markup_that_telegram_takes(title: str, quote: str, url: str, grade: str, kind: Any) -> None:
    made = change(grade, quote, evidence=quote, kind=kind, reason=title, question=grade, force=title[:20])
    one = announcement(made, title=title, url=url)
    for text in (text_of(one), text_of(one, one)):
        assert broken_markup(text) == ""
        assert units(text) <= MOST_UNITS
        assert not any(ord(c) < 32 and c != "\n" for c in plain(text, 60))
