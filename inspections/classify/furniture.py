"""Furniture of a page: the lines that are not what the release says, and the notes that explain rather than report."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re

# Headings below which a release only explains itself. "Notes to editors", "For editors", "About our grades"
NOTES = re.compile(
    r"\W*(?:(?:further |explanatory |background )?notes?(?: (?:to|for) (?:the )?(?:editors?|media|press))?|(?:further notes )?for (?:editors|the media|information)"
    r"|about (?:the|our) (?:grades|graded judg(?:e)?ments|judg(?:e)?ments|monitoring)|what (?:do )?(?:the|our) grades mean|definitions?|monitoring explained|about (?:peel|hmicfrs|monitoring)"
    r"|editors'? notes?|background(?: information)?|nodiadau i olygyddion)\W*(?:\d.{0,40})?$"
)
# Headings and first words below which come teasers about something else. "Read next: …", "Most read", "Other news from around the county"
TEASERS = re.compile(
    r"\W*(?:read (?:next|more(?! about)|also)\b|most (?:read|popular)\b|more (?:news|from|stories|on this|like this)\b|related (?:content|pages?|links?|articles?|stories|news)\b"
    r"|other (?:news|stories)\b|latest (?:news|from|stories)\b|promoted (?:stories|content)|sponsored\b|recommended\b|you may also (?:like|be interested)|see also\b|elsewhere on\b"
    r"|in other news\b|trending\b|don't miss\b|top stories|straeon)"
)
# Headings below which readers speak, to the end of the page. "What other readers are saying", "41 COMMENTS"
COMMENTS = re.compile(
    r"\W*(?:(?:\d+ )?(?:readers'? )?comments?(?: \(?\d+\)?)?|readers'? (?:views|comments)|what (?:other )?readers (?:are saying|say|think)|have your say.{0,20}|join the (?:conversation|discussion)"
    r"|leave a (?:comment|reply)|your views|letters)\W*$"
)
# "Read next: Gloucestershire Constabulary graded outstanding …" on one line
TEASER_LINE = re.compile(
    r"\W*(?:read (?:next|more|also)|related|more|see also|don't miss|watch|listen|previous|next|in pictures|poll)\s?[:>»-]|>\s|original article link|tags:|share this article"
)
SENTENCE = re.compile(r"(?:\w+\W+){9}\w.*[.]$", re.S)  # teasers seldom are whole sentences
LONG = 28  # words: a paragraph of prose as long as this ends a list of teasers
PROSE = 120  # characters: a line longer than this is the article's own
BEGUN = 2  # lines of prose after which "Comments" is no longer the counter above an article


class FurnitureWatch:
    """Told each line of a page in order, it knows whether the line is furniture or a note."""

    def __init__(self) -> None:
        self.notes = False
        self.furniture = False
        self._until_the_end = False
        self._below_teasers = False
        self._prose = 0

    def see(self, words: str, *, heading: bool) -> None:
        short = len(words) < 160
        self._prose += len(words) > PROSE
        if self._until_the_end:
            self.furniture = True
        elif short and self._prose >= BEGUN and COMMENTS.match(words):
            self._until_the_end = self.furniture = True
        elif short and NOTES.match(words):
            self.notes, self.furniture, self._below_teasers = True, False, False
        elif short and (TEASERS.match(words) and (heading or len(words) < 90)):
            self.furniture = self._below_teasers = True
            if TEASER_LINE.match(words) and len(words.split()) > 4:
                self._below_teasers = False
        elif TEASER_LINE.match(words[:120]) or (
            self._below_teasers and len(words.split(None, LONG)) <= LONG and not SENTENCE.search(words)
        ):
            self.furniture = True
        else:
            self.furniture = self._below_teasers = False
            if heading and short:
                self.notes = False
