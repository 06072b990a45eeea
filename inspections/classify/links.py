"""Attaching each verdict to the questions it is about, within its sentence: by the words that stand between the two."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspections.classify.default import default_questions, weak
from inspections.classify.fillers import BACKWARD, CHAIN, FORWARD, KEEPS_APART, LISTING, OF_JUDGMENT
from inspections.classify.forces import Forces, mentions_between
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Structure
from inspections.classify.verdicts import FOLLOWS, NUMBER, NUMBERED, Verdict

FARTHEST = 190  # characters between a grade and the nearest of its questions


@dataclass(frozen=True, slots=True)
class Link:
    """A verdict with its questions, and the words that state it."""

    verdict: Verdict
    questions: tuple[QuestionMention, ...]
    sentence: int
    start: int
    end: int
    rule: str
    owners: tuple[str, ...] = ()
    """The forces it is about, when the rule itself tells; () when the sentence must."""
    cycle: str = ""
    """The cycle that stands at the head of its column; '' when the words must tell."""


TOKEN = re.compile(r"[^\W\d_][\w'-]*|\d+|[^\w\s]")
LINKERS = re.compile(
    r"(?:\b(?:at|in|for|on|how|the way|when it comes|regard|respect|over|include[sd]?|including|namely|with which|around|under|relation|about)\b|[:(-])"
)
COPULA = re.compile(
    r"\b(?:is|was|are|were|be|been|being|has|have|had|remains?|remained|judged|rated|graded|assessed|found|deemed|considered|given|put|from|awarded|received?|got|gets|gone|moved?s?|went|holds?|retain(?:s|ed)|stays?|reads|rises|rose|drops?|dropped|fell|falls|climb(?:s|ed)|improve[sd]?|comes?|kept|keeps|as|regarded|achieved|scored|verdict|up|jump(?:s|ed)|slip(?:s|ped)|sinks|sank|leaps|leapt|shares?)\b|'s\b|[:→|=…>–-]|\.\."
)
AREA_SUBJECT = re.compile(
    r"\b(?:areas?|ones?|grades?|gradings?|ratings?|questions?|aspects?|categor(?:y|ies)|bracket|band|those|three|four|two|five|outstandings?|pillars?|strands?|inadequates?|goods?)\b"
)


def read_links(
    text: Structure, verdicts: Sequence[Verdict], questions: Sequence[QuestionMention], forces: Forces
) -> list[Link]:
    """Links of every sentence, in order. Linear: each verdict looks at the questions next to it in its own sentence."""
    grouped: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        grouped.setdefault(verdict.word.sentence, []).append(verdict)
    asked: dict[int, list[QuestionMention]] = {}
    for question in questions:
        asked.setdefault(question.sentence, []).append(question)
    links: list[Link] = []
    for index in sorted(grouped):
        if index in asked:
            links.extend(_sentence_links(text, grouped[index][:18], asked[index][:26], forces, index))
    return links


def gap(text: Structure, forces: Forces, start: int, end: int) -> str:
    """The words between two places, with every force's name as F and brackets emptied."""
    if end - start > FARTHEST + 120:
        return "£ too far"
    pieces: list[str] = []
    at = start
    for mention in mentions_between(forces, start, end):
        if mention.end <= end:
            pieces.append(text.low[at : mention.start])
            pieces.append("F")
            at = mention.end
    pieces.append(text.low[at:end])
    return "".join(pieces)


def only(words: str, known: frozenset[str], marks: str, slack: int = 0) -> bool:
    """True when a gap holds nothing but known words and marks, and at most `slack` other harmless words."""
    for token in TOKEN.findall(words):
        if token in known or (token in marks and not token[0].isalnum()):
            continue
        if slack == 0 or not token[0].isalpha() or token in KEEPS_APART:
            return False
        slack -= 1
    return True


# "preventing crime (was inadequate); managing offenders"
ONCE = re.compile(r"\((?:it )?(?:was|were|previously|formerly|up from|from|had been|20\d\d)| - (?:up|down|which was) ")
# "responding to the public | - up from inadequate two years ago - | protecting vulnerable people", "and - the PCC was pleased to see this -"
DASHED = re.compile(r",? - (?:up from|down from|which was|the|we|our|a|an|especially|something|as) ?[^-;.:]{3,70} - ")


# "how we treat the people | of Surrey | and how we …"
PLACE = re.compile(r"^ (?:of|in|across|within) (?!how|which|the)[a-z'-]+(?=,? and |, )")


def runs_of(
    text: Structure, forces: Forces, asked: list[QuestionMention], verdicts: list[Verdict]
) -> list[list[QuestionMention]]:
    """Questions in one list: "how it prevents crime, manages offenders and supports its workforce"."""
    runs: list[list[QuestionMention]] = []
    for q in asked:
        if runs:
            last = runs[-1][-1]
            between = gap(text, forces, last.end, q.start)
            bare = re.sub(r"\([^()]{0,60}\)", "", between)
            bare = PLACE.sub("", bare)
            bare = DASHED.sub(", ", bare)
            graded = any(last.end <= v.start < q.start for v in verdicts) and (
                bare == PLACE.sub("", between) or not ONCE.search(between)
            )
            if (
                not graded
                and len(bare) < 90
                and only(bare, LISTING, ",;&'\"-/•")
                and not re.search(r"- .* -", bare)
                and not re.search(r"\bis\b(?! led)", bare)
            ):
                runs[-1].append(q)
                continue
            if (
                not graded
                and len(bare) < 130
                and re.fullmatch(r",? and,? (?:something|one|another|a)\b[^.;:()]{0,100},? (?:the |its |our )?", bare)
            ):
                runs[-1].append(q)
                continue
        runs.append([q])
    return runs


def _sentence_links(
    text: Structure, verdicts: list[Verdict], asked: list[QuestionMention], forces: Forces, index: int
) -> list[Link]:
    runs = runs_of(text, forces, asked, verdicts)
    taken: dict[int, tuple[list[QuestionMention], str]] = {}
    claims: dict[int, list[tuple[int, str, int]]] = {}
    for v, verdict in enumerate(verdicts):
        if verdict.manner == "count" and _counts_forces(text, verdict, asked):
            continue
        after = next((r for r, run in enumerate(runs) if run[0].start >= verdict.end), None)
        before = next((r for r in range(len(runs) - 1, -1, -1) if runs[r][-1].end <= verdict.start), None)
        blocked_after = (
            v + 1 < len(verdicts)
            and after is not None
            and verdicts[v + 1].start < runs[after][0].start
            and not _bracketed(text, verdicts[v + 1])
        )
        blocked_before = (
            v > 0
            and before is not None
            and verdicts[v - 1].start > runs[before][-1].end
            and not _closed(text, verdicts[v - 1], verdict)
        )
        f = _forward(text, forces, verdict, runs[after][0], index) if after is not None and not blocked_after else 0
        b = _backward(text, forces, runs[before][-1], verdict) if before is not None and not blocked_before else 0
        if f:
            claims.setdefault(after or 0, []).append((v, "forward", f))
        if b:
            claims.setdefault(before or 0, []).append((v, "backward", b))
    _settle(text, runs, claims, taken)
    _chains(text, forces, verdicts, taken)
    if "respectively" in text.words(text.sentences[index]) and len(verdicts) == sum(len(r) for r in runs):
        taken = {
            v: ([q], "backward" if q.start < verdicts[v].start else "forward")
            for v, q in enumerate(q for r in runs for q in r)
        }
    links: list[Link] = []
    for v in sorted(taken):
        found, rule = taken[v]
        usable = _usable(text, forces, found, verdicts[v], rule, links)
        usable = [*usable, *_the_others(text, runs, verdicts[v], usable)]
        if usable:
            start, end = _evidence(text, index, verdicts[v], usable)
            links.append(Link(verdicts[v], tuple(usable), index, start, end, rule))
    return links + _by_default(text, verdicts, runs, links, forces, index)


# "Leadership was one of three areas to be graded 'requires improvement'; the others were …"
ONE_OF = re.compile(r"\b(?:one of|among) (?:the |its |our )?(?:two|three|four|five|six)\b")
THE_OTHERS = re.compile(
    r"[\"']?(?:;|,| -|\.)? ?(?:and )?the (?:others?|other (?:one|two|three|four|five)|rest) (?:was|were|is|are|being) (?:its |the |their |our |how it |for |in )*"
)


def _the_others(
    text: Structure, runs: list[list[QuestionMention]], verdict: Verdict, found: list[QuestionMention]
) -> list[QuestionMention]:
    if not found or found[-1].end > verdict.start or not ONE_OF.search(text.low, found[-1].end, verdict.start):
        return []
    run = next((r for r in runs if r[0].start >= verdict.end), None)
    return run if run and THE_OTHERS.fullmatch(text.low, verdict.end, run[0].start) else []


def _by_default(
    text: Structure,
    verdicts: list[Verdict],
    runs: list[list[QuestionMention]],
    links: list[Link],
    forces: Forces,
    index: int,
) -> list[Link]:
    """What no narrower rule has placed, by the grammar of the clause alone."""
    placed = {k.verdict.start for k in links}
    used = {q.start for k in links for q in k.questions}
    found: list[Link] = []
    for verdict in verdicts:
        if verdict.start in placed or (verdict.manner == "count" and _counts_forces(text, verdict, [])):
            continue
        run, side = default_questions(text, forces, verdict, verdicts, runs, used)
        if run and _usable(text, forces, run, verdict, side, sorted([*links, *found], key=lambda k: k.end)):
            used.update(q.start for q in run)
            start, end = _evidence(text, index, verdict, run)
            found.append(Link(verdict, tuple(run), index, start, end, f"default-{side}"))
    return found


FORCES = re.compile(r"\b(?:forces|services|constabularies|of the 4[3-5]|nationally|across (?:the country|england))\b")


def _counts_forces(text: Structure, verdict: Verdict, asked: list[QuestionMention]) -> bool:
    """A national count, not this force's: "Two were graded 'outstanding' for efficiency, 30 'good'"."""
    sentence = text.sentences[verdict.word.sentence]
    before = text.low[sentence.start : verdict.start]
    numbered = NUMBERED.search(before)
    if not numbered:
        return False
    copula = re.search(r"\b(?:is|are|was|were)\b", numbered.group())
    return bool(FORCES.search(text.words(sentence))) or (
        bool(copula) and all(q.question in ("effectiveness", "efficiency", "legitimacy") for q in asked)
    )


def _settle(
    text: Structure,
    runs: list[list[QuestionMention]],
    claims: dict[int, list[tuple[int, str, int]]],
    taken: dict[int, tuple[list[QuestionMention], str]],
) -> None:
    """Each list of questions goes to the verdict with the better claim; two good claims share it ("good at A and in B requires improvement")."""
    strength: dict[int, int] = {}
    for r in sorted(claims):
        ahead = [c for c in claims[r] if c[1] == "forward"]
        behind = [c for c in claims[r] if c[1] == "backward"]
        run = runs[r]
        if ahead and behind and ahead[0][0] != behind[0][0] and len(run) > 1 and ahead[0][2] >= 2 and behind[0][2] >= 2:
            cut = _cut(text, run)
            _give(taken, strength, ahead[0], run[:cut])
            _give(taken, strength, behind[0], run[cut:])
        elif ahead and behind:
            best = max((ahead[0], behind[0]), key=lambda c: (c[2], c[1] == "forward"))
            _give(taken, strength, best, run)
        else:
            for claim in ahead or behind:
                _give(taken, strength, claim, run)


def _give(
    taken: dict[int, tuple[list[QuestionMention], str]],
    strength: dict[int, int],
    claim: tuple[int, str, int],
    run: list[QuestionMention],
) -> None:
    v, way, power = claim
    if v not in taken or power > strength[v] or (power == strength[v] and way == "forward"):
        taken[v] = (run, way)
        strength[v] = power


def _cut(text: Structure, run: list[QuestionMention]) -> int:
    gaps = [text.low[a.end : b.start] for a, b in pairwise(run)]
    for n in range(len(gaps) - 1, -1, -1):
        if ";" in gaps[n]:
            return n + 1
    return len(run) - 1


def _closed(text: Structure, earlier: Verdict, verdict: Verdict) -> bool:
    """The earlier grade stands in brackets of its own: "Preventing crime (2022: adequate) - good"."""
    return _bracketed(text, earlier) and ")" in text.low[earlier.end : verdict.start]


def _bracketed(text: Structure, verdict: Verdict) -> bool:
    return "(" in text.low[max(0, verdict.start - 24) : verdict.start]


def _forward(text: Structure, forces: Forces, verdict: Verdict, first: QuestionMention, index: int) -> int:
    """0 none, 1 by a mark, 2 by a preposition or "the good areas are …", 3 right behind: "good at"."""
    if first.start - verdict.end > FARTHEST:
        return 0
    words = TIMES.sub(" ", ASIDES.sub("", gap(text, forces, verdict.end, first.start)))
    words = re.sub(r" ?\([^()]{2,40}\)", "", words)
    if words.find(")") >= 0 and not 0 <= words.find("(") < words.find(")") and verdict.manner != "label":
        return 0  # "how it supports its staff (rated 'good') and how it treats the public"
    if (
        PARTICIPLE.match(text.low[text.sentences[index].start : verdict.start])
        and re.match(r"^[\"']?[ \d]{0,8},", words)
        and only(words, FORWARD, ",'\"")
    ):
        return 2
    slack = 3 if verdict.manner == "judged" else 1
    if verdict.word.quoted and not FOLLOWS.match(text.low[verdict.end : verdict.end + 60]):
        slack = 0  # an adjective in quotation marks: "outstanding" mental health support
    if not only(words, FORWARD, ",:-'\"()[]|•", slack) or ";" in words:
        return 0
    if "," in words and not re.search(
        r"\b(?:areas?|categories|category|questions?|pillars?|ones|one|two|three|them|on its own),? $|, (?:how|for|in|at|namely|including|on|the way|they are|these are|that is|when|which (?:are|were|is|was|include))\b|,? (?:overall|again|too|also),",
        words,
    ):
        return 0
    if (
        re.match(r"^[\"']? (?:was|were|is|are|came|went) (?:given |awarded )?(?:for|in) ", words)
        and verdict.word.quoted
    ):
        return 2
    if re.search(r"\b(?:is|was|are|were|(?<!for )(?<!at )(?<!in )being)\b", words):
        subject = text.low[max(text.sentences[index].start, verdict.start - 40) : verdict.start] + " " + words
        if (
            not AREA_SUBJECT.search(subject)
            and not NO_SUBJECT.search(text.low, text.sentences[index].start, verdict.start)
            and not re.search(r"\bunder (?:the )?[\"']?$", text.low[max(0, verdict.start - 12) : verdict.start + 1])
            and not re.search(r"\b(?:how|what|given)\b", words)
        ):
            return 0
        if re.search(r"\b(?:is|was|are|were)\b", words) and re.search(r"\band (?:is|was|it|the force)\b", words):
            return 0
        return 2
    if re.match(r"^[\"']? ?(?:at|in how|in the way|in its|at how)\b", words):
        return 3
    if re.search(
        r"\b(?:at|in|for|on|am|ran|wrth|how|the way|respect|regard|when it c[oa]mes?|went to|over|includ\w+|under)\b",
        words,
    ):
        return 2
    return 1 if re.search(r"[:(|\]-]", words) or (verdict.manner == "label" and not words.strip()) else 0


def _backward(text: Structure, forces: Forces, last: QuestionMention, verdict: Verdict) -> int:
    """0 none, 1 side by side, 2 by a mark or a verb: "Q - Good", "Q was judged to be good"."""
    if verdict.start - last.end > FARTHEST:
        return 0
    words = TIMES.sub(" ", gap(text, forces, last.end, verdict.start))
    words = re.sub(r"\([^()]{0,80}\)", "", words) if "(" in words[:-2] else words
    words = re.sub(r"F(?:,? (?:and )?F)+", "F", words)
    words = PREDICATE.sub(" is ", STRENGTH.sub(" is ", words))
    stripped = ASIDES.sub(",", words)
    slack = 3 if verdict.manner == "judged" else 1
    if not only(stripped, BACKWARD, ",:-'\"(|•→=…>/.~", slack) or re.search(r"[a-z'\"]\. ", stripped):
        return 0
    if re.search(r"\b(?:and|but)\b", stripped):
        return 0
    if not re.search(r"\w", stripped.replace("'", "")):
        if re.fullmatch(r" ?[\"']? ?", stripped):
            return (
                2
                if verdict.word.form in ("verb",)
                or verdict.manner == "label"
                or verdict.word.quoted
                or _ends_clause(text, verdict)
                else 0
            )
        return 2 if re.search(r"[:→|=…>]|\.\.| -|\(|/", stripped) else 1
    if re.fullmatch(r" to (?:an? )?[\"']?", stripped) and CHANGED.search(
        text.low, max(text.sentences[last.sentence].start, last.start - 70), last.start
    ):
        return 2
    if IS.match(stripped):
        return 4
    return 2 if COPULA.search(stripped) or verdict.word.form == "verb" else 0


# "Also rated | adequate | were leadership and …"
NO_SUBJECT = re.compile(
    r"(?:^|(?<=\s)|[,;:.(] |\band |\bbut )(?<!\w )(?:also |and |both |again |similarly )?(?:graded|rated|judged|deemed|found|assessed|classed|marked|considered|labelled|given|awarded)(?: to be| as| at| an?)? [\"']?$"
)
# "Previously graded as inadequate, the force's response …"
PARTICIPLE = re.compile(
    r"^[\"' ]*(?:previously|formerly|once|having (?:previously )?been|after being|originally|initially|already|also|again)\b[^,;]{0,40}$"
)
# When it was given says nothing about what it was given for: "was graded in November as good"
TIMES = re.compile(
    r",? \b(?:back in|in|on|last|this|earlier in|earlier this|early in|late in|by|during|since|for) (?:(?:the|its|our|early|late|mid|spring|summer|autumn|winter) )*(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|year|month|week|today|peel|20\d\d)(?:[ /-]20\d\d|[/-]\d\d)?(?:'s)?(?: (?:report|inspection|assessment|programme|round))?\b(?!ly)"
)
# "… improved its grade for preventing crime to good"
CHANGED = re.compile(r"\b(?:improv|rais|lift|upgrad|downgrad|mov|chang|revis|increas|low)\w*\b")
# "how the force prevents crime | is | good": nothing stands nearer
IS = re.compile(
    r"^ (?:is|was|are|were|has been|have been)(?: (?:now|also|still|both|all|again|each))*(?: (?:judged|graded|rated|found|assessed|deemed|considered)(?: to be| as| at)?)? [\"']?$"
)
# "Investigation, too, has been …", "responding to the public, another area that had been inadequate, also moves up"
# "our recording of crime had already been looked at and was found to be …": a first predicate says nothing about the grade
# "preventing crime was a strength, with inspectors grading the force 'outstanding'"
STRENGTH = re.compile(r"^ (?:is|was|were|are) (?:an?|the|one)\b[^,;.]{0,60}, (?:with|which|where|and)\b")
PREDICATE = re.compile(
    r"^ (?:is|was|has|had|have|are|were|turned|remains?|came|proved|drew|got)\b[^.;:,()\"]{2,80} and (?:is|was|are|were|has been|have been)\b"
)
ASIDES = re.compile(
    r", (?:too|however|by contrast|(?:which (?:was|were|had been) )?not (?:\w+ ){1,5}\w+|in contrast|by comparison|though|meanwhile|on the other hand|in turn|in particular|for example|which (?:\w+ ){1,9}\w+|another area (?:that|which) (?:\w+ ){1,6}\w+|and again(?: \w+){0,4}|chiefly|which were (?:\w+ ){1,4}\w+),|,? (?:once again|for the first time(?: ever)?|this time(?: around)?|as (?:a|it was) (?:whole|before)|across the force|on its own|in (?:the|our|its) (?:latest|new|recent|same|report|most recent)[ \w]{0,24}|at the same time)\b,?"
)


def _ends_clause(text: Structure, verdict: Verdict) -> bool:
    return (
        bool(re.match(r"^[\"']?(?:[.,;:)]|\s*$|\n| and\b| but\b)", text.low[verdict.end : verdict.end + 8]))
        or verdict.end == text.sentences[verdict.word.sentence].end
    )


def _chains(
    text: Structure,
    forces: Forces,
    verdicts: list[Verdict],
    taken: dict[int, tuple[list[QuestionMention], str]],
) -> None:
    """Several grades for one question: "from inadequate to good", "which was inadequate, is today graded good"."""
    for v in range(1, len(verdicts)):
        if v in taken or v - 1 not in taken:
            continue
        found, way = taken[v - 1]
        words = gap(text, forces, verdicts[v - 1].end, verdicts[v].start)
        since = gap(text, forces, max(found[-1].end, verdicts[v - 1].end), verdicts[v].start)
        if re.search(r"\bF\b", words) or OTHERS_WERE.search(words):
            continue  # another force's grade, or other areas'
        if HERE.match(text.low[verdicts[v].end : verdicts[v].end + 30]) or (
            way == "forward" and LATER.search(since) and only(TIMES.sub(" ", since), CHAIN, ",'\"") and ";" not in since
        ):
            taken[v] = (found, "chain")
            if LATER.search(since):
                taken[v - 1] = (found, "before")
        elif way == "backward" or re.search(r"^[\"']? ?(?:in|\([^)]*\))? ?[^,;]{0,40}\bto\b", words):
            tail = re.sub(r"\b20\d\d(?:[-/]\d\d+)?\b", "", words)
            if (
                len(words) < 120
                and only(tail, CHAIN, ",'\"()-;:")
                and not re.search(r"\. |; (?!it\b|it's\b|this\b|now\b)", tail)
            ):
                taken[v] = (found, "chain")
                if not BRACKET.search(words) and (
                    EARLIER.search(text.low[max(0, verdicts[v - 1].start - 40) : verdicts[v - 1].start])
                    or LATER.search(words)
                ):
                    taken[v - 1] = (found, "before")
    for v in range(
        len(verdicts) - 2, -1, -1
    ):  # "improved from 'requires improvement' to 'good' for investigating crime"
        if v in taken or v + 1 not in taken or taken[v + 1][1] != "forward":
            continue
        words = gap(text, forces, verdicts[v].end, verdicts[v + 1].start)
        tail = re.sub(r"\b20\d\d(?:[-/]\d\d+)?\b", "", words)
        if (
            len(words) < 60
            and re.search(r"\bto\b", tail)
            and only(tail, CHAIN, ",'\"()-")
            and re.search(r"\bfrom\b", text.low[max(0, verdicts[v].start - 30) : verdicts[v].start])
        ):
            taken[v] = (taken[v + 1][0], "before")


OTHERS_WERE = re.compile(
    rf"\b{NUMBER} (?:others? |areas? |more )?(?:is|are|was|were)\b|\b(?:others?|the rest) (?:is|are|was|were)\b"
)
# The first of two grades is history: "which was inadequate, is today graded good", "from good to …"
EARLIER = re.compile(
    r"(?:\b(?:was|were|had been|from|previously|formerly|once|rated|graded) (?:an? |the |rated |graded |judged |as )*[\"']?|, [\"']?|: [\"']?)$"
)
BRACKET = re.compile(r"\((?:it )?(?:was|were|previously|formerly|up from|from|had been|in |last|20\d\d)")
# "… is now good in this area"
HERE = re.compile(
    r"^[\"']? (?:at|in|for|on) (?:it|this|that|both|these|those)(?: (?:area|areas|respect|regard))?\b(?! \w+ing)"
)
LATER = re.compile(r"\b(?:now|today|this time|is again|has (?:since|now)|moves? up)\b")


SUBJECT_BEFORE = re.compile(
    r"(?:\b(?:F|it|they|we|you|force|constabulary|service|brigade|which|that|who|police|inspectorate|hmic|hmicfrs|inspectors|wales|report|county|borough|organisation|department|them|us|both)\b|'s|'re|^|[,;:(•-]|\b(?:and|but|or)\b|^[\"' ]*)\s*[\"']*$"
)
COPULAS = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|remains?|as|both|all|now|still|again|also|already|therefore|consistently|currently|then|either|once more|each|overall|to be|just|has|have|had|not only|continues to be|really|previously|considered|once again|today|simply|only|a|an|found|said|deemed|judged|rated|graded|assessed|regarded|described|classed|marked|classified|to|is also|likewise|similarly)\b|'s\b|'re\b|,)\s*[\"']*$"
)


# "requires improvement at A, | requires improvement at B", "is good at A | and is | good at B"
ALSO = re.compile(r"^[\"']?,?(?: (?:and|but|or|also|it|is|was|as|both|then|being|the force))*,? [\"']?$")


def _usable(
    text: Structure, forces: Forces, found: list[QuestionMention], verdict: Verdict, rule: str, links: list[Link]
) -> list[QuestionMention]:
    """Bare words count only beside a whole question, in a label, or under a judged grade; a plain "is good at …" needs the force as its subject."""
    if verdict.manner == "plain" and rule == "forward" and not _subject_fits(text, forces, verdict, links):
        return []
    if verdict.spoken and verdict.manner == "plain":
        return []
    if OTHER_FORCES.search(text.low, text.sentences[verdict.word.sentence].start, verdict.start):
        return []
    if rule in ("forward", "backward") and weak(text, verdict, ahead=rule == "forward"):
        if rule == "forward" and not _subject_fits(text, forces, verdict, links):
            return []
        if rule == "backward" and not _whole_subject(text, found[0], plain=True):
            return []
    if rule == "backward" and (
        (verdict.manner == "plain" and not _whole_subject(text, found[0], plain=True)) or _hearsay(text, verdict)
    ):
        return []
    if any(not q.short for q in found) or verdict.manner == "label" or rule in ("chain", "before"):
        return found
    if rule == "forward":
        return found if verdict.manner in ("judged", "count") or verdict.word.form == "verb" else []
    return found if verdict.manner == "judged" and _whole_subject(text, found[0]) else []


def _subject_fits(text: Structure, forces: Forces, verdict: Verdict, links: list[Link]) -> bool:
    sentence = text.sentences[verdict.word.sentence]
    return (
        _force_is_subject(text, forces, verdict)
        or bool(PARTICIPLE.match(text.low[sentence.start : verdict.start]))
        or bool(links and ALSO.match(text.low[links[-1].end : verdict.start]))
        or "respectively" in text.words(sentence)
    )


# "Nationally, most forces were graded …"
OTHER_FORCES = re.compile(
    r"\b(?:most|many|some|several|few|other|all|\w+(?:teen|ty)|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:other |of the )?(?:police )?(?:forces|constabularies)(?: \w+){0,5}? (?:were|are|was|have been|had been|being|got|received)\b[^;.]{0,60}$"
)


def _force_is_subject(text: Structure, forces: Forces, verdict: Verdict) -> bool:
    sentence = text.sentences[verdict.word.sentence]
    before = gap(text, forces, max(sentence.start, verdict.start - 120), verdict.start)
    if AREA_SUBJECT.search(before[-22:]) and re.search(
        r"\b(?:areas?|ones?|questions?|categor(?:y|ies)|aspects?|those|these|two|three|four|five|six)(?: (?:that|which|where it|where the force|where F|it))? $",
        before,
    ):
        return True
    for _ in range(6):
        shorter = COPULAS.sub("", before.rstrip(" \"'")).rstrip(" \"'")
        if shorter == before.rstrip(" \"'"):
            break
        before = shorter
    if re.search(
        r"\b(?:officers?|staff|teams?|pcsos?|handlers?|leaders?|supervisors?|sergeants?|investigators?|detectives?|colleagues|partners|people|crews|inspectors|managers|neighbourhoods?|units?|some|others|many|most)$",
        before,
    ):
        return False
    return bool(SUBJECT_BEFORE.search(before)) or len(before.strip()) < 2


# "Staff told inspectors that leadership was good", "Victims said the response was inadequate"
HEARSAY = re.compile(
    r"\b(?:staff|victims?|residents|officers?|partners|people|public|communities|respondents?|colleagues|he|she|i|councillors?|mps?|commissioner|pcc|federation|chief constable|spokes\w+|some|many|survey|union|leaders?|callers?|crews|firefighters|londoners)\b(?: \w+){0,3}? (?:told|tells?|said|says?|felt|feels?|thinks?|thought|believ\w+|complain\w+|claim\w+|insist\w+|argued?|admit\w*|acknowledg\w+)\b"
)


def _hearsay(text: Structure, verdict: Verdict) -> bool:
    """Somebody else's opinion, not the inspectorate's."""
    if verdict.word.quoted:
        return False
    said = HEARSAY.search(text.low, text.sentences[verdict.word.sentence].start, verdict.start)
    return bool(said) and not re.search(
        r"\b(?:graded|rated|judged|assessed|deemed|hmic\w*|inspectors? (?:had|have|has|found))\b",
        text.low[text.sentences[verdict.word.sentence].start : verdict.start],
    )


def _whole_subject(text: Structure, first: QuestionMention, *, plain: bool = False) -> bool:
    """The question itself is the subject: "Investigating crime is good", not "one way of investigating crime is good"."""
    sentence = text.sentences[first.sentence]
    before = text.low[max(sentence.start, first.start - 60) : first.start].rstrip()
    if re.search(r"\b(?:work|efforts?|ability|approach|performance|success) (?:to|on|in|at|of)$", before):
        return True
    if (
        plain
        and (noun := re.search(r"\b(\w+) (?:for|on|of|about|in|at|to|around|over)$", before))
        and noun[1] not in OF_JUDGMENT
    ):
        return False
    return not re.search(
        r"\b(?:of|about|with|to|by|from|into|towards|some|many|any|more|focus on|good|strong|effective|better|new|no|every|this|these|that are|teams?|officers|staff|and local|on|initiatives?|plans?|strategy|strategies|approach to|working)$",
        before,
    ) or bool(
        re.search(
            r"(?:judg(?:e)?ment (?:of|on|for)|grad(?:e|ing) (?:of|for)|rating (?:of|for)|question of|area of|(?:extent|how) to which|in terms of|when it comes to|with regard to|in respect of|in relation to|works? on|performance (?:of|on|in)|in the areas? of|protection of|areas of|on)$",
            before,
        )
    )


def _evidence(text: Structure, index: int, verdict: Verdict, found: list[QuestionMention]) -> tuple[int, int]:
    """The clause that states the judgment: from where it begins to the last of grade and questions."""
    sentence = text.sentences[index]
    first = min(verdict.start, min(q.start for q in found))
    last = max(verdict.end, max(q.end for q in found))
    start = sentence.start
    for m in re.finditer(
        r"[;:] |\. |, (?:but|while|whereas|although|and (?:it|the force|is|was|requires)) ",
        text.low[sentence.start : first],
    ):
        start = sentence.start + m.end()
    while start < first and text.low[start] in " \"'":
        start += 1
    return (start if first - start < 220 else max(sentence.start, first)), last
