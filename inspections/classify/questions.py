"""Where the text names a question of the inspections, in any cycle's wording."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from inspections.classify.fire_wordings import FIRE_STEMS, FIRE_WORDINGS
from inspections.classify.structure import PLAIN, Passage, Structure
from inspections.classify.wordings import STEMS, WORDINGS


@dataclass(frozen=True, slots=True)
class QuestionMention:
    """A question named in the text, police or fire."""

    question: str
    """Canonical id."""
    part: str
    """The fire question under `fire-other`; '' otherwise."""
    start: int
    end: int
    sentence: int
    short: bool
    """A bare word ("leadership", "response") that is a question only where a question must stand."""
    fire: bool = False


def _compiled(wordings: tuple[tuple[str, str, bool], ...], stems: list[str]) -> re.Pattern[str]:
    # a wording is written with single spaces; the text may have more
    branches = (
        f"(?P<w{n}>{pattern.replace('{n}', str(n)).replace(' ', ' {1,3}')})"
        for n, (_, pattern, _) in enumerate(wordings)
    )
    by_letter = {s[0]: "|".join(t[1:] for t in stems if t[0] == s[0]) for s in stems}
    gate = "|".join(f"{letter}(?:{rest})" for letter, rest in sorted(by_letter.items()))
    return re.compile(rf"(?<![\w-])(?={gate})(?:" + "|".join(branches) + r")(?![\w-])")


POLICE = _compiled(WORDINGS, STEMS.split("|"))
FIRE = _compiled(FIRE_WORDINGS, FIRE_STEMS.split())
# "the effectiveness with which it protects vulnerable people", "how effective the force is at investigating crime": the pillar's word only leads to the question
LEADS_ON = re.compile(
    r"^,?(?: overall)? ?(?:with which|at|in|of)(?: (?:the force|it|they|its|how|the way|which|the constabulary|both))*(?: is| are)?(?: at| in)? ?$"
)
# "PEEL: Police effectiveness 2016", "the effectiveness report": a title, not a question
TITLED = re.compile(
    r"^(?:,? (?:report|inspections?|programme|assessments?|and legitimacy (?:report|inspection|programme|assessments?|\(peel\))|pillars?' inspection)\b(?! (?:put|graded|rated|judged|found|gave|said|awarded))| 20\d\d\b|\)| \()"
)
NAMES_PEEL = re.compile(r"(?:(?<!\bof )\bpolice |peel: |peel \()$")


def read_questions(text: Structure, *, five_grades: bool) -> tuple[QuestionMention, ...]:
    """Every question named, in order. In five-grade years supporting victims and managing offenders are questions of their own."""
    found: list[QuestionMention] = []
    for m in POLICE.finditer(text.low):
        name = m.lastgroup or ""
        n = int(name[1:]) if name.startswith("w") else _number(m)
        question, _, short = WORDINGS[n]
        end = m.end()
        more = f"more{n}"
        if more in POLICE.groupindex and m[more] and five_grades:
            found.extend(_split(text, m, question, more))
            continue
        found.append(QuestionMention(question, "", m.start(), end, text.sentence_at(m.start()), short))
    found = found if five_grades else _legitimacy(text, found)
    return tuple(_merged(text, [q for q in found if not _only_title(text, q)]))


# "treats the public | and its own staff": together they are the pillar, until 2018/19
AND_STAFF = re.compile(
    r"^(?:,? and |, )(?:how (?:it|we|they) treats? )?(?:its|our|their|the)(?: own)? (?:workforce|staff|people|employees|officers(?: and staff)?|personnel)(?! (?:who|at))"
)


# until 2018/19 how a force spends its money is the whole of its efficiency
MONEY = re.compile(r"(?:spend|manag|us)\w*\b[^,]*\b(?:money|budget|finances|cash)\b|(?:provid\w+ )?value for money")


def _legitimacy(text: Structure, found: list[QuestionMention]) -> list[QuestionMention]:
    kept: list[QuestionMention] = []
    for q in found:
        if kept and q.start < kept[-1].end:
            continue
        if q.question == "good-use-of-resources" and MONEY.match(text.low[q.start : q.end]):
            q = replace(q, question="efficiency")
        if q.question == "treatment-of-the-public" and re.match(r"(?:the )?treat", text.low[q.start : q.end]):
            more = AND_STAFF.match(text.low[q.end : q.end + 60])
            if more:
                q = replace(q, question="legitimacy", end=q.end + more.end())
        kept.append(q)
    return kept


def read_fire_questions(text: Structure) -> tuple[QuestionMention, ...]:
    """Every question of a fire and rescue service that is named, in order."""
    found: list[QuestionMention] = []
    for m in FIRE.finditer(text.low):
        n = int((m.lastgroup or "w0")[1:])
        name, _, short = FIRE_WORDINGS[n]
        question, _, part = name.partition(":")
        found.append(QuestionMention(question, part, m.start(), m.end(), text.sentence_at(m.start()), short, fire=True))
    return tuple(_merged(text, [q for q in found if not _only_title(text, q)]))


def _number(m: re.Match[str]) -> int:
    return next(int(name[1:]) for name, value in m.groupdict().items() if name.startswith("w") and value is not None)


def _split(text: Structure, m: re.Match[str], question: str, more: str) -> list[QuestionMention]:
    """ "protecting vulnerable people and supporting victims" as two questions (2021 on)."""
    sentence = text.sentence_at(m.start())
    first = QuestionMention(question, "", m.start(), m.start(more), sentence, short=False)
    rest = m[more]
    begin = m.start(more) + (len(rest) - len(rest.lstrip(", and")))
    if "victim" in rest:
        return [first, QuestionMention("supporting-victims", "", begin, m.end(), sentence, short=False)]
    if "manag" in rest:
        return [first, QuestionMention("managing-offenders", "", begin, m.end(), sentence, short=False)]
    return [replace(first, end=m.end())]


def _only_title(text: Structure, q: QuestionMention) -> bool:
    if q.question not in ("effectiveness", "efficiency", "legitimacy"):
        return False
    after = text.low[q.end : q.end + 60]
    return bool(TITLED.match(after) or NAMES_PEEL.search(text.low, max(0, q.start - 11), q.start))


JOINS = re.compile(r"^(?:,? ?(?:and|&)?,? ?(?:at |in |on |how it |of )?|,? and (?:its |the )?)$")


def _merged(text: Structure, found: list[QuestionMention]) -> list[QuestionMention]:
    """Two names of one question side by side are one ("preventing crime, anti-social behaviour"); a pillar's word that leads to a question goes."""
    kept: list[QuestionMention] = []
    for q in found:
        if kept and kept[-1].sentence == q.sentence:
            last = kept[-1]
            gap = text.low[last.end : q.start]
            if (
                last.question in ("effectiveness", "efficiency", "legitimacy")
                and q.question != last.question
                and LEADS_ON.match(gap)
            ):
                kept.pop()
            elif (
                last.question == q.question
                and last.part == q.part
                and len(gap) < 14
                and JOINS.match(gap)
                and (q.short or last.short)
            ):
                kept[-1] = replace(last, end=q.end, short=last.short and q.short)
                continue
        kept.append(q)
    return kept


def questions_in(words: str, passage: Passage) -> list[QuestionMention]:
    """The questions that words beside the text name (a cell's row or column), placed at the cell itself."""
    plain = words.translate(PLAIN).lower()
    found: list[QuestionMention] = []
    for m in POLICE.finditer(plain[:300]):
        name = m.lastgroup or ""
        n = int(name[1:]) if name.startswith("w") else _number(m)
        found.append(QuestionMention(WORDINGS[n][0], "", passage.start, passage.end, passage.first, short=False))
    return found
