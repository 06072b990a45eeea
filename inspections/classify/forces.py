"""Which forces a release is about, where each is named, and whose a sentence is."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from inspections.classify.structure import PLAIN, Passage, Structure
from inspections.lexicon import Lexicon
from inspections.model import Force


@dataclass(frozen=True, slots=True)
class Mention:
    """A force's name in the text. `firm`: the name of the body itself, not only of its place."""

    force: str
    start: int
    end: int
    sentence: int
    firm: bool


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


# What makes a place's name no force: "Kent County Council", "University of Essex", "in Norfolk", "Durham, North Carolina"
NOT_AFTER = re.compile(
    r"(?:'s)?,? (?:county|city|borough|district|council|university|college|hospitals?|nhs|ambulance|crown court|magistrates|fc\b|airport|live\b|post\b|times\b|echo\b|gazette|telegraph|cathedral"
    r"|north carolina|ohio|state\b|\(new york\)|british columbia|police (?:department|federation|authority|and crime|, fire|& crime)|region\b|road\b|street\b|constituency|youth|probation|social services|children's)"
)
NOT_BEFORE = re.compile(r"(?:\bnew|university of|\bthe university of|\bcounty of|\bthe region of|\bnear|\bof north) $")
# A place where things happen, rather than the force: "people in Norfolk", "across Kent", "the public of Gwent"
PLACE_BEFORE = re.compile(
    r"\b(?:in|across|around|throughout|near|through|into|within|over|visit(?:ed|ing)?|people of|public of|residents of|communities of|county of|people from|living in|area of|whole of|rest of|much of|parts of|town of|coast of) (?:the )?(?:whole of |rest of )?$"
)
POLICE = r"(?: county)? (?:police(?! (?:and|&|, fire|fire) ?(?:and |& )?(?:crime|fire|rescue)|(?:, fire)? (?:and crime )?commissioner|'?s? ?federation| authority| and crime)(?: service| force)?|constabulary|constabularies|force\b)"
FIRE = r"(?: county)? (?:fire (?:and|&) rescue(?: service| authority)?|fire brigade|fire service|fire authority|frs\b|fire and rescue|fire crews?|firefighters?)|'s? (?:fire (?:(?:and|&) rescue )?service|fire crews|firefighters|fire brigade)"
EPITHET = {  # names that are not the name of a place and a word for police
    "metropolitan": ("the met", "met police", "metropolitan police service", "metropolitan police", "scotland yard"),
    "greater-manchester": ("greater manchester police", "manchester police", "gmp"),
}
CASED = re.compile(
    r"^(?:[A-Z][A-Za-z&]*[A-Z][A-Za-z]*|the Met)$"
)  # abbreviations, and 'the Met', are read as they are written


@dataclass(frozen=True, slots=True)
class _Names:
    """The patterns made once from a lexicon."""

    pattern: re.Pattern[str]
    cased: re.Pattern[str]
    police: dict[str, str]
    fire: dict[str, str]
    firm: dict[str, str]
    hosts: tuple[tuple[str, str], ...]


def _place(force: Force) -> str:
    """`Norfolk` of Norfolk Constabulary."""
    name = force.name.lower()
    for end in (
        " police service",
        " constabulary",
        " police",
        " county fire and rescue service",
        " fire and rescue service",
        " fire and rescue",
        " fire service",
        " fire brigade",
    ):
        name = name.removesuffix(end)
    return name


def _spelt(name: str) -> set[str]:
    """A place's name as people spell it: with 'and' or '&', with hyphen or without."""
    forms = {name, name.replace(" and ", " & "), name.replace("-", " "), name.replace("-", " ").replace(" and ", " & ")}
    return {f for f in forms if f}


_KNOWN: dict[int, tuple[tuple[Force, ...], _Names]] = {}


def _names_of(forces: tuple[Force, ...]) -> _Names:
    """Made once for each tuple of forces; comparing identity spares hashing a hundred of them for every release."""
    known = _KNOWN.get(id(forces))
    if known is None or known[0] is not forces:
        _KNOWN.clear()
        known = _KNOWN[id(forces)] = (forces, _made(forces))
    return known[1]


def _made(forces: tuple[Force, ...]) -> _Names:
    police: dict[str, str] = {}
    fire: dict[str, str] = {}
    firm: dict[str, str] = {}
    cased: dict[str, str] = {}
    for force in forces:
        if force.kind == "fire":
            for form in _spelt(_place(force)):
                fire[form] = force.id
        elif force.kind == "territorial" and force.id != "metropolitan":
            for form in _spelt(_place(force)):
                police[form] = force.id
        for alias in (force.name, *force.aliases, *EPITHET.get(force.id, ())):
            plain = alias.translate(PLAIN)
            if CASED.match(plain):
                cased[plain] = force.id
            elif force.kind != "fire" and plain.lower() not in police and plain.lower() not in ("rocu", "the met"):
                firm[plain.lower()] = force.id
    police["hampshire"] = "hampshire"
    for force in forces:
        if force.kind == "territorial":
            for alias in force.aliases:
                short = alias.split()[0].lower()
                if (
                    len(alias.split()) == 2
                    and alias.split()[1] == "Police"
                    and short not in police
                    and short not in ("met", "city", "scotland")
                ):
                    firm[f"{short} force"] = firm[f"{short} constabulary"] = force.id
    fire.setdefault("buckinghamshire", "frs-buckinghamshire")
    places = sorted({*police, *fire}, key=len, reverse=True)
    others = sorted(firm, key=len, reverse=True)
    pattern = re.compile(
        r"\b(?:(?P<place>"
        + "|".join(map(re.escape, places))
        + r")(?:(?P<fire>"
        + FIRE
        + r")|(?P<police>"
        + POLICE
        + r"))?"
        r"|(?P<firm>" + "|".join(map(re.escape, others)) + r"))\b(?P<poss>'s? (?:police force|police|force)\b)?"
    )
    brief = re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(cased, key=len, reverse=True))) + r"|[Tt]he Met|THE MET)\b(?! Office)"
    )
    return _Names(pattern, brief, police, fire, {**firm, **cased}, _hosts(forces))


def _hosts(forces: tuple[Force, ...]) -> tuple[tuple[str, str], ...]:
    """Pieces of host names with their force, longest first: `cheshire.police`, `southyorkshirepcc`."""
    known: dict[str, str] = {}
    for force in forces:
        if force.domain:
            known[force.domain.lower()] = force.id
        if force.kind == "territorial":
            for form in {
                _place(force),
                *(a.lower() for a in force.aliases if " " not in a),
                force.domain.split(".")[0],
            }:
                compact = re.sub(r"[^a-z]", "", form)
                if len(compact) > 2:
                    known.setdefault(compact, force.id)
        if force.kind == "fire":
            known.setdefault("fire:" + re.sub(r"[^a-z]", "", _place(force)), force.id)
    return tuple(sorted(known.items(), key=lambda kv: -len(kv[0])))


def force_of_host(url: str, lexicon: Lexicon) -> str:
    """The force whose site (or whose commissioner's site) an address is; '' for none."""
    host = (urlsplit(url).hostname or "") if "://" in url else ""
    names = _names_of(lexicon.forces)
    compact = re.sub(r"[^a-z]", "", host.lower())
    is_fire = "fire" in compact or "frs" in compact.removeprefix("hmicfrs")
    for piece, force in names.hosts:
        if "." in piece:
            if host == piece or host.endswith("." + piece):
                return force
        elif piece.startswith("fire:"):
            if is_fire and piece[5:] in compact and "hmic" not in compact:
                return force
        elif (
            piece in compact
            and not is_fire
            and re.search(r"pcc|commissioner|pfcc|occ\b|police|crime", compact)
            and "hmic" not in compact
            and "policeprofessional" not in compact
        ):
            return force
    if is_fire and "lancs" in compact:
        return "frs-lancashire"
    return ""


def read_forces(text: Structure, lexicon: Lexicon) -> Forces:
    """Total and linear in the text."""
    names = _names_of(lexicon.forces)
    mentions = _mentions(text.low, text.plain, names, text)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    grouped = {k: tuple(v) for k, v in by_sentence.items()}
    title = text.release.title.translate(PLAIN)
    titled = list(
        dict.fromkeys(
            m.force for m in _mentions(title.lower() if len(title.lower()) == len(title) else title, title, names, None)
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
    r"\bhmic(?:frs)?\b|inspectorate of constabulary|\bpeel\b|inspector of constabulary|constabulary (?:and|&) fire|police (?:inspect\w+|watchdog)|policing (?:inspect\w+|watchdog)|\bengage\b|special measures|state of policing|crime data integrity|fire (?:and rescue )?service"
)
CHIEF = re.compile(r"\bchief (?:fire officer|constable) (?:of|for) (?:the )?$")


def _mentions(low: str, plain: str, names: _Names, text: Structure | None) -> list[Mention]:
    found: list[Mention] = []
    for m in names.pattern.finditer(low):
        place = m["place"]
        firm = True
        if place:
            if NOT_BEFORE.search(low, max(0, m.start() - 20), m.start()):
                continue
            if m["fire"]:
                force = names.fire.get(place, "")
            elif m["police"] or (m["poss"] and place in names.police):
                force = names.police.get(place, "")
            else:
                force = names.police.get(place, "")
                firm = False
                before = low[max(0, m.start() - 32) : m.start()]
                if (
                    NOT_AFTER.match(low, m.end("place"))
                    or PLACE_BEFORE.search(before)
                    or (force == "west-midlands" and before.endswith("the "))
                ):
                    continue
                if not plain[m.start() : m.start() + 1].isupper():
                    continue
        else:
            force = names.firm[m["firm"]]
        if force:
            found.append(Mention(force, m.start(), m.end(), text.sentence_at(m.start()) if text else 0, firm))
    for m in names.cased.finditer(plain):
        force = names.firm.get(m.group(), "metropolitan")
        found.append(Mention(force, m.start(), m.end(), text.sentence_at(m.start()) if text else 0, firm=True))
    found.sort(key=lambda x: (x.start, -x.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _sections(text: Structure, by_sentence: dict[int, tuple[Mention, ...]]) -> tuple[str, ...]:
    """The force of each passage's section: a heading, or a short line of its own, that is little more than one force's name."""
    current = ""
    out: list[str] = []
    for passage in text.passages:
        first = text.sentences[passage.first] if passage.first < passage.last else None
        if first and first.end - first.start < 90:
            here = list(by_sentence.get(passage.first, ()))
            named = {m.force for m in here}
            covered = sum(m.end - m.start for m in here)
            if len(named) == 1 and covered >= 0.7 * len(text.words(first).strip(" +-▸•>:.0123456789")):
                current = next(iter(named))
        out.append(current)
    heads = {f for f in out if f}
    return tuple(out) if len(heads) > 1 else ("",) * len(out)


def _about(
    text: Structure, titled: list[str], mentions: list[Mention], section: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, tuple[str, ...], bool]:
    kinds: Mapping[str, str] = {f.id: f.kind for f in lexicon.forces}
    hosted = text.release.force or force_of_host(text.release.url, lexicon) or _of_fire_page(text, lexicon)
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
    for passage in text.passages:
        topic = section[passage.index] or main or _previous_topic(passage, topics)
        for index in range(passage.first, passage.last):
            topics.append(topic)
            subject = _subject(text, index, by_sentence.get(index, ()))
            if subject:
                topic = subject
    return tuple(topics)


def _previous_topic(passage: Passage, topics: list[str]) -> str:
    """In a release about several forces a new paragraph goes on about the last one, when it says 'it' or 'the force'."""
    if passage.index == 0 or not topics:
        return ""
    return topics[-1]


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
