"""The structure of a release: passages (lines and blocks with their role on the page) and their sentences."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from inspections.classify.furniture import FurnitureWatch
from inspections.release import Block, Release

PassageKind = Literal["heading", "paragraph", "item", "row", "cell", "alt", "quote"]

# Curly quotes, dashes and odd spaces become plain ones, one for one, so that every place stays a place of the release's text.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("–—‒―‐‑−", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u2060\ufeff\t\r\f\v\u00ad",
            " ",
        ),
        **dict.fromkeys("\u2028\u2029\x1c\x1d\x1e\x85", " "),
    }
)
MAX_SENTENCE = 1200  # longer ones are cut, so that no rule ever looks at more
HEADING_WORDS = 14
MAX_LINES = 30_000  # a page with more is a list or a log, and only its beginning is read

SENTENCE_END = re.compile(
    r"""[.!?]["')\]]{0,3}(?=\ {1,8}["'(\[]{0,3}[A-Z0-9£&])"""  # "… is good. Its …"
    r"""|(?<=[a-z0-9)"'])[.!?]["']?(?=["'(]?[A-Z][a-z' ])"""  # run together: "to climb.GMP was", "policing.Of these"
    r"""|(?=[•▸▪●‣◦])"""  # run together bullets: "HMICFRS said:•PCSOs are …;•the force"
)
ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|det|supt|insp|sgt|ch|cllr|rt|hon|prof|rev|vs|etc|e\.g|i\.e|p|pp|para|fig|col|capt|ltd|inc|approx)|(?:^|[\s.(])[a-z])$",
    re.I,
)
BULLET = re.compile(r"(?:[•‣◦▪●·*+>▸-]\s?|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the release's text and in its passage."""

    start: int
    end: int
    passage: int
    spoken: bool
    """Begins inside a quotation: somebody's own words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the page, or several lines of one hard-wrapped paragraph, with what it stands under."""

    index: int
    kind: PassageKind
    start: int
    end: int
    level: int
    heading: int
    """The passage that is its heading; -1 for none."""
    lead_in: int
    """The passage that introduces it ("HMIC judged that the force:"); -1 for none."""
    notes: bool
    """Stands under 'Notes to editors' and the like."""
    furniture: bool
    """Navigation, teasers, related links, readers' comments: not what the release says."""
    first: int
    """Its first sentence in `Structure.sentences`; its sentences are `first` to `last` (exclusive)."""
    last: int
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """A release ready to be read. `plain` and `low` are its text, character for character, with quotes and dashes made plain."""

    release: Release
    plain: str
    low: str
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Where each sentence starts, in order."""

    def words(self, piece: Passage | Sentence) -> str:
        """Lower case, quotes and dashes plain, one character for each of the release's."""
        return self.low[piece.start : piece.end]

    def of(self, passage: Passage) -> tuple[Sentence, ...]:
        return self.sentences[passage.first : passage.last]

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds a place of the text (the one before it, between sentences)."""
        return max(0, bisect_right(self.starts, place) - 1)

    def passage_of(self, sentence: Sentence) -> Passage:
        return self.passages[sentence.passage]


def read_structure(release: Release) -> Structure:
    """Every block becomes a passage or a part of one, in order; blocks out of order or overlapping are left out."""
    plain = release.text.translate(PLAIN)
    lines = _lines(release.blocks, len(plain))[:MAX_LINES]
    plain = plain[: lines[-1].end] if len(lines) == MAX_LINES else plain
    wrapped = _joined(lines, plain)
    flat = _flatten(plain, wrapped)
    low = flat.lower()
    if len(low) != len(flat):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)
    passages, sentences = _passages(wrapped, flat, low)
    return Structure(release, flat, low, passages, sentences, tuple(s.start for s in sentences))


def _lines(blocks: tuple[Block, ...], length: int) -> list[Block]:
    kept: list[Block] = []
    at = 0
    for block in blocks:
        if at <= block.start < block.end <= length:
            kept.append(block)
            at = block.end
    return kept


def _joined(lines: list[Block], plain: str) -> list[tuple[Block, int]]:
    """Each passage's first block with the end of its last: lines of a hard-wrapped paragraph are one passage."""
    width = _wrap_width(lines)
    joined: list[tuple[Block, int]] = []
    last_line = (0, 0)
    for block in lines:
        if joined and _continues(joined[-1][0], last_line, block, plain, width):
            joined[-1] = (joined[-1][0], block.end)
        else:
            joined.append((block, block.end))
        last_line = (block.start, block.end)
    return joined


def _wrap_width(lines: list[Block]) -> int:
    """The width at which the text was hard-wrapped, 0 when it was not: no line is longer, many nearly reach it."""
    widths = [b.end - b.start for b in lines]
    widest = max(widths, default=0)
    if not 45 <= widest <= 100 or len(widths) < 6:
        return 0
    near = sum(1 for w in widths if w >= widest - 14)
    return widest if near >= 4 and near * 5 >= len(widths) else 0


def _continues(first: Block, line: tuple[int, int], block: Block, plain: str, width: int) -> bool:
    if block.kind != "paragraph" or first.kind not in ("paragraph", "item", "quote"):
        return False
    between = plain[line[1] : block.start]
    if between.count("\n") != 1 or between.strip():
        return False
    words = plain[block.start : block.start + 60]
    first_word = words.split(" ", 1)[0]
    if width and line[1] - line[0] + 1 + len(first_word) > width - 1:
        return True
    # a stray break in a long line: "… I hope the findings in the⏎HMICFRS report give …"
    before = plain[max(line[0], line[1] - 12) : line[1]]
    return line[1] - line[0] > 70 and bool(
        re.search(r"\b(?:the|a|an|of|in|and|to|for|at|by|with|its|their|is|was|has)$", before)
    )


def _flatten(plain: str, joined: list[tuple[Block, int]]) -> str:
    """Line breaks inside a passage become spaces; all others stay."""
    pieces: list[str] = []
    at = 0
    for block, end in joined:
        pieces.append(plain[at : block.start])
        pieces.append(plain[block.start : end].replace("\n", " "))
        at = end
    pieces.append(plain[at:])
    return "".join(pieces)


def _passages(joined: list[tuple[Block, int]], flat: str, low: str) -> tuple[tuple[Passage, ...], tuple[Sentence, ...]]:
    passages: list[Passage] = []
    sentences: list[Sentence] = []
    watch = FurnitureWatch()
    heading = lead_in = -1
    for index, (block, end) in enumerate(joined):
        start = block.start
        words = low[start:end]
        kind = _kind(block, words, flat[start:end])
        watch.see(words, heading=kind == "heading")
        if kind == "heading":
            lead_in = -1
        first = len(sentences)
        sentences.extend(_sentences(index, start, end, flat))
        passages.append(
            Passage(
                index,
                kind,
                start,
                end,
                block.level,
                heading,
                lead_in,
                watch.notes,
                watch.furniture,
                first,
                len(sentences),
                block.row,
                block.column,
            )
        )
        if kind == "heading":
            heading = index
        if words.endswith((":", ": -", "...")) or LEAD_IN.search(words[-80:]):
            lead_in = index
        elif kind == "paragraph" and not _lost_bullet(words):
            lead_in = -1
    return tuple(passages), tuple(sentences)


# "Inspectors found that the force" / "HMICFRS judged that Gwent Police" with its bullets below and no colon
LEAD_IN = re.compile(
    r"\b(?:found|judged|said|concluded|recorded|graded|rated|follows|following) (?:that )?(?:the )?[a-z ]{0,40}$"
)


def _lost_bullet(words: str) -> bool:
    """A bullet that has lost its mark: "is 'good' at investigating crime;" "inadequate: how it responds;"."""
    return (
        words.endswith((";", "; and", ", and", "; but", ", but", " and"))
        or words[:3] in ("is ", "'re", "'go")
        or words[:1].islower()
    )


def _kind(block: Block, words: str, shown: str) -> PassageKind:
    if block.kind in ("heading", "cell", "alt", "item", "quote"):
        return block.kind
    if BULLET.match(words):
        return "item"
    if " | " in words:
        return "row"
    return "heading" if _looks_like_heading(shown) else "paragraph"


def _looks_like_heading(shown: str) -> bool:
    """A short line that does not end as a sentence does: "What was inspected", "SOUTH WALES"."""
    if (
        len(shown) > 110
        or shown[-1:] in ".;:,!\"'"
        or (not shown[:1].strip("'\"+(").isalnum() and shown[:1] not in "'\"+(")
    ):
        return False
    return shown[:1].lower() != shown[:1] or not shown[:1].isalpha() if len(shown.split()) <= HEADING_WORDS else False


def _sentences(passage: int, start: int, end: int, flat: str) -> list[Sentence]:
    found: list[Sentence] = []
    speaking = False
    at = start
    cuts = _cuts(start, end, flat)
    for cut in [*cuts, end]:
        begin, stop = at, cut
        while begin < stop and flat[begin] in " \n":
            begin += 1
        while stop > begin and flat[stop - 1] in " \n":
            stop -= 1
        if begin < stop:
            opens = flat[begin] == '"' or (flat[begin] == "'" and flat.find("'", begin + 1, begin + 30) < 0)
            found.append(Sentence(begin, stop, passage, speaking or opens))
            if flat.count('"', begin, stop) % 2:
                speaking = not speaking
        at = cut
    return found


def _cuts(start: int, end: int, flat: str) -> list[int]:
    """Where sentences end, never more than MAX_SENTENCE apart."""
    cuts: list[int] = []
    last = start
    for found in SENTENCE_END.finditer(flat, start, end):
        cut = found.end()
        if cut <= last or (
            found.group()[:1] == "." and ABBREVIATION.search(flat[max(start, found.start() - 8) : found.start()])
        ):
            continue
        while cut - last > MAX_SENTENCE:
            last = _soft_cut(flat, last)
            cuts.append(last)
        cuts.append(cut)
        last = cut
    while end - last > MAX_SENTENCE:
        last = _soft_cut(flat, last)
        cuts.append(last)
    return cuts


def _soft_cut(flat: str, last: int) -> int:
    space = flat.rfind(" ", last + MAX_SENTENCE // 2, last + MAX_SENTENCE)
    return space + 1 if space > 0 else last + MAX_SENTENCE
