"""The canonical form of a release's address: one release, one address, and still one that can be opened."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# "?utm_source=twitter&fbclid=IwAR0x"
TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|mkt_tok|_ga|yclid)", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"


def canonical_url(url: str) -> str:
    """`url` without its fragment, its tracking parameters and its default port, its host in lower case.

    Total: what is not an address comes back stripped of blanks. Other parameters stay (`?p=142935` is the page).
    """
    bare = url.strip()
    try:
        parts = urlsplit(bare)
        port = parts.port
    except ValueError:
        return bare
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        return bare
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is not None and port != DEFAULT_PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = quote(parts.path or "/", safe=SAFE_IN_PATH)
    return urlunsplit((parts.scheme.lower(), host.lower(), path, _without_tracking(parts.query), ""))


def _without_tracking(query: str) -> str:
    given = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if not TRACKING.fullmatch(name)]
    return query if len(kept) == len(given) else urlencode(kept)
