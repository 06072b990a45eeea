"""What question a bare grade answers: the one that the release, or the section it stands in, is about."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspections.classify.cycles import Cycles
from inspections.classify.forces import Forces
from inspections.classify.links import Link, gap, only
from inspections.classify.questions import QuestionMention
from inspections.classify.structure import PLAIN, Structure
from inspections.classify.verdicts import COUNTED, NUMBERED, Verdict
from inspections.lexicon import Lexicon

PILLARS = ("effectiveness", "efficiency", "legitimacy")
# What a title or an address is about, a word for each programme. "PEEL: Police effectiveness 2015", "…/crime-data-integrity-2016/"
TITLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("effectiveness", re.compile(r"\b(?:effectiveness|effective)\b|\bkeep(?:s|ing) (?:\w+ ){1,2}safe\b")),
    ("efficiency", re.compile(r"\b(?:efficiency|efficient)\b")),
    ("legitimacy", re.compile(r"\b(?:legitimacy|legitimate)\b")),
    (
        "recording-crime",
        re.compile(r"\bcrime[- ](?:data[- ]integrity|recording)\b|\brecord(?:s|ing) (?:of )?crimes?\b"),
    ),
)
# "… the three pillars of effectiveness, efficiency and legitimacy" says what PEEL is, not what this release is about
ALL_THREE = re.compile(
    r"\b(?:effectiveness|efficiency|legitimacy)(?: \(\w+\))?,? (?:and )?(?:the )?(?:effectiveness|efficiency|legitimacy),? and (?:the )?(?:effectiveness|efficiency|legitimacy)\b"
)
_REPORTS = r"(?:reports?|inspections?|checks?|assessments?|programme|reviews?|findings|grad(?:e|ing)s?|stud(?:y|ies)|judg(?:e)?ments?|tests?|league table|strand|looks?|verdicts?)"
# "its annual efficiency inspection", "43 reports on police efficiency", "a national study of police legitimacy", "how it records crime"
OPENED: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(
        (
            name,
            re.compile(
                rf"\b{name}(?: \(\w+\))? {_REPORTS}\b|\b{_REPORTS}(?: today| yesterday)? (?:on|of|into|for|about|at|looking at|examining) (?:the |their |its |each force's |forces' |police |policing |overall )*{name}\b|\b(?:mark|marks|grade|grades|rating|ratings) for (?:overall |police )?{name}\b"
            ),
        )
        for name in PILLARS
    ),
    (
        "effectiveness",
        re.compile(
            r"\bhow (?:well|effectively|effective)\b[^.;:]{0,60}?\b(?:keep(?:s|ing)?|at keeping) (?:\w+ ){1,2}safe\b|\b(?:at|for) keeping people safe and reducing crime\b"
        ),
    ),
    ("efficiency", re.compile(r"\bhow (?:efficiently|efficient)\b|\bthe efficiency with which\b")),
    ("legitimacy", re.compile(r"\bhow (?:legitimately|legitimate)\b|\bthe legitimacy with which\b")),
    (
        "recording-crime",
        re.compile(
            r"\bhow (?:well |accurately )?(?:it|they|the force|forces|police|the police|officers) records? (?:reported )?crimes?\b|\bcrime (?:data integrity|recording)\b"
        ),
    ),
)
OPENING = 3  # paragraphs of prose
REGIONAL = re.compile(r"\bregional organi[sz]ed crime unit|\brocu\b|\bregional inspection")
ORGANISED = re.compile(r"\borgani[sz]ed (?:crime|criminals)\b|\bsoc\b|\borgani[sz]ed gangs\b")


@dataclass(frozen=True, slots=True)
class Topics:
    """The question that the release is about ('' for none or several), and that of each passage's heading."""

    release: str
    headed: tuple[str, ...]

    def at(self, passage: int) -> str:
        """The heading's question; where the heading has none, the release's."""
        return self.headed[passage] or self.release


def read_topics(text: Structure, questions: Sequence[QuestionMention], cycles: Cycles, lexicon: Lexicon) -> Topics:
    return Topics(_of_release(text, cycles, lexicon), _of_headings(text, questions))


def _of_release(text: Structure, cycles: Cycles, lexicon: Lexicon) -> str:
    cycle = lexicon.cycle_by_id.get(cycles.police)
    if cycle is None:
        return ""
    title = ALL_THREE.sub(" ", text.release.title.translate(PLAIN).lower())
    address = re.sub(r"[-_/+.]+", " ", text.release.url.lower().partition("//")[2].partition("/")[2][-160:])
    address = re.sub(r"\bpeel assessments?\b", " ", address)
    prose = [p for p in text.passages if p.kind in ("paragraph", "quote") and p.end - p.start > 60 and not p.furniture]
    opening = ALL_THREE.sub(" ", " ".join(text.low[p.start : min(p.end, p.start + 700)] for p in prose[:OPENING]))
    if cycle.scale == "5-tier":
        found = ORGANISED.search(title + " " + opening) and REGIONAL.search(opening)
        return "disrupting-soc" if found and len(text.low) < 30_000 else ""
    allowed = {"efficiency"} if cycle.id == "2014" else set(PILLARS)
    if cycles.published and 2015 < cycles.published.year < 2021:
        allowed.add("recording-crime")
    named = {name for name, p in TITLED if name in allowed and (p.search(title) or p.search(address))}
    if len(named) == 1:
        return next(iter(named))
    if named:
        return ""
    told = {name for name, p in OPENED if name in allowed and p.search(opening)}
    return next(iter(told)) if len(told) == 1 else ""


def _of_headings(text: Structure, questions: Sequence[QuestionMention]) -> tuple[str, ...]:
    """For each passage the one question that its heading names, as long as no other heading has come."""
    named: dict[int, set[str]] = {}
    for q in questions:
        passage = text.sentences[q.sentence].passage
        if text.passages[passage].kind == "heading" and not text.passages[passage].furniture:
            named.setdefault(passage, set()).add(q.question)
    current = ""
    found: list[str] = []
    for p in text.passages:
        if p.kind == "heading" and not GRADED_LINE.search(text.words(p)[-40:]):
            current = next(iter(named[p.index])) if len(named.get(p.index, ())) == 1 else ""
        found.append(current)
    return tuple(found)


# "Norfolk: Good" is no heading
GRADED_LINE = re.compile(r"\b(?:outstanding|good|adequate|requires improvement|inadequate)\W*$")


def topic_mention(question: str, verdict: Verdict) -> QuestionMention:
    """A question that the words around a verdict do not name, placed at the verdict."""
    return QuestionMention(question, "", verdict.start, verdict.end, verdict.word.sentence, short=False)


_SUBJECTS = frozenset(("F", "it", "we", "us", "force", "constabulary", "service", "overall"))
# Between the subject and its grade: "the force | has been judged as", "gave us | an overall judgement of"
_GIVING = frozenset(
    re.findall(
        r"\S+",
        "F a again all also an and annual are as assessed at awarded be been being both category class classed classified concluded "
        "condemned constabulary consider considered declared deemed described district found force formally getting given "
        "grade graded grades grading has have having he'd hmic hmicfrs in is it it's its judge judged judgement judgment mark marked "
        "named newly now of officially once one only our overall police put ranked rated rating received report "
        "requires same scored service still that the they third time to today told us verdict was watchdog we we've were "
        "which who with yesterday year fourth fifth second more labelled branded being sole first among those "
        "forces inspectors inspectorate",
    )
)
# What ends a statement about the whole force: a stop, a time, the inspection it comes from
ENDED = re.compile(
    r"^[\"']?(?:\s*$|[.;)!]|,(?! (?:at|in how|how|in the way|for how)\b)| - | (?:overall|today|yesterday|again|once again|once more|now|and|but|while|when|last|this (?:year|time|week|month)|for the (?:first|second|third|fourth|fifth|sixth)|following|after|despite|because|by (?:hmic|the (?:police )?(?:inspect|watchdog)|inspect|the government)|as a result|on the (?:same )?(?:basis|whole))\b)"
)
# "… good in its annual efficiency inspection", "… in a national study of police legitimacy"
IN_REPORT = re.compile(
    r"^[\"']? (?:in|by|under|for|on) (?:the |its |their |our |this |a |an |today's |hmic(?:frs)?'s |her majesty's inspectorate of constabulary's )*(?:(?:annual|latest|national|recent|new|second|first|third|20\d\d|peel|police|landmark|major|official|inspectorate's|overall) )*(?P<what>effectiveness|efficiency|legitimacy|crime data integrity|crime[- ]recording)?(?: 20\d\d)? ?(?:"
    + _REPORTS
    + r"\b(?: (?:of|into|on) (?:police |its |the |overall )?(?P<of>effectiveness|efficiency|legitimacy))?|(?=[.,;]|$))"
)
RULED = re.compile(
    r"\bhmic(?:frs)?\b|\binspect\w*|\bwatchdog\b|\bjudg\w+|\bgrad(?:ed|ing|es?)\b|\brat(?:ed|ing|es?)\b|\bassess\w*|\breport\b|\bclassed\b|\bverdict\b|\blabelled\b|\branked\b|\bdeemed\b|\bconcluded\b|\btold\b"
)
OVERALL = re.compile(
    r"^\W*(?:our |the |hmic's |hmicfrs's )?(?:overall |final )(?:judg(?:e)?ment|grade|grading|rating|assessment|verdict)(?: (?:of|for|on) (?:the force|F))?(?: (?:is|was|of))*[ :\-|'\"]*$"
)
# "the force, labelled 'inadequate' by inspectors in 2016, has now been rated …"
LABELLED = re.compile(
    r", (?:once |previously |formerly |already )?(?:labelled|rated|graded|judged|which|who|described|branded|called)\b[^,;]{3,90},"
)
# "Humberside was the one force to be judged", "Durham, the sole force to be classed as"
SOLE = re.compile(
    r"\b(?:the|its) (?:one|only|sole|single|first)(?: one)?(?: police)? (?:force|constabulary|service)\b[^,;.:]{0,60}$"
)
CLAUSES = re.compile(r"; |, (?:but|and(?= F (?:was|is))|while|although|though|whereas) |\bbut | - (?=[a-z])|\. ")


def read_context(
    text: Structure,
    verdicts: Sequence[Verdict],
    questions: Sequence[QuestionMention],
    links: Sequence[Link],
    forces: Forces,
    topics: Topics,
) -> list[Link]:
    """Links for the verdicts on the whole force that no other rule has placed, in a release about one question."""
    if not topics.release:
        return []
    placed = {link.verdict.start for link in links}
    asked: dict[int, list[QuestionMention]] = {}
    for q in questions:
        asked.setdefault(q.sentence, []).append(q)
    found: list[Link] = []
    for verdict in verdicts:
        sentence = text.sentences[verdict.word.sentence]
        passage = text.passage_of(sentence)
        if verdict.start in placed or verdict.spoken or passage.notes or passage.furniture:
            continue
        own = [q for q in asked.get(verdict.word.sentence, ()) if not q.short and q.question != topics.release]
        if own_question(text, verdict, own) or not _on_the_whole(text, verdict, forces, topics.release):
            continue
        found.append(
            Link(
                verdict,
                (topic_mention(topics.release, verdict),),
                verdict.word.sentence,
                max(sentence.start, verdict.start - 200),
                min(sentence.end, verdict.end + 120),
                "context",
            )
        )
    return found


def own_question(text: Structure, verdict: Verdict, asked: Sequence[QuestionMention]) -> bool:
    """False when the sentence's questions belong to another clause: "Gwent also gets a good grade, although serious and organised crime …"."""
    return any(
        q.start < verdict.end
        or not re.search(r", (?:although|but|while|though|and|with|despite)\b", text.low[verdict.end : q.start])
        for q in asked
    )


def _on_the_whole(text: Structure, verdict: Verdict, forces: Forces, topic: str) -> bool:
    """ "the force was judged outstanding", "gave it an overall judgement of 'good'", "Durham, the sole force to be classed as outstanding"."""
    sentence = text.sentences[verdict.word.sentence]
    after = text.low[verdict.end : min(sentence.end, verdict.end + 140)]
    report = IN_REPORT.match(after)
    if report:
        if any(report[k] and topic not in (report[k], "recording-crime") for k in ("what", "of")):
            return False
    elif not ENDED.match(after):
        return False
    before = gap(text, forces, max(sentence.start, verdict.start - 160), verdict.start)
    if OVERALL.match(before):
        return True
    heading = text.passage_of(sentence).heading
    if (
        verdict.manner == "label"
        and before.strip(" \"'") == ""
        and heading == sentence.passage - 1
        and OVERALL.match(text.words(text.passages[heading])[:60])
    ):
        return True
    before = LABELLED.sub(" ", before)
    sole = bool(SOLE.search(before))
    if (verdict.manner not in ("judged", "plain") and not sole) or not RULED.search(text.words(sentence)):
        return False
    if COUNTED.match(after) or (NUMBERED.search(before) and not sole):
        return False
    clause = CLAUSES.split(before)[-1]
    tokens = re.findall(r"[^\W\d_][\w']*|F|[^\w\s]", clause)
    last = max((n for n, t in enumerate(tokens) if t in _SUBJECTS), default=-1)
    if last < 0 or not only(clause[_place(clause, tokens, last) :], _GIVING, "'\",:-("):
        return False
    lead = tokens[last - 3 : last] if last >= 3 else tokens[:last]
    of = any(t in ("of", "in", "by", "at", "within", "across", "to", "from", "with") for t in lead[-2:])
    if of and not re.search(
        r"\b(?:judg(?:e)?ment|grad(?:e|ing)|rating|verdict|assessment|report|effectiveness|efficiency|legitimacy) (?:of|on|into|by|in|with)\b",
        clause,
    ):
        return False
    given = " ".join(tokens[last:])
    return (
        sole
        or verdict.manner == "judged"
        or bool(re.search(r"\b(?:told|concluded|found|judged|said)\b", clause) or "to be" in given)
    )


def _place(clause: str, tokens: Sequence[str], last: int) -> int:
    """Where the token stands in the clause."""
    at = 0
    for token in tokens[: last + 1]:
        at = clause.find(token, at) + len(token)
    return at
