"""The operator's commands as programs meet them: review, why, sources, reclassify, eval --reviewed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.classify import classify
from inspections.findings import Findings, Unplaced
from inspections.model import Grade
from inspections.release import Quote
from inspections.source import Source
from store import Store
from tests.store_builders import (
    NOW,
    PVP,
    URL,
    chat,
    claim,
    judgment,
    lexicon,
    listening,
    record,
    record_found,
    release,
    store_at,
)

ROOT = Path(__file__).parent.parent
TEXT = (
    "Cheshire Constabulary inspected\n"
    "Cheshire Constabulary is ‘good’ at preventing crime and ‘outstanding’ at protecting vulnerable people."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text('[[source]]\nurl = "https://example.org/news/"\npublisher = "press"\n')
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with store_at(folder / "peelwatch.db") as opened:
        yield opened


def peelwatch(folder: Path, *words: str, status: int = 0) -> str:
    """What it prints: to standard output when it succeeds, else to standard error."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PEELWATCH_")}
    environ |= {"PEELWATCH_DATA_DIR": str(folder), "PEELWATCH_SOURCES": str(folder / "sources.toml")}
    environ |= {"LOGNAME": "ann", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *words], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if status == 0 else done.stderr


def unplaced(store: Store) -> None:
    text = "Cheshire was graded good in one area"
    found = Unplaced("cheshire", Grade.GOOD, "the words do not say for which question", Quote(text, 0, len(text)))
    record_found(store, release(text), Findings(unplaced=(found,), grade_words=1))


def test_a_finding_is_listed_corrected_and_told_from_the_command_line(store: Store, folder: Path) -> None:
    unplaced(store)
    assert "1 finding waiting for you" in peelwatch(folder, "review")
    [listed] = json.loads(peelwatch(folder, "review", "--json"))
    assert (listed["id"], listed["kind"], listed["force"], listed["question"]) == (1, "unplaced", "cheshire", None)
    assert URL in peelwatch(folder, "review", "--grade-words")

    assert "peelwatch review correct" in peelwatch(folder, "review", "approve", "1", status=1)
    wrong = peelwatch(folder, "review", "correct", "1", "--question", "leadrship", status=2)
    assert wrong.strip() == ("“leadrship” is not certainly a question. Did you mean leadership? Nothing was changed.")
    told = peelwatch(folder, "review", "correct", "1", "--question", "leadership", "--cycle", "2023-25")
    assert told.startswith("Corrected 1: Cheshire Constabulary, leadership")
    review = store.reviews.find(1)
    assert review is not None
    assert review.decided_by == "ann"
    assert "1 was corrected by ann" in peelwatch(folder, "review", "dismiss", "1", "--who", "ben", status=1)
    assert "There is no review 7" in peelwatch(folder, "review", "dismiss", "7", status=1)
    assert "is not the number of a review" in peelwatch(folder, "review", "dismiss", "all", status=2)
    assert "--force, --question" in peelwatch(folder, "review", "correct", "1", status=2)


def test_why_tells_source_revision_words_rule_and_recipients(store: Store, folder: Path) -> None:
    listening(store, chat(41))
    record(store, judgment("good"))
    number = claim(store).announcements[0].id
    text = peelwatch(folder, "why", str(number))
    for told in (URL, "revision 1", "tests.stated", judgment().quote.text, "telegram 41", "told 1 chat"):
        assert told in text
    found = json.loads(peelwatch(folder, "why", str(number), "--json"))
    assert (found["alert"], found["changes"][0]["rule"], found["chat"]["id"]) == (number, "tests.stated", 41)
    assert "There is no alert 99. The numbers go from 1 to 1." in peelwatch(folder, "why", "99", status=1)


def test_sources_are_listed_with_how_they_fare(store: Store, folder: Path) -> None:
    store.sources.sync([Source("https://example.org/news/", "press")], NOW)
    store.sources.failed(store.sources.all()[0].id, NOW, "The address does not exist.", NOW)
    assert "https://example.org/news/  press" in peelwatch(folder, "sources", "list")
    health = peelwatch(folder, "sources", "health")
    assert "1 source: 0 well, 1 in trouble, 0 not read yet" in health
    assert "The address does not exist." in health
    [found] = json.loads(peelwatch(folder, "sources", "health", "--json"))
    assert (found["health"], found["failures"]) == ("failing", 1)


def test_reclassify_shows_the_difference_and_applies_it_in_silence(store: Store, folder: Path) -> None:
    listening(store, chat())
    old = judgment("inadequate")
    record_found(store, release(TEXT), Findings(judgments=(old,), grade_words=2), alerting=True)
    owed = store.deliveries.counts()
    shown = peelwatch(folder, "reclassify")
    assert "1 text read again, 1 differently" in shown
    assert "Nothing was changed" in shown
    assert [h.grade for h in store.ledger.held("cheshire")] == [Grade.INADEQUATE]

    found = json.loads(peelwatch(folder, "reclassify", "--apply", "--json"))
    assert (found["applied"], found["different"]) == (True, 1)
    assert {(h.canonical, h.grade) for h in store.ledger.held("cheshire")} == {
        ("preventing-crime", Grade.GOOD),
        (PVP, Grade.OUTSTANDING),
    }
    assert store.deliveries.counts() == owed
    assert "today's rules read the same" in peelwatch(folder, "reclassify", "--apply")


def test_eval_includes_the_releases_that_were_decided(store: Store, folder: Path) -> None:
    labelled = folder / "labelled"
    (labelled / "releases").mkdir(parents=True)
    (labelled / "gold.jsonl").write_text("")
    read = classify(release(TEXT), lexicon())
    [first, *others] = [j for j in read.judgments if j.current]
    unsure = replace(read, judgments=(replace(first, confidence=0.2), *others))
    record_found(store, release(TEXT), unsure)
    figures = json.loads(peelwatch(folder, "eval", str(labelled), "--reviewed", "--json"))
    assert figures["docs"] == 0
    peelwatch(folder, "review", "correct", "1", "--grade", "requires-improvement")
    figures = json.loads(peelwatch(folder, "eval", str(labelled), "--reviewed", "--json"))
    assert (figures["docs"], figures["judgments_gold"]) == (1, len(read.judgments))
    assert figures["judgment_recall"] == pytest.approx(1 - 1 / len(read.judgments))
    assert "does not go with" in peelwatch(folder, "eval", str(labelled), "--reviewed", "--digits", "3", status=2)


def test_a_grade_that_is_read_no_more_is_withdrawn_and_an_alert_of_it_not_sent(store: Store) -> None:
    listening(store, chat())
    record_found(store, release(TEXT), Findings(judgments=(judgment("inadequate", question="leadership"),)))
    [revision] = store.readings.all()
    reread = store.readings.apply(revision.id, Findings(grade_words=2), NOW)
    assert ([f.value for f in reread.dropped], reread.added) == (["inadequate"], ())
    assert store.ledger.held("cheshire") == ()
    assert store.deliveries.claim(NOW + timedelta(minutes=1)) is None
    assert store.deliveries.counts() == {"never": 1}
    again = store.readings.apply(revision.id, Findings(judgments=(judgment("inadequate", question="leadership"),)), NOW)
    assert [f.value for f in again.added] == ["inadequate"]
    assert [h.grade for h in store.ledger.held("cheshire")] == [Grade.INADEQUATE]


def test_an_alert_that_waits_is_sent_when_newer_rules_only_know_more_of_it(store: Store) -> None:
    listening(store, chat())
    found = Findings(judgments=(judgment("good", cycle=""),), grade_words=1)
    record_found(store, release(TEXT), found)
    [revision] = store.readings.all()
    store.readings.apply(revision.id, replace(found, judgments=(judgment("good"),)), NOW)
    assert [h.cycle for h in store.ledger.held("cheshire")] == ["2023-25"]
    assert store.deliveries.claim(NOW + timedelta(minutes=1)) is not None


def test_applying_keeps_what_the_operator_decided(store: Store) -> None:
    found = Findings(judgments=(judgment("good", confidence=0.2),), grade_words=1)
    record_found(store, release(judgment("good").quote.text), found)
    store.reviews.decide(1, "dismissed", "operator", NOW)
    [revision] = store.readings.all()
    store.readings.apply(revision.id, replace(found, judgments=(judgment("good", confidence=0.99),)), NOW)
    assert store.ledger.held("cheshire") == ()
    assert store.reviews.waiting(5) == []


def test_what_is_stored_is_the_release_that_was_read(store: Store) -> None:
    item = release(TEXT, force="cheshire", language="en")
    record_found(store, item, Findings())
    [revision] = store.readings.all()
    assert revision.release == item
