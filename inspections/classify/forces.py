"""Which forces a release is about, where each is named, and whose a sentence is."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from inspections.classify.elsewhere import is_elsewhere
from inspections.classify.names import Mention, council_of, force_of_host, loosely_titled, names_of, read_mentions
from inspections.classify.structure import PLAIN, Sentence, Structure
from inspections.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Forces:
    """The forces of a release."""

    main: str
    """The one it is about; '' when there are several or none."""
    about: tuple[str, ...]
    """All it is about, as far as names tell."""
    mentions: tuple[Mention, ...]
    section: tuple[str, ...]
    """For each passage the force whose section it stands in; '' for none."""
    by_sentence: dict[int, tuple[Mention, ...]]
    firm: bool
    """True when its title, its host, its source or its sections name them; False when only its opening words do."""
    ungraded: tuple[str, ...]
    """Forces that the release says were given no grade."""
    topics: tuple[str, ...]
    """For each sentence the force that 'it' or 'the force' means at its beginning; '' when nobody can tell."""

    def in_sentence(self, sentence: int) -> tuple[Mention, ...]:
        return self.by_sentence.get(sentence, ())


def read_forces(text: Structure, lexicon: Lexicon) -> Forces:
    """Total and linear in the text."""
    names = names_of(lexicon.forces)
    mentions = read_mentions(text.low, text.plain, names, text)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    grouped = {k: tuple(v) for k, v in by_sentence.items()}
    title = text.release.title.translate(PLAIN)
    titled = list(
        dict.fromkeys(
            m.force
            for m in read_mentions(title.lower() if len(title.lower()) == len(title) else title, title, names, None)
        )
    )
    section = _sections(text, grouped)
    main, about, firm = _about(text, titled, mentions, section, lexicon)
    topics = _topics(text, grouped, section, main)
    ungraded = tuple(
        dict.fromkeys(m.force for m in mentions if NOT_GRADED.search(text.words(text.sentences[m.sentence])))
    )
    return Forces(main, about, tuple(mentions), section, grouped, firm, ungraded, topics)


NOT_GRADED = re.compile(
    r"\b(?:not (?:been )?(?:given|graded|inspected|assessed)|no grade|has not given|ungraded|did not (?:grade|inspect)|wasn't graded|without a grade)\b"
)
# What every release about an inspection says somewhere; without it a newspaper's opening words make no release about a force
INSPECTION = re.compile(
    r"\bhmic(?:frs)?\b|inspectorate of constabulary|\bpeel\b|inspector of constabulary|constabulary (?:and|&) fire|police (?:inspect\w+|watchdog)|policing (?:inspect\w+|watchdog)|\bengage\b|special measures|state of policing|crime data integrity|fire (?:and rescue )?service|majesty's (?:chief )?inspector|police complaints commission|independent office for police conduct"
)
CHIEF = re.compile(r"\bchief (?:fire officer|constable) (?:of|for) (?:the )?$")


def _sections(text: Structure, by_sentence: dict[int, tuple[Mention, ...]]) -> tuple[str, ...]:
    """The force of each passage's section: a heading, or a short line of its own, that is little more than one force's name."""
    current = ""
    out: list[str] = []
    for passage in text.passages:
        first = text.sentences[passage.first] if passage.first < passage.last else None
        if first and first.end - first.start < 130:
            here = list(by_sentence.get(passage.first, ()))
            named = {m.force for m in here}
            covered = sum(m.end - m.start for m in here)
            bare = text.words(first).strip(" +-▸•>:.0123456789")
            if len(named) == 1 and (covered >= 0.7 * len(bare) or _own_heading(text, first, here[0])):
                current = next(iter(named))
        out.append(current)
    heads = {f for f in out if f}
    return tuple(out) if len(heads) > 1 else ("",) * len(out)


# "Avon and Somerset Constabulary's legitimacy at keeping people safe and reducing crime is good", "Kent Police - good"
OWN_HEADING = re.compile(
    r"(?:'s)? (?:effectiveness|efficiency|legitimacy|peel|performance)\b[^.;:]*$|(?: police| constabulary)? ?(?:[:-]|\() ?[\"']?(?:outstanding|good|adequate|requires improvement|inadequate)\W*$"
)


def _own_heading(text: Structure, line: Sentence, mention: Mention) -> bool:
    return (
        mention.start - line.start < 5
        and text.passage_of(line).start == line.start
        and text.passage_of(line).end == line.end
        and bool(OWN_HEADING.match(text.low, mention.end, line.end))
    )


def _about(
    text: Structure, titled: list[str], mentions: list[Mention], section: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, tuple[str, ...], bool]:
    kinds: Mapping[str, str] = {f.id: f.kind for f in lexicon.forces}
    hosted = text.release.force or force_of_host(text.release.url, lexicon) or _of_fire_page(text, lexicon)
    if not hosted and is_elsewhere(text, complaints=False):
        return "", (), True
    heads = tuple(dict.fromkeys(f for f in section if f))
    graded = [f for f in titled if kinds.get(f) != "special"] or titled
    if len(heads) > 1:
        return "", tuple(dict.fromkeys([*graded, *heads])), True
    if hosted:
        return hosted, (hosted,), True
    if len(graded) == 1:
        return graded[0], (graded[0],), True
    if graded:
        return "", tuple(graded), True
    inspected = INSPECTION.search(text.low)
    council = council_of(text.release.url, lexicon) if inspected else ""
    if council:
        return council, (council,), False
    early = [m.force for m in mentions[:40] if m.firm and m.start < 2500]
    loose = [
        f
        for f in loosely_titled(text.release.title, names_of(lexicon.forces))
        if f in early or (inspected and not early)
    ]
    if len(loose) == 1 and inspected:
        return loose[0], (loose[0],), False
    main, about = _from_lead(text, mentions, kinds)
    return main, about, main.startswith("frs-") and "fire" in text.release.title.lower()


def _of_fire_page(text: Structure, lexicon: Lexicon) -> str:
    """The service of the inspectorate's page about it: /frs-assessment/frs-2021/london/."""
    path = text.release.url.lower()
    if "frs" not in path.replace("hmicfrs", ""):
        return ""
    parts = [p for p in re.split(r"[/?#]", path) if p]
    slugs = {s: f.id for f in lexicon.forces if f.kind == "fire" for s in (f.id.removeprefix("frs-"), *f.slugs)}
    return next((slugs[p] for p in reversed(parts) if p in slugs), "")


def _from_lead(text: Structure, mentions: list[Mention], kinds: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """No title or host tells: the forces of the opening that the rest keeps coming back to."""
    if not INSPECTION.search(text.low):
        led = tuple(dict.fromkeys(m.force for m in mentions if CHIEF.search(text.low, max(0, m.start - 24), m.start)))
        return (led[0] if len(led) == 1 else ""), led
    fire = bool(re.search(r"\bfire\b", text.release.title.lower()))
    able = [m for m in mentions if kinds.get(m.force) != "special" and (not fire or m.force.startswith("frs-"))]
    often = Counter(m.force for m in able)
    prose = [p for p in text.passages if p.kind == "paragraph" and p.end - p.start > 35 and not p.furniture][:3]
    if not prose:
        return "", ()
    opening = [m for m in able if prose[0].start <= m.start < prose[-1].end]
    ranked = [f for f, n in often.most_common() if any(m.force == f for m in opening)]
    if not ranked or (often[ranked[0]] < 2 and len(ranked) > 1):
        return "", ()
    top = often[ranked[0]]
    near = tuple(f for f in ranked if often[f] * 2 >= top)
    return (near[0] if len(near) == 1 else ""), near


def _topics(
    text: Structure, by_sentence: dict[int, tuple[Mention, ...]], section: tuple[str, ...], main: str
) -> tuple[str, ...]:
    """Who 'it' is at the beginning of each sentence: the last force named as a subject in this passage, else the section's, else the release's."""
    topics: list[str] = []
    last = ""
    for passage in text.passages:
        topic = section[passage.index] or main or last
        for index in range(passage.first, passage.last):
            topics.append(topic)
            subject = _subject(text, index, by_sentence.get(index, ()))
            if subject:
                topic = last = subject
    return tuple(topics)


ASIDE = re.compile(
    r"\b(?:with|like|unlike|alongside|than|from|joining|neighbouring|between|neighbour|including|and|as|beside|behind) (?:the )?$"
)


def _subject(text: Structure, index: int, mentions: tuple[Mention, ...]) -> str:
    """The force named early in a sentence, not in passing ("…, like Kent Police, …")."""
    sentence = text.sentences[index]
    for mention in mentions:
        if mention.start - sentence.start > 90:
            break
        if not ASIDE.search(text.low, max(sentence.start, mention.start - 16), mention.start):
            return mention.force
    return ""


def mentions_between(forces: Forces, start: int, end: int) -> tuple[Mention, ...]:
    """The mentions that begin within a stretch of the text."""
    at = bisect_left(forces.mentions, start, key=lambda m: m.start)
    out: list[Mention] = []
    while at < len(forces.mentions) and forces.mentions[at].start < end:
        out.append(forces.mentions[at])
        at += 1
    return tuple(out)
