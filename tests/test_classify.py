"""Reading whole releases: the two seed documents, exact evidence on any input, and the cross-checks."""

# ruff: noqa: E501 (a specimen is one line)

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.findings import Findings
from inspections.release import Piece, Release, blocks_of_text, join

LEXICON = load_lexicon()
GOLDEN = Path(__file__).parent / "golden"
WORDS = st.sampled_from(
    [
        *[
            "good",
            "outstanding",
            "adequate",
            "inadequate",
            "requires",
            "improvement",
            "is",
            "was",
            "graded",
            "rated",
            "the",
            "force",
            "it",
            "at",
            "in",
            "for",
            "and",
            "not",
        ],
        *[
            "preventing crime",
            "Cheshire Constabulary",
            "‘good’",
            "“inadequate”",
            "responding to the public",
            "\n",
            ". ",
            ": ",
            "• ",
            " | ",
        ],
        *[
            "2016",
            "PEEL 2023–25",
            "from",
            "to",
            "İ",
            "ß",
            "\u00a0",
            "(",
            ")",
            "'",
            '"',
            "—",
            "Kent Police",
            "effectiveness",
            "all other forces",
        ],
    ]
)


def read(text: str, title: str = "", url: str = "", day: str = "") -> Findings:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return classify(Release(url, title, None, published, text, blocks_of_text(text)), LEXICON)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from(["", "Kent Police: good", "The Met"]))
def test_every_evidence_is_a_slice_of_the_text_whatever_the_text(text: str, title: str) -> None:
    found = read(text, title, "https://www.kent.police.uk/news/1", "2024-02-02")
    quotes = [
        f.quote
        for group in (found.judgments, found.unplaced, found.tallies, found.monitoring, found.causes)
        for f in group
    ]
    quotes += [q for theme in found.themes for q in theme.quotes]
    assert all(text[q.start : q.end] == q.text for q in quotes)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_an_answer(text: str) -> None:
    assert read(text).grade_words >= 0


def test_a_grade_that_the_cycle_does_not_have_goes_to_review() -> None:
    found = read("The force was graded adequate at investigating crime.", "Kent Police", day="2017-03-02")
    assert not found.judgments
    assert "no grade 'adequate'" in found.unplaced[0].reason


def test_an_overall_grade_from_2021_on_is_refused() -> None:
    found = read("The force was rated ‘good’ for effectiveness.", "Kent Police", day="2024-03-02")
    assert not found.judgments
    assert "no pillar" in found.unplaced[0].reason


def test_two_current_grades_for_one_question_go_to_review_with_the_reason() -> None:
    found = read("Leadership was graded good. Leadership was graded inadequate.", "Kent Police", day="2024-03-02")
    assert not found.judgments
    assert found.doubts
    assert "two grades for leadership" in found.doubts[0].reason


def test_a_cell_belongs_to_its_row_and_column() -> None:
    pieces = [
        Piece("cell", "Good", row="Preventing crime", column="Grade"),
        Piece("cell", "✓", row="Investigating crime", column="Adequate"),
    ]
    text, blocks = join(pieces)
    found = classify(Release("", "Kent Police", None, datetime(2024, 3, 2, tzinfo=UTC), text, blocks), LEXICON)
    assert {(j.question, j.grade.value) for j in found.judgments} == {
        ("preventing-crime", "good"),
        ("investigating-crime", "adequate"),
    }


def test_an_alternative_text_is_read() -> None:
    alt = "Wiltshire Police was graded as follows. Outstanding: no areas. Good: preventing crime; managing offenders and suspects. Adequate: crime recording."
    text, blocks = join([Piece("alt", alt)])
    found = classify(Release("", "Wiltshire Police", None, datetime(2024, 8, 15, tzinfo=UTC), text, blocks), LEXICON)
    assert {(j.question, j.grade.value) for j in found.judgments} == {
        ("preventing-crime", "good"),
        ("managing-offenders", "good"),
        ("recording-crime", "adequate"),
    }


def test_2014_gives_one_canonical_question_two_grades_of_its_own() -> None:
    text = "Kent Police is outstanding at reducing crime and preventing offending and is good at tackling anti-social behaviour."
    found = read(text, "Kent Police", day="2014-11-27")
    assert {(j.part, j.grade.value) for j in found.judgments} == {
        ("effectiveness-1", "outstanding"),
        ("effectiveness-3", "good"),
    }
