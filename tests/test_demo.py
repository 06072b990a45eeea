"""The demo ends by itself and shows what PeelWatch is for: each kind of alert, as a subscriber gets it."""

from __future__ import annotations

import subprocess
from functools import cache

import pytest

from tests.command_line import peelwatch

pytestmark = pytest.mark.xdist_group("demo")


@cache
def demo() -> subprocess.CompletedProcess[str]:
    return peelwatch("demo")


def shown(of: str) -> str:
    """The alert in which these words stand."""
    parts = [alert.strip() for alert in demo().stdout.split("────")[1::2]]
    return next(alert for alert in parts if of in alert)


def test_the_demo_ends_with_0_and_shows_at_least_six_alerts() -> None:
    done = demo()
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.split("────")[1::2]) >= 6
    assert done.stdout.rstrip().endswith("make run")


def test_the_demos_first_look_tells_nobody_anything() -> None:
    before, _, _ = demo().stdout.partition("────")
    assert "(nobody is told anything)" in before


def test_the_demo_shows_a_burst_as_one_bundle_of_several_forces() -> None:
    bundle = shown("5 releases about 5 forces")
    for force in ("City of London Police", "Cumbria Constabulary", "Essex Police", "Norfolk Constabulary"):
        assert force in bundle


def test_the_demo_shows_what_is_not_comparable_and_no_rise_or_fall_there() -> None:
    alert = shown("PEEL 2021/22 · 17 March 2023")
    assert "Not comparable with good in PEEL 2017" in alert
    assert "Fall" not in alert
    assert "Improvement" not in alert


def test_the_demo_shows_a_fall_and_an_improvement_with_their_words() -> None:
    fall = shown("Thames Valley Police")
    assert "▼ Protecting vulnerable people: adequate → inadequate\nFall since PEEL 2021/22" in fall
    assert "“Thames Valley Police is inadequate at protecting vulnerable people”" in fall
    rise = shown("10 April 2025")
    assert "▲ Preventing crime and anti-social behaviour: inadequate → good\nImprovement since PEEL 2021/22" in rise


def test_the_demo_shows_engage_entered_and_left() -> None:
    assert "Moved into Engage" in shown("Lincolnshire Police")
    assert "Left Engage" in shown("Nottinghamshire Police")


def test_the_demo_corrects_the_grade_it_told() -> None:
    assert "Responding to the public: requires improvement → adequate" in shown("Northamptonshire Police\nHMICFRS")
    correction = shown("Correction: Northamptonshire Police")
    assert "We told you on 16 February 2024: adequate." in correction
    assert "now says requires improvement" in correction
