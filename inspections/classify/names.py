"""The names of forces and services: in the text, and in the address of a page."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from inspections.classify.structure import PLAIN, Structure
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
class Names:
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


_KNOWN: dict[int, tuple[tuple[Force, ...], Names]] = {}


def names_of(forces: tuple[Force, ...]) -> Names:
    """Made once for each tuple of forces; comparing identity spares hashing a hundred of them for every release."""
    known = _KNOWN.get(id(forces))
    if known is None or known[0] is not forces:
        _KNOWN.clear()
        known = _KNOWN[id(forces)] = (forces, _made(forces))
    return known[1]


def _made(forces: tuple[Force, ...]) -> Names:
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
    return Names(pattern, brief, police, fire, {**firm, **cased}, _hosts(forces))


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
    names = names_of(lexicon.forces)
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


def council_of(url: str, lexicon: Lexicon) -> str:
    """The force of the county whose council (and police and crime panel) a page stands at: democracy.warwickshire.gov.uk."""
    host = (urlsplit(url).hostname or "").lower() if "://" in url else ""
    m = re.fullmatch(r"(?:[a-z0-9-]+\.)*([a-z]+)(?:-?(?:cc|council|county|pcp))?\.gov\.uk", host)
    names = names_of(lexicon.forces)
    return names.police.get(m[1], "") if m else ""


def read_mentions(low: str, plain: str, names: Names, text: Structure | None) -> list[Mention]:
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
    if text is None and (met := re.match(r"Met(?= )", plain)):  # "Met must get better at …"
        found.append(Mention("metropolitan", met.start(), met.end(), 0, firm=True))
    for m in names.cased.finditer(plain):
        force = names.firm.get(m.group(), "metropolitan")
        found.append(Mention(force, m.start(), m.end(), text.sentence_at(m.start()) if text else 0, firm=True))
    found.sort(key=lambda x: (x.start, -x.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def loosely_titled(title: str, names: Names) -> list[str]:
    """The police forces whose place a title names in any way: "custody suites in Merseyside", "Warwickshire Police and Crime Panel"."""
    plain = title.translate(PLAIN)
    found = [
        names.police[m["place"]]
        for m in names.pattern.finditer(plain.lower() if len(plain.lower()) == len(plain) else "")
        if m["place"] in names.police
        and not m["fire"]
        and plain[m.start()].isupper()
        and not NOT_BEFORE.search(plain.lower(), max(0, m.start() - 20), m.start())
    ]
    return list(dict.fromkeys(found))
