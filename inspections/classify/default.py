"""Where no narrower rule has spoken: a grade that is certainly one goes to the nearest question of its own clause, unless something forbids it."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re

from inspections.classify.forces import Forces, mentions_between
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Structure
from inspections.classify.verdicts import DIRECT, FOLLOWS, GRADE_NOUN, Verdict

REACH = 170  # characters between a grade and its question, asides left out
# A judging verb near enough to govern the grade: "was once more | rated | by the inspectors as good"
GOVERNS = re.compile(
    r"\b(?:grad(?:ed|es|ing)|rat(?:ed|es|ing)|judg(?:ed|es|ing)|assess(?:ed|es|ing)|deem(?:ed|s|ing)|class(?:ed|es|ified)|"
    r"labell?(?:ed|ing)|mark(?:ed|ing)|scor(?:ed|es|ing)|award(?:ed|s|ing)|given|gave|gives|giving|receiv(?:ed|es|ing)|earn(?:ed|s|ing)|"
    r"ke(?:pt|eps|eping)|retain(?:ed|s|ing)|found|regarded|considered|branded|declared|described|ranked|placed|put|got|gets|achieved|"
    r"secured|gained|held|holds|told|grades?|ratings?|judg(?:e)?ments?|marks?|verdicts?|gradings?)\b[^.;:]{0,48}$"
)
# What makes another clause, a reason, a condition or a comparison of what stands between
HARD = re.compile(
    r"[;?!]|\. |\b(?:but|although|though|despite|because|if|unless|until|however|except|apart from|compared|like|unlike|based|"
    r"in order|so that|even|yet|before|why|caution\w*|insist\w*|promis\w*|plans?|planned|need(?:s|ed)?|must|should|could|would|"
    r"thanks to|due to|prais\w+|while|whereas|whilst|without|not|never|nor|than|since|after|following|when inspectors|told|"
    r"said|says|saying|added|adds|welcom\w+|recommend\w+|however|other forces?|another force|nationally|"
    r"cause of concern|causes of concern|concern(?:s|ed)? (?:about|over|that)|highlight\w+|found that|noted|pointed)\b"
)
# Between a question that is the subject and its grade a clause may be set in: "Q, where an average detective now holds 22 cases, …"
SET_IN = re.compile(
    r"\([^()]{0,120}\)| - [^-;.]{3,110} - |, (?:where|which|who|with|as|in|too|though|although|however|including|such as|a|an|the|"
    r"one|for|once|like|long|already|still|again|by|at|on|something|another|not|now|and (?:again|rightly))\b[^,;.]{0,90},"
)
# a new subject: "… crime, and the force …", "… where supervisors …"
NEW_SUBJECT = re.compile(
    r"(?:\band|,) (?:it|they|we|he|she|this|that|these|those|the (?:force|constabulary|service|inspectorate|inspectors|report|chief|"
    r"commissioner|pcc|public|watchdog|other|remaining|rest)|inspectors|hmic\w*|officers|staff|victims|there)\b"
)
# "… investigating crime, | where it was judged to be | inadequate"
WHERE = re.compile(
    r"^,? ?(?:- )?(?:(?:rating|grading|judging|marking|deeming|branding|labelling|describing) (?:it|them|this|these|that|both|all)|where|for which|on which|in which|at which|which|that|(?:an area|something|a question|one area|the only area|one)(?: \w+){0,4}? (?:which|that|where|in which))\b"
)
IMMEDIATE = re.compile(
    r"^[\"']?,?(?: (?:grade|grading|rating|mark|judg(?:e)?ment|verdict|score|band|category|level|standard|again|overall|too|also|here|now|"
    r"once more|once again|this time|performance|result)s?)*,? ?(?:at|in|for|on|over|with|under|regarding|concerning|when it c[oa]mes? to|"
    r"as regards|in terms of|in respect of|with regard to|with respect to|how|for its|:|- |\()"
)
LINKS = re.compile(
    r"\b(?:at|in|for|on|over|how|with which|regarding|concerning|about|of|when it c[oa]mes?|the way|including|include[sd]?|namely|as regards|"
    r"terms|respect)\b|[:(]| - "
)
VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|being|has|have|had|remain\w*|earn\w*|receiv\w*|got|gets|g[ae]ve|given|gain\w*|win|wins|won|secur\w*|"
    r"achiev\w*|attract\w*|merit\w*|land\w*|net\w*|br(?:ings?|ought)|t(?:akes?|ook)|draw|drew|go(?:es)?|went|come|comes|came|grad\w+|rat(?:ed|es)|"
    r"judg\w+|assess\w+|deem\w*|class\w*|mark(?:ed|s)|scor\w+|award\w*|found|stays?|stayed|keeps?|kept|retain\w*|holds?|held|collect\w*|"
    r"picks?|picked|becomes?|became|mov\w+|rises?|rose|improv(?:es|ed)|falls?|fell|dropp?(?:s|ed)|slip\w*|climb\w*|put|placed|continues?)\b|"
    r"'s\b|[:=|→…]| - "
)
# "In the management of offenders | we have been told that …", "As for Q, inspectors gave …": the question is set first
SET_FIRST = re.compile(
    r"(?:^|[,;:.-] |\b(?:and|but|while|though) )[\"'(]?(?:(?:and|but|also|only|just|however,?) )*(?:in|on|for|at|as for|as to|as regards|"
    r"when it c[oa]mes? to|regarding|concerning|with regard to|with respect to|in terms of|in respect of|in relation to|turning to|over|under|"
    r"looking at)(?: (?:both|all|the|its|our|their|how|it|they|we|F|force|constabulary|service|two|three|four|five|six|others?|further|more|areas?|of|way|question|questions|way in which|"
    r"particular|work|in|performance|ability|to|quality|effectiveness|terms))* ?(?:[:-] ?)?$"
)
# What a person or a body other than the inspectorate says of itself
OPINION = re.compile(
    r"\b(?:i|he|she|staff|victims?|residents|callers?|people|public|respondents?|councillors?|mps?|federation|union|survey)\b"
    r"(?: \w+){0,3} (?:told|tell|say|says|said|felt|feels?|thinks?|thought|believ\w+|complain\w+|describ\w+)\b"
)


def default_questions(
    text: Structure,
    forces: Forces,
    verdict: Verdict,
    verdicts: list[Verdict],
    runs: list[list[QuestionMention]],
    used: set[int],
) -> tuple[list[QuestionMention], str]:
    """The questions of a verdict that no rule has placed, with the side they stand on; none when two readings compete."""
    if not certain(text, verdict) or _opinion(text, verdict):
        return [], ""
    sentence = text.sentences[verdict.word.sentence]
    whole = [r for r in runs if not all(q.short for q in r)]
    behind = [r for r in whole if r[-1].end <= verdict.start]
    ahead = [r for r in whole if r[0].start >= verdict.end]
    stop_left = max((v.end for v in verdicts if v.end <= verdict.start), default=sentence.start)
    stop_right = min((v.start for v in verdicts if v.start >= verdict.end), default=sentence.end)
    right = ahead[0] if ahead and ahead[0][0].start < stop_right and ahead[0][0].start not in used else []
    left = behind[-1] if behind and behind[-1][0].start >= stop_left and behind[-1][0].start not in used else []
    forward = _ahead(text, forces, verdict, right) if right else 0
    backward = _behind(text, forces, verdict, left) if left else 0
    if right and forward and backward:
        return (
            (left, "where" if backward == 3 else "backward")
            if backward > forward
            else (right, "forward")
            if forward > backward
            else ([], "")
        )
    if forward:
        return right, "forward"
    if backward:
        return left, "where" if backward == 3 else "backward"
    if len(verdicts) == 1 and len(whole) == 1 and len({q.question for q in whole[0]}) == 1 and not used:
        first, last = sorted(((verdict.start, verdict.end), (whole[0][0].start, whole[0][-1].end)))
        between = text.low[first[1] : last[0]]
        if len(between) < 110 and not HARD.search(between) and not _others(forces, first[1], last[0]):
            return whole[0][:1], "forward" if whole[0][0].start > verdict.start else "backward"
    return [], ""


def certain(text: Structure, verdict: Verdict) -> bool:
    """The word is a grade whatever stands beside it."""
    if verdict.manner == "count":
        return False
    if verdict.word.quoted and verdict.word.form != "welsh":
        return bool(FOLLOWS.match(text.low[verdict.end : verdict.end + 60]))
    if verdict.manner != "judged":
        return False
    sentence = text.sentences[verdict.word.sentence]
    before = text.low[max(sentence.start, verdict.start - 110) : verdict.start]
    return bool(
        verdict.word.form in ("plural", "ordinal", "said")
        or DIRECT.search(before)
        or GOVERNS.search(before)
        or GRADE_NOUN.match(text.low[verdict.end : verdict.end + 20])
    )


# "Judged as good, | preventing crime is …"
OPENING = re.compile(
    r"^[\"' ]*(?:also |again |once more )?(?:graded|rated|judged|deemed|assessed|found|classed)(?: to be| as| at)? [\"']?$"
)
# "found to be adequate" may be said of anything, "graded adequate" only of what is graded
STRONG = re.compile(
    r"\b(?:grad(?:ed?|es|ing|ings)|rat(?:ed|es|ing|ings)|mark|marks|awarded|scor(?:ed?|es)|verdicts?|labelled|classed|branded|bracket|band|earn\w*|"
    r"named|called|got|gets|gone|receiv\w*|improv\w*|moved?|prais\w*|achiev\w*|secur\w*|given|judg(?:e)?ments?|hmic\w*|inspectorate|watchdog)\b[^.;]{0,110}$|\b(?:an?|another|one|its|our|from|to) $"
)


AIMED = re.compile(
    r"\b(?:judg(?:ed|es|ing)|deem(?:ed|s)|marked|assess(?:ed|es)|classified|ranked|declared)\b[^.;]{0,90}$"
)


def weak(text: Structure, verdict: Verdict, *, ahead: bool) -> bool:
    """A judging word that may have anything for its object, and no mark or noun of a grade beside it."""
    if (
        verdict.word.quoted
        or verdict.manner not in ("judged", "count")
        or verdict.word.form in ("plural", "ordinal", "said", "verb", "welsh")
    ):
        return False
    sentence = text.sentences[verdict.word.sentence]
    before = text.low[max(sentence.start, verdict.start - 150) : verdict.start]
    if re.match(r"^ ?[:(-]", text.low[verdict.end : verdict.end + 3]):
        return False
    if ahead and AIMED.search(before):
        return False
    return not STRONG.search(before) and not GRADE_NOUN.match(text.low[verdict.end : verdict.end + 20])


def _opinion(text: Structure, verdict: Verdict) -> bool:
    if verdict.word.quoted:
        return False
    sentence = text.sentences[verdict.word.sentence]
    said = OPINION.search(text.low, sentence.start, verdict.start)
    return bool(said) and not re.search(
        r"\b(?:graded|rated|judged|assessed|hmic\w*|inspectors)\b", text.low[sentence.start : verdict.start]
    )


def _ahead(text: Structure, forces: Forces, verdict: Verdict, run: list[QuestionMention]) -> int:
    """2 right behind the grade by a preposition or mark, 1 further on; 0 kept apart."""
    between = text.low[verdict.end : run[0].start]
    if (
        re.match(r"^[\"']?, ", between)
        and len(between) < 30
        and OPENING.match(text.low[text.sentences[verdict.word.sentence].start : verdict.start])
    ):
        return 3
    words = SET_IN.sub(",", between)
    if ")" in words and "(" not in words.partition(")")[0]:
        return 0
    if len(words) > REACH or HARD.search(words) or NEW_SUBJECT.search(words):
        return 0
    if _others(forces, verdict.end, run[0].start) or not LINKS.search(words):
        return 0
    if re.search(r"\b(?:is|was|are|were)\b", words) and not re.search(
        r"\b(?:areas?|grades?|ones?|marks?|ratings?|that)\b", words
    ):
        return 0
    return 3 if IMMEDIATE.match(words) and "," not in words.lstrip(",\"' ") else 1


def _behind(text: Structure, forces: Forces, verdict: Verdict, run: list[QuestionMention]) -> int:
    """2 the subject of its verb, 2 set first; 0 kept apart."""
    between = text.low[run[-1].end : verdict.start]
    words = SET_IN.sub(" ", between)
    sentence = text.sentences[verdict.word.sentence]
    before = text.low[max(sentence.start, run[0].start - 60) : run[0].start]
    first = bool(SET_FIRST.search(before))
    hard = HARD.search(words)
    if first and hard and re.match(r"told|found that|said|says", hard.group()):
        hard = HARD.search(words, hard.end())
    if len(words) > REACH or hard or not VERB.search(words):
        return 0
    if _others(forces, run[-1].end, verdict.start):
        return 0
    if WHERE.match(between) and words.count(",") < 2:
        return 3
    if first:
        return 2
    return 0 if NEW_SUBJECT.search(words) else 2


def _others(forces: Forces, start: int, end: int) -> bool:
    return any(m.force != forces.main for m in mentions_between(forces, start, end))
