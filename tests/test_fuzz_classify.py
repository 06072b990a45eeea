"""No input costs more than in proportion to its length, and none makes the reader stumble.

Work is counted, not timed: every Python call, every call into C, every character given to a regular expression,
so the same input gives the same count on any machine under any load, and these tests cannot flake. What a count of
characters cannot see, a pattern that goes back over them again and again, is excluded by looking at the patterns.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import inspections.classify
from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.lexicon import Lexicon

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]

MODULES = [
    importlib.import_module(f"inspections.classify.{m.name}")
    for m in pkgutil.iter_modules(inspections.classify.__path__)
]
SMALL = 6_000
TIMES = 4
SHAPES = {
    "one long word": "x",
    "no full stop": "the force said that it would look at this again and ",
    "bullets": "• is 'good' at preventing crime;\n",
    "bare bullets": "•\n",
    "nested quotes": "\"'",
    "open quotes": '"It is good. ',
    "brackets": "((",
    "spaces": " ",
    "line breaks": "\n",
    "one grade": "good ",
    "grades in quotes": "'requires improvement' in ",
    "counts": "good in two areas, adequate in three and ",
    "counts before": "in two areas - preventing crime and leadership - it is deemed ",
    "questions": "preventing crime and anti-social behaviour, keeping people safe and ",
    "forces": "Kent Police, Essex Police and ",
    "places": "Norfolk and Suffolk and ",
    "headings": "Kent Police\n",
    "badges": "Preventing crime\nGood\n",
    "cells": "Kent | Good | Adequate |\n",
    "the": "the ",
    "moves": "has been moved into the enhanced phase of the enhanced level of ",
    "concerns": "a cause of concern about a cause of concern issued ",
    "dates": "on 24 November 2023 in March ",
    "cycles": "PEEL 2021/22 2023-25 ",
    "negations": "not no never none of the ",
    "teasers": "Read more: Kent Police is good at investigating crime\n",
    "nationwide": "All other forces were judged good. The force judged as outstanding is Kent Police.\n",
    "Welsh": "Atal troseddau: Da. Mae angen gwella. ",
    "abbreviations": "e.g. i.e. Mr. St. ",
    "dashes": "- – — ",
    "themes": "registered sex registered sex offender domestic anti-social ",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


class Counted:
    """A pattern that also counts the characters it is given to look through."""

    def __init__(self, pattern: re.Pattern[str], counts: dict[str, int]) -> None:
        self._pattern, self._counts = pattern, counts

    def _looks(self, name: str, text: str, start: int = 0, end: int | None = None) -> Any:
        self._counts["characters"] += max(0, min(len(text), len(text) if end is None else end) - start)
        return getattr(self._pattern, name)(text, start, len(text) if end is None else end)

    def search(self, *where: Any) -> Any:
        return self._looks("search", *where)

    def finditer(self, *where: Any) -> Any:
        return self._looks("finditer", *where)

    def findall(self, *where: Any) -> Any:
        return self._looks("findall", *where)

    def match(self, *where: Any) -> Any:
        return self._pattern.match(*where)  # begins at one place: what it may run through is the patterns' test

    def fullmatch(self, *where: Any) -> Any:
        return self._pattern.fullmatch(*where)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)


def counted(value: Any, counts: dict[str, int]) -> Any:
    """The value with each pattern in it counted, in tuples and dicts too."""
    if isinstance(value, re.Pattern):
        return Counted(value, counts)
    if type(value) is tuple:
        return tuple(counted(v, counts) for v in value)
    if type(value) is dict:
        return {k: counted(v, counts) for k, v in value.items()}
    return value


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    counts = {"calls": 0, "characters": 0}

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        counts["calls"] += event in ("call", "c_call")

    with monkeypatch.context() as patch:
        for module in MODULES:
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern | tuple | dict) and not name.startswith("__"):
                    patch.setattr(module, name, counted(value, counts))
        sys.setprofile(note)
        try:
            yield counts
        finally:
            sys.setprofile(None)


def work(text: str, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    line = {
        "title": "Kent Police: inspection",
        "url": "https://www.kent.police.uk/x",
        "date": "2024-03-01",
        "text": text,
    }
    release = release_from_line(line, lexicon)
    classify(release, lexicon)  # what is made once from the lexicon is made now
    with counting(monkeypatch) as counts:
        classify(release, lexicon)
    return counts


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_costs_about_four_times_the_work(
    shape: str, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = SHAPES[shape]
    small = piece * (SMALL // len(piece))
    once, more = work(small, lexicon, monkeypatch), work(small * TIMES, lexicon, monkeypatch)
    for what, least in (("calls", 2_000), ("characters", 40_000)):
        assert more[what] <= 1.35 * TIMES * once[what] + least, f"{what}: {once[what]} became {more[what]}"


SPACE = ord(" ")


def repeats(pattern: Any, around: Any = None) -> Iterator[str]:
    """Each repeat without bound that stands in another, which may take time that doubles with every character.

    Words between spaces, `(?: \\w+)*`, are no such thing: where one ends and the next begins is never in doubt.
    """
    for op, argument in pattern:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, body = argument
            unbounded = most == sre.MAXREPEAT
            if unbounded and around is not None and not (is_word(body) and has_space(around)):
                yield f"{body} in {around}"
            yield from repeats(body, body if unbounded and len(body) > 1 else around)
        elif op is sre.SUBPATTERN:
            yield from repeats(argument[-1], around)
        elif op is sre.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, around if around is None else [*around, *branch])
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(argument[1], around)


def is_word(body: Any) -> bool:
    """`\\w` or `[\\w-]`: letters, which hold no space."""
    kinds = [argument for op, members in body if op is sre.IN for op, argument in members if op is sre.CATEGORY]
    return len(body) == 1 and kinds == [sre.CATEGORY_WORD]


def has_space(items: Any) -> bool:
    """A space that must be there stands among them: ` ` or ` {1,3}`."""
    for op, argument in items:
        if (op, argument) == (sre.LITERAL, SPACE):
            return True
        if op is sre.MAX_REPEAT and argument[0] >= 1 and list(argument[2]) == [(sre.LITERAL, SPACE)]:
            return True
    return False


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in MODULES:
        for name, value in vars(module).items():
            for one in value if isinstance(value, tuple) else (value,):
                for part in one if isinstance(one, tuple) else (one,):
                    if isinstance(part, re.Pattern):
                        yield f"{module.__name__}.{name}", part


def test_no_pattern_repeats_without_bound_what_repeats_without_bound() -> None:
    found = {name: list(repeats(_parser.parse(p.pattern, p.flags))) for name, p in patterns()}
    assert {name: nested for name, nested in found.items() if nested} == {}


PIECES = st.sampled_from(
    [
        *SHAPES.values(),
        "Kent Police ",
        "is ‘good’ at ",
        "investigating crime",
        ". ",
        "\n",
        "; ",
        "\u2028",
        "İ",
        "ß",
        "\x00",
        "🙂",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=12), max_size=25), st.sampled_from(["", "2016-02-30", "2024-03-01", "x"]))
def test_any_text_gives_an_answer_whose_every_evidence_is_a_slice_of_it(parts: list[str], day: str) -> None:
    text = "".join(parts)
    line = {"title": text[:80], "url": "https://www.kent.police.uk/", "date": day, "text": text}
    found = classify(release_from_line(line, load_lexicon()), load_lexicon())
    quotes = [
        f.quote
        for kind in (found.judgments, found.tallies, found.monitoring, found.causes, found.unplaced)
        for f in kind
    ]
    quotes += [q for theme in found.themes for q in theme.quotes]
    assert all(text[q.start : q.end] == q.text and q.text for q in quotes)
