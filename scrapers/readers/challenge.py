"""Pages that want to know whether we are a robot, sent with status 200 in place of the news."""

from __future__ import annotations

import re

import lxml.html

_MARKS = re.compile(
    r"_chl_opt|cf[-_]chl|challenge-form|challenge-platform|cdn-cgi/challenge|__chl_tk|_Incapsula_Resource"
    r"|px-captcha|captcha-delivery|awswafcookie|aws-waf|ddos-guard",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"not a robot|are you (?:a )?human|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser"
    r"|just a moment|one moment, please|enable javascript and cookies|review the security of your connection"
    r"|unusual traffic|request unsuccessful|access (?:to this page has been )?denied|attention required"
    r"|pardon our interruption",
    re.IGNORECASE,
)
_SHORT = 1500


def is_challenge(root: lxml.html.HtmlElement) -> bool:
    """Whether a page is a robot check. A long page is none, whatever it talks about."""
    length = _visible(root.find(".//body"))
    if length >= _SHORT:
        return False
    for part in root.iter("script", "form", "input", "div", "iframe"):
        shown = f"{part.get('id') or ''} {part.get('action') or ''} {part.get('src') or ''} {part.text or ''}"
        if _MARKS.search(shown[:20000]):
            return True
    titles = " ".join(e.text_content() for e in root.iter("title"))
    return length < _SHORT / 2 and bool(_WORDS.search(f"{titles} {root.text_content()[:6000]}"))


def _visible(body: lxml.html.HtmlElement | None) -> int:
    if body is None:
        return 0
    hidden = sum(len(s.text or "") for s in body.iter("script", "style"))
    return len(" ".join(body.text_content().split())) - hidden
