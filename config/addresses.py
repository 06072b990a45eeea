"""Web addresses in tables: whether one is well formed, and who publishes at its host."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from inspections.lexicon import Lexicon
from inspections.model import Publisher

# The inspectorate's own hosts, and those that repeat its releases word for word.
INSPECTORATE_HOSTS = ("justiceinspectorates.gov.uk", "hmic.gov.uk", "wired-gov.net", "parliamenttoday.com")
# essex.pfcc.police.uk  norfolk-pcc.gov.uk  merseysidepcc.info  greatermanchester-ca.gov.uk
PCC_HOST = re.compile(r"pf?cc\.|-ca\.gov\.uk$")
# www.notts-fire.gov.uk  cfa.lancsfirerescue.org.uk  shropshirefire.gov.uk
FIRE_HOST = re.compile(r"fire(?:-?(?:and-?)?rescue)?\.(?:gov|org)\.uk$")
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$", re.IGNORECASE)


def what_is_wrong(url: str) -> tuple[str, str] | None:
    """None for a well-formed http(s) address; else what is wrong with it, and the mend."""
    if re.search(r"[\s<>\"{}|\\^`]", url) or not url.isprintable():
        return "there is a space or a stray sign in the address", "Copy it again from the browser's address bar."
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "the address cannot be read", "Copy it again from the browser's address bar."
    if parts.scheme not in ("http", "https"):
        return (
            "the address does not begin with http:// or https://",
            "Write it whole, as https://www.example.org/news/.",
        )
    if parts.username is not None or parts.password is not None:
        return "there is a user name or a password in the address", "Take out what stands before the @."
    if not _is_host(parts):
        return "the address has no host", "Write it whole, as https://www.example.org/news/."
    return None


def _is_host(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if ":" in host:
        return True
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = host.removesuffix(".").split(".")
    return all(LABEL.match(label) for label in labels) and (len(labels) > 1 or host == "localhost")


def publisher_of(host: str, lexicon: Lexicon) -> Publisher:
    """Who publishes at a host. A copy of the inspectorate's release counts as the inspectorate's."""
    host = host.casefold().removesuffix(".")
    if _under(host, INSPECTORATE_HOSTS):
        return "inspectorate"
    if PCC_HOST.search(host):
        return "pcc"
    if FIRE_HOST.search(host) or _under(host, tuple(f.domain for f in lexicon.forces if f.domain)):
        return "force"
    return "press"


def _under(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith("." + domain) for domain in domains)
