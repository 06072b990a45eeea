"""Grades that stand apart from their questions on the page: badges under headings, lists under a grade, lists under a lead-in, table cells."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from inspections.classify.context import topic_mention
from inspections.classify.cycles import Cycles
from inspections.classify.fillers import FORWARD
from inspections.classify.forces import Forces
from inspections.classify.grades import FORMS, WORDS, GradeWord
from inspections.classify.links import Link, only
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Passage, Structure
from inspections.classify.verdicts import Verdict
from inspections.model import Grade

UPDATED = re.compile(
    r"^\W*(?:last updated|updated|published|date|graded|our judg(?:e)?ment|judg(?:e)?ment|grade|page last|read more|view the|inspection date)\b.{0,40}$|^\W*\d{1,2}[ /]\w+[ /]\d{2,4}\W*$"
)
BADGE = re.compile(
    r"^\W*(?:(?:a|answer|grade|judg(?:e)?ment|graded|rating|our grade|overall grade)\W+)?(?:outstanding|good|adequate|requires improvement|inadequate|rhagorol|da|digonol|angen gwella|annigonol)\W*$"
)

T = TypeVar("T", Verdict, GradeWord, QuestionMention)


@dataclass(frozen=True, slots=True)
class Page:
    """What the lists are read from: the verdicts and questions of each passage."""

    verdicts: dict[int, list[Verdict]]
    words: dict[int, list[GradeWord]]
    questions: dict[int, list[QuestionMention]]


def read_lists(
    text: Structure,
    words: Sequence[GradeWord],
    verdicts: Sequence[Verdict],
    questions: Sequence[QuestionMention],
    linked: Sequence[Link],
    cycles: Cycles,
    forces: Forces,
) -> list[Link]:
    """Links that only the layout makes, in order."""
    page = Page(_by_passage(text, verdicts), _by_passage(text, words), _by_passage(text, questions))
    done = {link.verdict.start for link in linked}
    badges = _badges(text, page)
    done |= {link.verdict.start for link in badges}
    return [*badges, *_under_lead_ins(text, page, done), *_cells(text, page), *_rows(text, page, cycles, forces)]


def _by_passage(text: Structure, items: Sequence[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for item in items:
        sentence = item.word.sentence if isinstance(item, Verdict) else item.sentence
        found.setdefault(text.sentences[sentence].passage, []).append(item)
    return found


def _badges(text: Structure, page: Page) -> list[Link]:
    lone = {
        i
        for i in page.words
        if len(page.words[i]) == 1 and BADGE.match(text.words(text.passages[i])) and not text.passages[i].furniture
    }
    links: list[Link] = []
    layout = ""
    for i in sorted(lone):
        if i + 1 in lone or i - 1 in lone:
            continue  # the scale itself, or the heads of a table
        verdict = Verdict(page.words[i][0], "label", spoken=False)
        above = _question_line(text, page, i, -1)
        below = _lines_below(text, page, i, lone)
        layout = layout or ("above" if above is not None else "below")
        if layout == "above" and above is not None:
            links.append(
                _link(verdict, page.questions[above], text.passages[above].start, text.passages[i].end, text, "badge")
            )
        elif layout == "below":
            links.extend(
                _link(verdict, page.questions[n], text.passages[i].start, text.passages[n].end, text, "bucket")
                for n in below
            )
    return links


def _question_line(text: Structure, page: Page, index: int, step: int) -> int | None:
    """The line next to a badge that is a question's name, over a date if need be."""
    for distance in (1, 2, 3):
        n = index + step * distance
        if not 0 <= n < len(text.passages):
            return None
        if _names_a_question(text, page, n):
            return n
        if not UPDATED.match(text.words(text.passages[n])[:120]):
            return None
    return None


def _names_a_question(text: Structure, page: Page, n: int) -> bool:
    passage = text.passages[n]
    found = page.questions.get(n)
    words = text.words(passage)
    if not found or n in page.verdicts or len(words) > 150 or (words.endswith(".") and len(words) > 60):
        return False
    return passage.kind == "heading" or len(words.split()) <= 16 or words.endswith("?") or words.startswith("how ")


def _lines_below(text: Structure, page: Page, index: int, lone: set[int]) -> list[int]:
    found: list[int] = []
    n = index + 1
    while n < len(text.passages) and n not in lone and _names_a_question(text, page, n) and len(found) < 14:
        found.append(n)
        n += 1
    return found


def _link(
    verdict: Verdict, questions: Sequence[QuestionMention], start: int, end: int, text: Structure, rule: str
) -> Link:
    first = _one_question(questions)
    start, end = min(start, verdict.start), max(end, verdict.end)
    if end - start > 700:
        start, end = verdict.start, verdict.end
    sentence = text.sentence_at(first[0].start)
    return Link(verdict, tuple(first), sentence, start, end, rule)


def _one_question(questions: Sequence[QuestionMention]) -> list[QuestionMention]:
    """A line that names one question in several ways is about the first whole one."""
    whole = [q for q in questions if not q.short] or list(questions)
    names = list(dict.fromkeys(q.question for q in whole))
    if len(names) > 1 and questions[-1].end - questions[0].start < 110:
        return (
            [next(q for q in whole if q.question == name) for name in names]
            if len(names) <= 4 and _enumerated(whole)
            else [whole[0]]
        )
    return [whole[0]]


def _enumerated(questions: Sequence[QuestionMention]) -> bool:
    return (
        False
        if len({q.question for q in questions}) < 2
        else all(not q.short for q in questions) and len(questions) >= 3
    )


def _under_lead_ins(text: Structure, page: Page, done: set[int]) -> list[Link]:
    """ "The force was graded good in:" with one question a line below."""
    links: list[Link] = []
    opened = {
        v[-1].start
        for i, v in page.verdicts.items()
        if v[-1].start in done and v[-1].start - text.passages[i].start < 6
    }
    for i in sorted(page.verdicts):
        verdict = page.verdicts[i][-1]
        passage = text.passages[i]
        if verdict.start in opened and verdict.manner == "label":
            links.extend(_lines_after(text, page, verdict, i))
            continue
        tail = text.low[verdict.end : passage.end]
        if (
            verdict.start in done
            or passage.furniture
            or BADGE.match(text.words(passage)[:80])
            or len(tail) > 90
            or not only(tail.replace("following", "").replace("as follows", ""), FORWARD, ":'\"-,.(")
        ):
            continue
        if not (
            tail.rstrip().endswith((":", "-", "..."))
            or (verdict.manner == "label" and (tail.strip(" \"'") or verdict.start - passage.start < 6))
            or re.search(r"\b(?:in|at|for|following|areas?)$", tail.rstrip())
        ):
            continue
        n = i + 1
        while n < len(text.passages) and n not in page.verdicts and n in page.questions and n - i < 15:
            line = text.passages[n]
            if line.end - line.start > 200 or (line.kind not in ("item", "heading") and line.end - line.start > 110):
                break
            links.append(
                _link(
                    verdict,
                    page.questions[n],
                    passage.start if passage.end - passage.start < 200 else verdict.start,
                    line.end,
                    text,
                    "lead-in",
                )
            )
            n += 1
    return links


def _rows(text: Structure, page: Page, cycles: Cycles, forces: Forces) -> list[Link]:
    """Rows of a table set with bars, under a head that names cycles ("Area | 2021/22 | 2023-25") or grades ("Area | Good | Adequate")."""
    links: list[Link] = []
    heads: list[str] = []
    graded: list[GradeWord | None] = []
    asked: list[QuestionMention | None] = []
    for passage in text.passages:
        if passage.kind != "row":
            heads, graded, asked = [], [], []
            continue
        cells = _split_cells(text, passage)
        own = page.words.get(passage.index, [])
        named = page.questions.get(passage.index, [])
        years = [next((m.cycle for m in cycles.between(a, b)), "") for a, b in cells]
        if not own and sum(1 for y in years if y) >= 2:
            heads = years
        elif not own and len(named) >= 2:
            asked = [next((q for q in named if a <= q.start < b), None) for a, b in cells]
        elif own and not named and asked and (first := forces.in_sentence(passage.first)):
            for word in own:
                at = next((n for n, (a, b) in enumerate(cells) if a <= word.start < b), 0)
                if at < len(asked) and (q := asked[at]):
                    verdict = Verdict(word, "label", spoken=False)
                    links.append(
                        Link(verdict, (q,), passage.first, passage.start, passage.end, "row", (first[0].force,))
                    )
        elif len(own) == 1 and not named and not asked and (pillar := _pillar(text, cells)):
            verdict = Verdict(own[0], "label", spoken=False)
            cycle = next((m.cycle for m in cycles.between(*cells[0]) if m.firm), "")
            q = topic_mention(pillar, verdict)
            links.append(Link(verdict, (q,), passage.first, passage.start, passage.end, "row", cycle=cycle))
        elif len(own) >= 3 and not named:
            graded = [next((w for w in own if a <= w.start < b), None) for a, b in cells]
        elif named and heads:
            for word in own:
                at = next((n for n, (a, b) in enumerate(cells) if a <= word.start < b), 0)
                if at < len(heads) and heads[at]:
                    verdict = Verdict(word, "label", spoken=False)
                    links.append(
                        Link(verdict, (named[0],), passage.first, passage.start, passage.end, "row", cycle=heads[at])
                    )
        elif named and graded and not own:
            ticked = [n for n, (a, b) in enumerate(cells[1:], 1) if text.low[a:b].strip() and TICK.match(text.low[a:b])]
            head = graded[ticked[0]] if len(ticked) == 1 and ticked[0] < len(graded) else None
            if head:
                links.append(
                    Link(
                        Verdict(head, "label", spoken=False),
                        (named[0],),
                        passage.first,
                        passage.start,
                        passage.end,
                        "ticked",
                    )
                )
    return links


def _pillar(text: Structure, cells: Sequence[tuple[int, int]]) -> str:
    """ "PEEL: Efficiency 2015 | 20 October 2015 | Requires improvement": the pillar of the first cell, the grade the last."""
    named = set(re.findall(r"\b(?:effectiveness|efficiency|legitimacy)\b", text.low[slice(*cells[0])]))
    return next(iter(named)) if len(named) == 1 and BADGE.match(text.low[slice(*cells[-1])]) else ""


def _split_cells(text: Structure, passage: Passage) -> list[tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    at = passage.start
    while at <= passage.end:
        bar = text.low.find("|", at, passage.end)
        end = bar if bar >= 0 else passage.end
        cells.append((at, end))
        at = end + 1
    return cells[:40]


def _lines_after(text: Structure, page: Page, verdict: Verdict, index: int) -> list[Link]:
    """ "Good: preventing crime" with more questions on the lines right below it."""
    links: list[Link] = []
    n = index + 1
    while (
        n < len(text.passages)
        and text.passages[n].start - text.passages[n - 1].end == 1
        and _names_a_question(text, page, n)
        and text.passages[n].kind in ("heading", "item")
    ):
        below = text.passages[n + 1] if n + 1 < len(text.passages) else None
        if below and n + 1 in page.words and BADGE.match(text.words(below)[:80]):
            break
        links.append(_link(verdict, page.questions[n], verdict.start, text.passages[n].end, text, "bucket"))
        n += 1
    return links


TICK = re.compile(r"^\W*(?:[✓✔☑●•xX*■⬤]|yes|tick|ticked)?\W*$")


def _cells(text: Structure, page: Page) -> list[Link]:
    """A cell belongs to its row's question; its own words, or its column's head, are the grade."""
    from inspections.classify.questions import questions_in

    links: list[Link] = []
    for passage in text.passages:
        if passage.kind != "cell" or passage.end - passage.start > 200:
            continue
        own = page.words.get(passage.index, [])
        if len(own) == 1 and BADGE.match(text.words(passage)):
            named = questions_in(passage.row, passage) or questions_in(passage.column, passage)
            if named:
                links.append(
                    Link(
                        Verdict(own[0], "label", spoken=False),
                        tuple(named[:1]),
                        passage.first,
                        passage.start,
                        passage.end,
                        "cell",
                    )
                )
            continue
        head = WORDS.search(passage.column.lower()[:60])
        if head and BADGE.match(passage.column.lower()):
            grade = _grade_of(head)
            word = GradeWord(grade, passage.start, passage.end, passage.first, quoted=False, form="word", capital=True)
            named = page.questions.get(passage.index, [])
            if not named and TICK.match(text.words(passage)) and text.words(passage).strip():
                named = questions_in(passage.row, passage)
            if named and passage.last > passage.first:
                links.append(
                    Link(
                        Verdict(word, "label", spoken=False),
                        tuple(named),
                        passage.first,
                        passage.start,
                        passage.end,
                        "column",
                    )
                )
    return links


def _grade_of(m: re.Match[str]) -> Grade:
    return next(FORMS[int(k[1:])][1] for k, v in m.groupdict().items() if k.startswith("g") and v)
