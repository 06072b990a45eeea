"""Addresses: one release, one canonical address, whatever host, spelling or tracking it was reached by."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

INSPECTORATE = "hmicfrs.justiceinspectorates.gov.uk"
# the inspectorate's earlier homes kept the path after a prefix: "/hmic/peel-assessments/…" is "/peel-assessments/…" now
_INSPECTORATE_WAS = {
    "www.hmic.gov.uk",
    "hmic.gov.uk",
    "www.justiceinspectorates.gov.uk",
    "justiceinspectorates.gov.uk",
    "www.hmicfrs.justiceinspectorates.gov.uk",
    "hmicfrs.justiceinspectorates.gov.uk",
}
_PREFIX = re.compile(r"^/(?:hmicfrs|hmic)(?=/|$)", re.IGNORECASE)
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|_ga|cmpid|at_\w+)$", re.IGNORECASE)
_DOMINO = re.compile(r"\.nsf/", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The address under which a release is kept, the same for every way of writing it.

    What is no web address comes back as it is."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT or not host:
        return url.strip()
    path = re.sub(r"/{2,}", "/", _spell(parts.path)) or "/"
    query = _clean_query(parts.query)
    if _DOMINO.search(path) or path.lower().endswith(".aspx"):
        path, query = path.lower(), query.lower()
    if host in _INSPECTORATE_WAS and (
        host not in ("www.justiceinspectorates.gov.uk", "justiceinspectorates.gov.uk") or _PREFIX.match(path)
    ):
        scheme, host, path = "https", INSPECTORATE, _PREFIX.sub("", path) or "/"
        if not path.endswith("/") and "." not in path.rsplit("/", 1)[-1]:
            path += "/"
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _DEFAULT_PORT[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, path, query, ""))


def absolute(base: str, href: str) -> str:
    """The web address a link leads to, without fragment; '' when it leads elsewhere (mail, script) or nowhere."""
    href = re.sub(r"[\t\r\n]", "", href).strip()
    if not href or href.startswith("#"):
        return ""
    try:
        url = urljoin(base, href.replace(" ", "%20"))
        parts = urlsplit(url)
        if parts.scheme.lower() not in _DEFAULT_PORT or not parts.hostname or parts.username:
            return ""
        _ = parts.port
    except ValueError:
        return ""
    return urlunsplit(parts._replace(fragment=""))


def host_of(url: str) -> str:
    """Host and port, for telling sites apart and spacing requests; '' when there is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return f"{host}:{port}" if port else host


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host, or one with www."""
    return host_of(one).removeprefix("www.") == host_of(other).removeprefix("www.") != ""


def path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _spell(path: str) -> str:
    """One spelling for escapes: what need not be escaped is not, what must be is."""
    return quote(unquote(path, errors="surrogateescape"), safe="/~:@!$&'()*+,;=-._", errors="surrogateescape")


def _clean_query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = [(k, v) for k, v in pairs if not _TRACKING.match(k)]
    if not kept:
        return ""
    # Domino's "?open" has no "="; it stays as it is
    if len(kept) == len(pairs):
        return query.rstrip("&")
    return urlencode(kept, errors="surrogateescape")
