"""From bytes to text: which encoding a page is in, whatever it says, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

import lxml.html
from lxml import etree

from scrapers.pages import Page, Unreadable

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# what the web calls these is windows-1252, as browsers have it
_REALLY_WINDOWS = {"iso8859-1", "ascii", "cp1252", "iso8859-15"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f�]")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 in a page that is: most often curly quotes pasted from windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("peelwatch-windows", _as_windows)


def text_of(body: bytes, content_type: str = "") -> str:
    """The text of a page, by its byte order mark, its header, its own word, or the look of its bytes. Total."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    header = _HEADER.search(content_type)
    own = _META.search(body[:4096]) or _XML.match(body[:200])
    said = _codec(header.group(1)) if header else ""
    said = said or (_codec(own.group(1).decode("ascii", "replace")) if own else "")
    if said in _REALLY_WINDOWS or not said:
        # bytes above ASCII that happen to be good UTF-8 are UTF-8, whatever the page says of itself
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return _tidy_windows(body) if not said or said in _REALLY_WINDOWS else body.decode(said, errors="replace")
    if said == "utf-8":
        return body.decode("utf-8", errors="peelwatch-windows")
    try:
        return body.decode(said, errors="replace")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", errors="peelwatch-windows")


def looks_like_text(text: str) -> bool:
    """Whether nearly all of it is readable: a picture, an archive or a wrong encoding is not."""
    sample = text[:20000]
    return len(_CONTROL.findall(sample)) * 20 < max(len(sample), 1)


def parse_html(page: Page) -> lxml.html.HtmlElement | Unreadable:
    """The page as a tree, or why it cannot be one."""
    if not page.body.strip():
        return Unreadable(f"{page.url} came empty.")
    if page.body[:5] == b"%PDF-" or "application/pdf" in page.content_type:
        return Unreadable(f"{page.url} is a PDF, not a page.")
    text = text_of(page.body, page.content_type)
    if not looks_like_text(text):
        return Unreadable(f"{page.url} is not readable text: its encoding is not what it says, or it is no page.")
    root = tree(text)
    return root if root is not None else Unreadable(f"{page.url} holds no text.")


def tree(text: str) -> lxml.html.HtmlElement | None:
    """HTML as a tree; None when nothing in it is an element."""
    text = _XML_HEAD.sub("", text.replace("\x00", ""), count=1)
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(recover=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root if isinstance(root.tag, str) else None


def _codec(label: str) -> str:
    """Python's own name for a charset; '' when it knows none of that name."""
    try:
        info = codecs.lookup(label.strip().lower())
    except (LookupError, ValueError, UnicodeError):
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def _tidy_windows(body: bytes) -> str:
    return body.decode("cp1252", errors="replace")
