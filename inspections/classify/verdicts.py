"""Which grade words are verdicts, and which are only adjectives, wishes, negations, definitions, or somebody else's marks."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from inspections.classify.grades import GradeWord
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import Passage, Sentence, Structure
from inspections.model import Grade

Manner = Literal["judged", "plain", "label", "count"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade word that gives a grade. `manner`: judged (graded, rated, in quotation marks), plain (only "is good at"), label
    ("Good:", "Preventing crime - Good"), count ("good in two areas")."""

    word: GradeWord
    manner: Manner
    spoken: bool

    @property
    def start(self) -> int:
        return self.word.start

    @property
    def end(self) -> int:
        return self.word.end


NUMBER = r"(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|all|every|each|\d{1,2}|most|several|some|many)"
# What may follow a grade that is a verdict; anything else after it makes it an adjective ("good understanding", "outstanding warrants")
FOLLOWS = re.compile(
    r"^(?:$|[\"']?[.,;:!?)\]|/•·→=-]|[\"']? ?[-|/(→•\[>…]|[\"'] |[\"']?\.\.|\s*$"
    r"| (?:at|in|for|on|under|over|by|and|or|but|as|too|overall|again|to|across|with which|when|while|where|although|though|because|since|from|despite|however|now|this|last|today|yesterday|nor|than|rather|compared|against|also|once|throughout|according|after|following|so|is|was|were|are|has|have|had|out of|respectively|"
    r"went to|goes to|had been given|alike|at least|only|if|rather than|thanks|both|in all|for all|regarding|is now|the|which|that|who|among|amongst|instead|below|above|except|bar|apart|even|twice|outcome in|all round|it|they|we|another|(?:one|two|three|four|five|six|a|several|a few|\d+) (?:years?|months?)|years?)\b"
    r"| (?:[\"']?)(?:grades?|gradings?|ratings?|marks?|judg(?:e)?ments?|verdicts?|scores?|bands?|brackets?|category|categories|areas?|ones?|assessments? (?:for|in)|level|standard(?=,? (?:for|in|at)|[.,;]))\b)"
)
GOOD_WITH = re.compile(
    r"^ (?:with\b(?! which)|enough|as (?:a |it|they|we|any|new|gold)\b|to (?:see|hear|know|have|be|go|note|get|read|find)\b|in parts|and (?:bad|getting|kind|decent|professional|proper|prompt)|on a|it (?:was|is) )"
)
QUALIFIED = re.compile(
    r"\b(?:very|so|really|generally|consistently|particularly|reasonably|pretty|too|how|some|such|any|more|less|truly|quite|rather|equally|not so|just as|this|every|mostly|fairly|been a|is a|was a|many|much that is|lot of|lots of|(?:for|in) the (?:common|public)|greater|no|have a|has a|had a|with a|a really|a very|long-term|what|doing|do|does|did|feels?|looks?|sounds?|so far so|make|makes|made) $"
)
# Verbs of judging, and nouns of grades: before the word within its clause, or right behind it
JUDGED_BEFORE = re.compile(
    r"\b(?:graded|grades?|grading|gradings|rated|rates?|rating|ratings|judged|judges?|judg(?:e)?ments?|assessed|assesses|assessment|found|finds|deem(?:ed|s)?|consider(?:ed|s)?|regarded|classed|classified|ranked|scored|marked|mark|marks|awarded|awards?|given|gave|gives|gets|got|received?|receives|earned|achieved|"
    r"secured|named|called|calls|described as|declared|says|told|concluded|verdicts?|placed|put|branded|labelled|upgraded|downgraded|scores|handed|hand out|hands|managed|reads|gains|gained|praised|confirmed|highlighted|reported|shows?|published as|credited|singled out|hit|reached|moved|moves|gone|improved|raised|risen|rose|drops|dropped|fell|fallen|climbed|lifted|retained|kept|maintained|holds)\b[^.;]{0,110}$"
)
GRADE_NOUN = re.compile(
    r"^[\"']? (?:grades?|gradings?|ratings?|marks?|judg(?:e)?ments?|bracket|band|category|areas?)\b"
)
COPULA_BEFORE = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|remains?|remained|stays?|as|both|all|now|still|again|also|already|considered|therefore|consistently|previously|currently|then|not only|either|deemed|once more|each|overall|a|an|had been|to be|to|only|just|merely|simply|once again|respectively|newly|today)|'s|'re|,|\bthat|\bwhich)[\"']? (?:[\"'])?$"
)
DIRECT = re.compile(
    r"\b(?:graded|rated|judged|deemed|named|considered|assessed|ranked|classed|classified|found|marked|declared|branded|labelled|scored|scores|earned|earns|gets|got|achieved|achieves|received|receives|secured|awarded|given|gained) (?:an? |it |them |us |the force |the constabulary |the service )?(?:either |both |only |as )*[\"']?$"
)
ENDS = re.compile(r"^[\"']?(?:[.;,]|$)")  # "… keeping people safe and reducing crime good."
COUNTED = re.compile(
    r"^(?:[\"']? (?:in|for|at|across|on) (?:the )?(?:other |remaining |a further |another |just |only |all |all of )*"
    + NUMBER
    + r"\b)"
)
NUMBERED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2})(?: (?:of (?:them|these|those|which)|areas?|forces?|pillars?|others?|more|further))?(?: (?:is|are|was|were|as|at|judged|rated|graded|found(?: to be)?|to be|an?|of))* [\"']?$"
)
REFUSED = re.compile(
    # negation: "no areas were graded inadequate", "none was rated", "not yet graded", "nothing reached 'good'"
    r"(?:\b(?:not|no|none|neither|nor|never|nobody|nothing|nowhere|without|cannot|hardly|avoid(?:ed|s|ing)?|escap(?:ed|es|ing)|short of|miss(?:ed|es|ing)? out on|stopped short|let alone|rather than|instead of|isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|don't|doesn't|didn't|won't|wouldn't|couldn't|can't|isnt|rejects?|rejected|disput\w+|unlike)\b"
    # wishes and suppositions: "our ambition is to be outstanding", "to achieve a grade of good", "if it is rated good"
    r"|\b(?:would|could|should|might|(?<!last )(?<!in )(?<!\d )(?<!of )(?<!this )(?<!since )may(?! 20| \d)|if|unless|until|whether|ambitions?|aims?|aiming|aspir\w+|hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|wish(?:es|ed)?|goal|target|strive|striving|towards?|expects?|expected|promis\w+|will (?:be|become|get|have|need)(?! (?:very |so )?(?:pleased|delighted|proud|relieved|disappointed|glad|happy|heartened|encouraged))|before (?:we|it|they|the force) (?:are|is|can|will)|suppose|imagine|going to be|on (?:the|its|our) (?:way|path|journey) to|journey to|seek\w*|deserves?|vision|determined to|committed to|work(?:ing)? (?:hard )?to (?:be|become|reach|achieve)|able to|need(?:s|ed)? to|how to|in order to|try(?:ing)?|mov(?:e|ing) (?:us |it )?to|pathway|what does|can be|must be|ought|likely to|to (?:achieve|reach|gain|secure|earn|become|get|attain))\b)"
)
REFUSAL_ENDS = re.compile(r"[,;:)]| - | but | and (?:is|was|has|it|the|in)\b| although | while ")
NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely|surprisingly)\b|\bno (?:surprise|longer|doubt|less|fewer)\b|\bnot (?:been )?(?:moved|changed|fixed)\b|\bif (?:only|not)\b|\bneed(?:s|ed)? to improve\b|\b(?:work|worked) hard to\b"
)
# Scales and definitions: three or more different grades in a row, "the grades are", "graded as outstanding, good, …", "characteristics of good"
SCALE = re.compile(
    r"\b(?:grades? (?:available|given|we (?:use|give)|are|from|range)|graded (?:from|on a scale|judgments? (?:are|of|for|from))|there are (?:four|five) (?:grades|graded|possible)|(?:four|five)[- ](?:tier|point|grade) scale|(?:one of|on) (?:four|five|these) (?:grades|judg|levels|bands|categories)|scale of|characteristics of|what good looks like|is defined as|the term|grades? (?:means?|is defined)|can be graded|are graded|forces can be|means that|may give one|possible (?:grades|ratings|judg)|definitions?|assigns? graded|a (?:force|service) (?:that is|which is|graded|rated|will|can)|an? [\"']?(?:good|outstanding|adequate|inadequate)[\"']? force\b|in (?:the )?order from)\b"
)
OTHERS = re.compile(
    r"\b(?:ofsted|estyn|cqc|care quality commission|care inspectorate|hmi probation|hm inspectorate of probation|inspectorate of probation|probation (?:service|inspect\w+)|hmi prisons|inspectorate of prisons|youth offending|youth justice service|(?:mental health |nhs |foundation |hospital |academy )trust\b|health trust|children's services|children's (?:social )?care|schools?|academ(?:y|ies)|hospitals?|care homes?|nursery|ambulance|social care|county council|city council|borough council|council's|court of appeal|solicitor general|hmics|inspectorate of constabulary in scotland|police scotland|prisons?|university|food hygiene|environment agency|education watchdog|iopc|independent office for police conduct|coroner|tribunal|(?:the|a|three|two|appeal|high court) judges?|by the judges|(?:internal |external )?audit(?:ors?)?|(?:customer|public|staff|residents'?) survey|survey (?:rated|found)|by mps|committee of mps|super-complaint|(?:scrutiny|use of force|independent|ethics|citizens'?) panel|assessment centre|policing awards|award (?:recognises|ceremony)|awards (?:night|ceremony)|home office assessment|information commissioner|councils?' )\b"
)
# the scale of before 2008 (excellent, good, fair, poor) is another one
BEFORE_PEEL = re.compile(r"\b(?:in|from|of|since|until) (?:19\d\d|200\d)\b")
# what would make a force good, not what this one is: "a force is graded good at preventing crime if …"
ANY_FORCE = re.compile(
    r"\b(?:an?|any|every|each) (?:police )?(?:force|service) (?:is|will be|can be|that is|may be|would be)\b[^.;]{0,40}$"
)
# "visible patrols were rated good by most", "rated as adequate by nearly half of those who had rung"
BY_OTHERS = re.compile(
    r"^[\"']?,? (?:by|according to|in the (?:eyes|view|opinion) of|among) (?:(?:nearly|almost|over|about|more than|fewer than|less than|just|around|up to|some|the|its|our|their|local|a|an) ){0,3}(?:most\b|many\b|half|a? ?(?:third|quarter|fifth|tenth|majority)|\d+\b|(?:[a-z]+ )?(?:per ?cent|percent)|members? of the public|public|residents?|people|respondents?|callers?|victims|voters|readers|customers|users|those (?:who|we|asked|surveyed)|everyone|parents|pupils|students|staff|officers)\b"
)
FIRST_PEEL = 2014  # before it the inspectorate marked forces otherwise: "excellent, good, fair or poor"


HMIC = re.compile(
    r"\bhmic(?:frs)?\b|inspectorate of constabulary|\bpeel\b|inspector of constabulary|constabulary (?:and|&) fire|\bhmi\b|arolyg|inspect(?:ion|ors?)\b|watchdog|grad(?:ed|ing|es?)\b"
)


def read_verdicts(
    text: Structure, words: tuple[GradeWord, ...], questions: tuple[QuestionMention, ...]
) -> tuple[Verdict, ...]:
    """The grade words that are verdicts, in order; linear, since each looks only at its own sentence."""
    if text.release.published is not None and text.release.published.year < FIRST_PEEL:
        return ()
    inside = _inside(words, questions)
    by_sentence: dict[int, list[GradeWord]] = {}
    for word in words:
        if word.start not in inside:
            by_sentence.setdefault(word.sentence, []).append(word)
    verdicts: list[Verdict] = []
    for index, here in by_sentence.items():
        sentence = text.sentences[index]
        passage = text.passage_of(sentence)
        if passage.furniture or _is_scale(text, sentence, passage, here) or _corrected(text, index):
            continue
        others = OTHERS.search(text.words(sentence)) is not None
        for word in here[:60]:
            if others and _is_others(text, sentence, word):
                continue
            manner = _manner(text, sentence, passage, word)
            if manner:
                verdicts.append(Verdict(word, manner, sentence.spoken or _in_speech(text, sentence, word)))
    return tuple(verdicts)


# "We said that the force had been graded …. In fact it was graded …"
SAID_WRONGLY = re.compile(
    r"\b(?:we|our|an|the) (?:(?:earlier|original|previous|version|of|this|story|report|article|headline|page|post) ){0,5}(?:said|wrote|reported|stated|suggested|printed|published|gave)\b"
)
PUT_RIGHT = re.compile(
    r"^[\"' ]*(?:in fact\b|in truth\b|actually,|(?:that|this|it|the (?:article|figure|grade)) (?:was|is) (?:wrong|incorrect|not (?:right|correct|the case|so)|an error|a mistake)|(?:that|this|it) should|the (?:correct|right) )"
)


def _corrected(text: Structure, index: int) -> bool:
    """What a newspaper or a force takes back in its next sentence."""
    return bool(
        index + 1 < len(text.sentences)
        and PUT_RIGHT.match(text.words(text.sentences[index + 1]))
        and SAID_WRONGLY.search(text.words(text.sentences[index]))
    )


def _inside(words: tuple[GradeWord, ...], questions: tuple[QuestionMention, ...]) -> set[int]:
    """The grade words that are part of a question's name: "good use of resources"."""
    found: set[int] = set()
    at = 0
    for word in words:
        while at < len(questions) and questions[at].end <= word.start:
            at += 1
        if at < len(questions) and questions[at].start <= word.start < questions[at].end:
            found.add(word.start)
    return found


def _in_speech(text: Structure, sentence: Sentence, word: GradeWord) -> bool:
    if text.low.count('"', sentence.start, word.start) % 2 == 0:
        return False
    return not word.quoted


def _is_scale(text: Structure, sentence: Sentence, passage: Passage, here: list[GradeWord]) -> bool:
    words = text.words(sentence)
    kinds = {w.grade for w in here}
    if (
        SCALE.search(words[:400])
        and (
            len(kinds) >= 3
            or passage.notes
            or (len(kinds) == len(here) <= 2 and not re.search(r"\b(?:areas?|is|was) (?:graded|judged)\b", words))
        )
        and not re.search(r"\b(?:we|inspectors|hmic(?:frs)?) (?:graded|judged|rated|found)\b", words)
    ):
        return True
    if SCALE_ENDS.search(words):
        return True
    if len(kinds) >= 3:
        gaps = [text.low[a.end : b.start] for a, b in pairwise(here)]
        bare = sum(1 for g in gaps if len(g) < 14 and BARE.fullmatch(g))
        return bare >= 3 or (bare >= 2 and (passage.notes or len(here) == 3))
    return False


# "from outstanding to inadequate", "outstanding, good, adequate …"
SCALE_ENDS = re.compile(
    r"\b(?:from|between) [\"']?outstanding[\"']? (?:down |through |right down )*(?:to|and) [\"']?inadequate|\b[\"']?inadequate[\"']? (?:up )?to [\"']?outstanding"
)
BARE = re.compile(r"[\"' ,;/|()-]*(?:and|or)?[\"' ,;/|()-]*(?:a |an )?(?:\d\)? ?)?[\"']?")


def _is_others(text: Structure, sentence: Sentence, word: GradeWord) -> bool:
    """Another body's mark, or a mark for another body, in the word's own part of the sentence."""
    words = text.words(sentence)
    at = word.start - sentence.start
    start = max(words.rfind(mark, 0, at) for mark in (";", ": ", "- "))
    ends = [n for n in (words.find(mark, at) for mark in (";", ": ")) if n >= 0]
    part = words[max(0, start) : min(ends, default=len(words))]
    if BEFORE_PEEL.search(part):
        return True
    return bool(OTHERS.search(part)) and not re.search(r"\bhmic(?:frs)?\b|\bpeel\b|inspectorate of constabulary", part)


def _manner(text: Structure, sentence: Sentence, passage: Passage, word: GradeWord) -> Manner | Literal[""]:
    low = text.low
    before = low[max(sentence.start, word.start - 150) : word.start]
    after = low[word.end : min(sentence.end, word.end + 60)]
    if _refused(re.sub(r", (?:including|such as|among them|for example)\b[^,]*,", " ", before)):
        return ""
    if ANY_FORCE.search(before) or BY_OTHERS.match(after):
        return ""
    if word.form == "said":
        return "judged" if COUNT_FIRST.match(low[sentence.start : word.start]) else ""
    if word.form == "ordinal":
        return _ordinal(before, after)
    if word.form == "short":
        return "judged" if DIRECT.search(before) else ""
    if word.form == "welsh":
        return _welsh(text, sentence, word, before, after)
    label = _label(text, sentence, passage, word, before, after)
    if label:
        return label
    if word.form == "verb" and not word.quoted:
        return _requires(before, after)
    if not word.quoted:
        if word.form not in ("plural", "ordinal") and word.end < len(low) and not FOLLOWS.match(after):
            return ""
        if word.grade in (Grade.GOOD, Grade.OUTSTANDING, Grade.ADEQUATE) and GOOD_WITH.match(after):
            return ""
        if QUALIFIED.search(before) and not GRADE_NOUN.match(after):
            return ""
    if COUNTED.match(after):
        return "count"
    if GIVEN_FOR.match(after) and not before.strip(" \"'"):
        return "judged"
    if ALL_OF.search(before) and re.match(r"^[\"']? standard\b", after):
        return "judged"
    if NUMBERED.search(before):
        return "count"
    if word.quoted or GRADE_NOUN.match(after) or word.form == "plural" or DIRECT.search(before):
        return "judged"
    if re.search(r"\b(?:an?|another|one|its|our|the|only) [\"']?$", before) and re.match(
        r"^[\"']?,?(?: too| as well| also| again)?,? (?:for|in|at) ", after
    ):
        return "judged"
    if JUDGED_BEFORE.search(before) and (
        COPULA_BEFORE.search(before)
        or re.search(
            r"\b(?:and|or|but|force|constabulary|police|service|it|from|a|an|of|for|with|the|up|to|no less than)[\"']? ?$|[,:(-] ?$",
            before,
        )
    ):
        return "judged"
    return (
        "plain"
        if COPULA_BEFORE.search(before)
        or ENDS.match(after)
        or re.search(r"(?:\b(?:and|but|or|the|of|from|to|only|by)|[,;:(-]) ?$", before)
        else ""
    )


# "In three - a, b and c - improvement is required"
COUNT_FIRST = re.compile(
    r"^[\"' ]*(?:but |and |while )?(?:in|for) (?:the (?:other |remaining )?|another |a further )?(?:two|three|four|five|six|seven)(?: (?:others?|areas?|more|further(?: areas)?|questions?))? ?(?:- |: |\(|, )"
)


# "Adequate had been given for leadership", "… were all of an adequate standard"
GIVEN_FOR = re.compile(r"^[\"']? (?:had been|has been|was|were|is) (?:given|awarded|handed(?: out)?) (?:for|to|in)\b")
ALL_OF = re.compile(r"\b(?:were|are|is|was) (?:all|both|each) of an? [\"']?$")


def _ordinal(before: str, after: str) -> Manner | Literal[""]:
    """ "the highest possible grade for efficiency"; not "the highest possible grade is …", nor "the top grade of 'outstanding'"."""
    if re.match(r"^[.,;]|^$", after) and re.search(
        r"\b(?:earned|earns|received|receives|given|got|gets|awarded|gained|achieved|secured|won|gave)\b[^.;]{0,40}$",
        before,
    ):
        return "judged"
    if re.match(r"^ (?:went to|was for|was given (?:to|for)|came for)\b", after):
        return "judged"
    if not re.match(r"^ (?:for|in|at|on)\b", after) or re.search(r"outstanding|inadequate|good", after):
        return ""
    return (
        "judged"
        if JUDGED_BEFORE.search(before)
        or re.search(r"\b(?:in|with|into|put|placed|has|have|had)\b[^.;]{0,40}$", before)
        else ""
    )


def _requires(before: str, after: str) -> Manner | Literal[""]:
    if re.match(
        r"^[\"']? (?:from|by (?:the|all|us|our)|of|to (?:its|the|our|their)|not|so much)\b", after
    ) and not re.match(r"^ (?:to be)\b", after):
        return ""
    if (
        re.search(r"\b(?:this|that|there|what|still much|more|lot) $", before)
        and not re.search(
            r"(?:judged|areas?|ones?|questions?|categor(?:y|ies)|force|those|these|pair|trio|quartet|couple|one|two|three|four|five) that $",
            before,
        )
        and "judged" not in before
    ):
        return ""
    if COUNTED.match(after):
        return "count"
    if JUDGED_BEFORE.search(before) or THE_PAIR.search(before):
        return "judged"
    return "count" if NUMBERED.search(before) else "plain"


# "… are the pair that require improvement"
THE_PAIR = re.compile(
    r"\b(?:is|are|was|were) (?:the|those) (?:pair|trio|quartet|couple|ones?|two|three|four|five) (?:that|which) $"
)


def _refused(before: str) -> bool:
    """A negation or a wish in the same clause, before the word."""
    last = next(reversed(list(REFUSED.finditer(before))), None)
    if last is None:
        return False
    tail = before[last.end() :]
    if NOT_ONLY.search(before[max(0, last.start() - 4) : last.end() + 16]):
        return False
    ends = REFUSAL_ENDS.search(tail)
    if ends is None:
        return len(tail) < 90
    return (
        last.group() in ("none", "neither", "nothing", "nowhere", "no", "never")
        and len(tail) < 60
        and bool(re.fullmatch(r"[^.;:()]*,? (?:or|nor|let alone)[^,.;:()]*", tail))
    )


# "Preventing crime - ", "Preventing crime …", "Atal troseddau / Preventing crime: Da / "
MARKED_OFF = re.compile(r"(?:[:|→=…>]|\.{2,}| -{1,2}|\s/)\s*(?:[a-z' ]{2,16} / )?[\"']?$|\S\s{2,}$")
# a grid run together: "Preventing crime Good Investigating crime Adequate"
GRID = re.compile(r"^ [A-Z]")

# what may follow the last word of a line
REST_OF_LINE = re.compile(r"[ \"'.;,)]*$")


def _label(
    text: Structure, sentence: Sentence, passage: Passage, word: GradeWord, before: str, after: str
) -> Manner | Literal[""]:
    """A label: the grade opens or closes its line, apart from the rest by a mark: "Good: …", "Preventing crime - Good"."""
    opens = (
        re.search(r"[^\W\d_]", text.low[max(passage.start, word.start - 40) : word.start]) is None
        and word.start - passage.start < 40
    )
    closes = REST_OF_LINE.match(text.low, word.end, passage.end) is not None
    if opens and (
        closes
        or re.match(r"^[\"']?\s?(?:\**\s?[:,(]|\** ?-{1,2}|→|\||at\b|in\b|for\b|\.\.)", after)
        or re.match(
            r"^[\"']? (?:at|in|for|-|:|(?:was|is) (?:the (?:grade|verdict|word|rating|judg(?:e)?ment|mark)|how))", after
        )
    ):
        return "label"
    if before.endswith("(") and after.startswith(")"):
        return "label"
    line = passage.kind in ("heading", "item", "row") and passage.end - passage.start < 110
    if (
        word.capital
        and GRID.match(text.plain[word.end : word.end + 3])
        and re.search(r"[a-z] $", text.plain[max(sentence.start, word.start - 2) : word.start])
    ):
        return "label"
    if closes and word.capital and line and word.start > passage.start and not opens:
        return "label"
    if (
        opens
        and text.plain[word.start : word.end].isupper()
        and re.match(r"^ [A-Z]", text.plain[word.end : word.end + 2])
    ):
        return "label"
    only = text.low[word.end : sentence.end].strip(" \"'.;,)") == ""
    begins = text.low[sentence.start : word.start].strip(" \"'•*+-[") == ""
    if begins and only and word.capital:
        return "label"
    if begins and word.capital and re.match(r"^[\"']? -{1,2} ", after):
        return "label"
    if (opens or begins) and re.match(r"^[\"']?\s?(?:\([^()]{0,40}\)\s?)[:-]", after):
        return "label"
    if (opens or begins) and re.match(r"^[\"']?\s?(?:\]|\(?x?\d+\)?(?: areas?)?\)?\s?[:-]|:)", after):
        return "label"
    if (
        text.low[sentence.start : word.start].strip(" \"'") == ""
        and re.match(r"^[\"']? (?:at|in|for) (?!(?:a|the) (?:first|while|moment))", after)
        and word.capital
    ):
        return "label"
    tail = text.low[word.end : passage.end]
    ends = (
        closes
        or re.match(r"^[\"']? ?(?:\||\(|;|, (?=was|previously))", tail)
        or (re.match(r"^[\"']?[.,]", tail) and re.search(r":\s*[\"']?$", before))
    )
    if ends and MARKED_OFF.search(before):
        return "label"
    if re.match(r"^[\"']?\s?:", after) and re.search(r"(?:^|[.;]\s?|under |- )[\"']?$", before):
        return "label"
    return ""


WELSH_JUDGED = re.compile(
    r"\b(?:yn|radd|gradd|graddio|graddiwyd|'n|fel|barnu|asesu|bod|mae|cael|cafodd|derbyn|derbyniodd)\b[^.;]{0,80}$"
)


def _welsh(text: Structure, sentence: Sentence, word: GradeWord, before: str, after: str) -> Manner | Literal[""]:
    """Welsh grades are common words ("da iawn", "mae angen"): a verdict only in quotation marks or as a label's end."""
    passage = text.passage_of(sentence)
    if text.low[passage.start : word.start].strip(" \"'•*·>+▸▪●-") == "" and re.match(r"^[\"']? ?(?:[:/|]|- )", after):
        return "label"
    closes = REST_OF_LINE.match(text.low, word.end, passage.end) is not None or re.match(r"^[\"']? ?[/|(]", after)
    if closes and re.search(r"(?:[:|→=…>]|\.{2,}| -{1,2}|\s/)\s*[\"']?$", before):
        return "label"
    if re.search(r"\b(?:nid|nac|dim|heb)\b", before[-60:]):
        return ""
    if (
        re.search(
            r"\b(?:barnodd|barnwyd|graddio|graddiodd|graddiwyd|aseswyd|asesodd|dyfarnwyd|dyfarnodd|farnu|raddio|raddiwyd)\b",
            before,
        )
        and re.search(r"(?:\byn|'n) (?:\w+ ){0,2}$", before)
        and re.match(r"^ (?:am|wrth|o ran|mewn|yn|ar)\b", after)
    ):
        return "judged"
    return "judged" if word.quoted and WELSH_JUDGED.search(before) else ""
