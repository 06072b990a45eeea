"""What stands on a page and is not its news: navigation, banners, related links, share bars. Vocabulary as tables."""

from __future__ import annotations

import re
from itertools import pairwise

import lxml.html


def words(text: str) -> frozenset[str]:
    """A table of words, written as text."""
    return frozenset(text.split())


# never text of the page itself
DROPPED_TAGS = words(
    """
    script style noscript template iframe object embed nav footer aside select textarea input option datalist dialog
    canvas audio video map head label fieldset progress
    """
)
DROPPED_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "dialog",
        "alertdialog",
        "search",
        "menu",
        "menubar",
        "toolbar",
    ]
)

# words of class and id names; a name is cut at - and _ and at capitals: "oh-related__list", "shareBar"
_NAME_WORDS = words(
    """
    cookie cookies consent gdpr breadcrumb breadcrumbs crumb crumbs share sharing sharebar social socials
    related recommended comment comments disqus newsletter signup subscribe subscription advert advertisement
    advertisements ad ads adslot promo promos promoted promotion sidebar rail menu navbar navigation nav skip
    skiplink pagination pager paging popular trending feedback exit quickexit quit escape footer masthead
    toolbar toolbox topbar sponsored teaser teasers outbrain taboola widget widgets survey chatbot livechat
    print printable backtotop rating tags tagcloud byline author metadata respond login popup modal overlay
    lightbox announcement notice notices beta emergency follow prevnext postnav readmore upnext screenreader
    loading skeleton
    """
)
# words that say so only side by side: "more-like", "post-nav", "most-viewed"
_NAME_PAIRS = words(
    """
    more-like most-viewed most-read most-popular post-nav post-navigation sign-up read-more read-next up-next also-in
    see-also latest-news more-news more-stories other-news other-stories back-to site-header site-footer entry-meta
    post-meta entry-footer lang-switch ad-slot page-tools print-page news-letter quick-exit live-chat leave-site
    """
)
_MOST_SECTIONS = 40
_CUT = re.compile(r"[-_\s:./]+|(?<=[a-z])(?=[A-Z])")

# a heading (or a bold lead-in) that begins a list of other pages
_OTHER_PAGES = re.compile(
    r"""^(?:(?:other|more|latest|recent|top|related|all|further|local|popular|similar|recommended)\s+
    (?:news|stories|story|releases?|articles?|posts?|links?|content|headlines|reading|pages|topics?|items)
    |keep\s+reading|read\s+(?:more|next|also)(?:\s+(?:on|about|from)\s+.{0,40})?|most\s+(?:read|viewed|popular|shared)
    |also\s+(?:in\s+the\s+news|on\s+this\s+site|of\s+interest)|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested).{0,30}
    |see\s+also|up\s+next|what\s+to\s+read\s+next|trending(?:\s+now)?|in\s+other\s+news|don[’']t\s+miss|editor[’']s\s+picks?
    |share(?:\s+(?:this|on|with|via)\b.{0,40})?|comments?(?:\s*\(\d+\))?|\d+\s+comments?|leave\s+a\s+(?:reply|comment)
    |(?:sign\s+up|subscribe)\b.{0,60}|follow\s+(?:us|this)\b.{0,40}|topics?|tags?|categories|filed\s+under|contacts?
    |updates\s+to\s+this\s+page|is\s+th(?:is|ere)\b.{0,60}\?|was\s+this\s+page\b.{0,40}\?|help\s+us\s+improve\b.{0,40}|explore\s+the\s+topic
    |cookies\b.{0,40}|on\s+this\s+page|contents?|in\s+this\s+section|quick\s+links|useful\s+links|advertisement
    |hefyd\s+yn\s+y\s+newyddion|newyddion\s+(?:eraill|diweddaraf|perthnasol)|rhannu.{0,30}|darllen\s+mwy|dilynwch\b.{0,40}
    |oedd\s+y\s+dudalen\b.{0,40}\??)\s*[:…]?$""",
    re.IGNORECASE | re.VERBOSE,
)
# a whole block that says only this
_LINE = re.compile(
    r"""^(?:«\s*)?(?:printable\s+version|print\s+(?:this\s+)?(?:page|document|article|story|release)?|e-?mail\s+this\b.{0,30}
    |share\s+(?:this|by|on|via)\b.{0,40}|tweet(?:\s+this)?|back\s+to\s+(?:top|news|all|the|list|latest)\b.{0,40}
    |skip\s+(?:to|navigation)\b.{0,40}|(?:quick(?:ly)?\s+exit|leave|exit)\s+(?:this\s+|the\s+)?(?:web)?site\b.{0,60}|leave\s+now|quick\s+exit
    |current\s+timestamp\b.{0,60}|last\s+refreshed\b.{0,60}|text\s+only\s+version\b.{0,60}|best\s+viewed\b.{0,60}
    |advertisement|sponsored(?:\s+content)?|loading\b.{0,40}|please\s+enable\s+javascript\b.{0,80}|turn\s+on\s+javascript\b.{0,80}
    |you\s+must\s+be\s+logged\s+in\b.{0,60}|accept\s+(?:all\s+)?cookies|we\s+(?:use|put)\b[^.]{0,60}\bcookies\b.{0,200}
    |(?:previous|next|older|newer)\s+(?:post|story|article|release|news)s?\b.{0,200}
    |to\s+hide\s+this\s+page\b.{0,60}|read\s+(?:more|next)|read\s+full\s+(?:story|article)|see\s+all\s+updates|view\s+all\b.{0,30}
    |get\s+updates|sign\s+up\s+for\b.{0,60}|subscribe\s+to\b.{0,60}|menu|search|home|close|contents|top|english|cymraeg
    |neidio\s+i\b.{0,30}|gadael\s+y\s+(?:wefan|safle)\b.{0,30}|derbyn\s+pob\s+cwci\b.{0,30}|original\s+article\s+link\b.{0,300})\s*[»>]?$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_other_pages_heading(text: str) -> bool:
    """ "Related releases", "Keep reading", "Hefyd yn y newyddion"."""
    return len(text) <= 90 and _OTHER_PAGES.match(text.strip()) is not None


def is_furniture_line(text: str) -> bool:
    """ "Printable version", "Share this page", "Current timestamp: …"."""
    return len(text) <= 400 and _LINE.match(text.strip()) is not None


def names_furniture(names: str) -> bool:
    """Whether class and id names say that an element is not the page's own text."""
    for name in names.split():
        parts = [w.lower() for w in _CUT.split(name) if w]
        if any(w in _NAME_WORDS for w in parts):
            return True
        if any(f"{one}-{other}" in _NAME_PAIRS for one, other in pairwise(parts)):
            return True
    return False


def clear(root: lxml.html.HtmlElement, anchor: lxml.html.HtmlElement | None) -> None:
    """Take the furniture out of a tree, in place. What holds the title (`anchor`) or most of the page's text stays."""
    keep = set(anchor.iterancestors()) | {anchor} if anchor is not None else set()
    most = len(root.text_content()) * 0.5
    doomed = [e for e in root.iter() if e not in keep and _is_furniture(e, most)]
    for element in doomed:
        _drop(element)
    headings = [h for h in root.iter("h2", "h3", "h4", "h5", "h6", "b", "strong") if is_other_pages_heading(_flat(h))]
    for heading in headings[:_MOST_SECTIONS]:
        if heading not in keep:
            _drop_section(heading, keep)


def _is_furniture(element: lxml.html.HtmlElement, most: float) -> bool:
    tag = element.tag
    if not isinstance(tag, str):
        return True  # comments, processing instructions
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in DROPPED_TAGS:
        return True
    if tag == "header":
        return element.find(".//h1") is None and not any(a.tag in ("article", "main") for a in element.iterancestors())
    if tag == "button":
        return element.getparent() is None or element.getparent().tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "dt")
    if tag == "svg":
        return (
            element.find(".//{*}title") is None
            or element.find(".//{*}symbol") is not None
            or element.get("aria-hidden") == "true"
        )
    if element.get("role") in DROPPED_ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names == " " or not names_furniture(names):
        return False
    # a name is a hint only: an element that carries most of the text is the text ("post-comments-open", "with-sidebar")
    return len(element.text_content()) < most and not _reads_like_an_article(element)


def _reads_like_an_article(element: lxml.html.HtmlElement) -> bool:
    """Three real paragraphs without links, 600 characters together."""
    long = [len(t) for p in element.iter("p") if len(t := p.text_content().strip()) > 80 and p.find(".//a") is None]
    return (
        len(long) >= 3
        and sum(long) > 600
        and element.find(".//form") is None
        and len(list(element.iter("li"))) < len(long)
    )


def _drop_section(heading: lxml.html.HtmlElement, keep: set[lxml.html.HtmlElement]) -> None:
    """Take away a heading that leads to other pages, with the box it opens, or with the links that follow it."""
    said = _flat(heading)
    box = heading
    while (up := box.getparent()) is not None and up not in keep and up.tag not in ("body", "main", "article", "html"):
        if not _flat(up).startswith(said) or _own_text(up) > 400:
            break
        box = up
    if heading.tag in ("b", "strong") and (box is heading or _own_text(box) > len(said) + 60):
        return
    following = [] if box is not heading else list(heading.itersiblings())
    for sibling in following:
        if sibling.tag in ("h1", "h2", "h3", "h4") or (_flat(sibling) and _link_share(sibling) < 0.6):
            break
        _drop(sibling)
    _drop(box)


def _own_text(element: lxml.html.HtmlElement) -> int:
    """Characters outside links."""
    return len(_flat(element)) - sum(len(_flat(a)) for a in element.iter("a"))


def _link_share(element: lxml.html.HtmlElement) -> float:
    total = len(_flat(element))
    return sum(len(_flat(a)) for a in element.iter("a")) / total if total else 0.0


def _flat(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _drop(element: lxml.html.HtmlElement) -> None:
    """Remove an element but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail and tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
