"""One visit to one source: its listing is read, what is new on it is taken, what is young is checked again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import requests
import structlog

from inspections.classify import classify
from inspections.ledger import Change
from inspections.lexicon import Lexicon
from inspections.release import Release
from inspections.source import Source, SourceState
from scrapers.discover import Place, find_place
from scrapers.fetch import Limits, fetch
from scrapers.pages import Failed, FailureKind, Item, Items, Page, Unchanged, Unreadable
from scrapers.readers import read_items, read_release
from scrapers.timing import Spacing, next_recheck
from scrapers.urls import canonical_url, host_of, path_of
from store import Store
from store.values import Known

MOST_NEW = 30
"""Releases taken in one visit; the rest wait for the next, so that a new source is not emptied at one go."""
MOST_CONSIDERED = 100
MOST_RECHECKED = 10
MOST_PAGES = 4
LOOK_AGAIN_AFTER = 3
"""Failures in a row after which we find out anew where a source keeps its news."""
_PASSING: tuple[FailureKind, ...] = ("network", "slow", "busy", "server")
_GIVE_UP = 3

log = structlog.get_logger()


@dataclass(frozen=True)
class Means:
    """What a visit needs of the world. `alerting` False: whatever is found, nobody is told."""

    session: requests.Session
    store: Store
    lexicon: Lexicon
    now: Callable[[], datetime]
    spacing: Spacing
    limits: Limits = field(default_factory=Limits)
    stopping: Callable[[], bool] = lambda: False
    alerting: bool = True

    def ask(self, url: str, etag: str = "", last_modified: str = "") -> Page | Unchanged | Failed:
        """Fetch an address when its host may be asked again."""
        self.spacing.wait(host_of(url))
        return fetch(self.session, url, self.now(), etag, last_modified, self.limits, self.stopping)


@dataclass(frozen=True, slots=True)
class Polled:
    """What one visit came to. `reason` is '' when the source could be read."""

    source: Source
    reason: str = ""
    kind: FailureKind | None = None
    """What kind of failure; None when it could be read, or when the trouble was our own."""
    retry_after: timedelta | None = None
    first: bool = False
    items: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    failed: int = 0
    """Releases that could not be fetched or read; each is tried again."""
    vanished: int = 0
    waiting: int = 0
    """New ones left for the next visit."""
    broken_off: bool = False
    """True when not all that were to be taken could be tried: we are to stop, or the host gives none of them."""
    changes: tuple[Change, ...] = ()
    deliveries: int = 0

    def summary(self) -> str:
        """What it came to, in a few words for the operator."""
        if self.reason:
            return self.reason
        parts = [f"{self.items} listed", f"{self.new} new"]
        parts += [f"{self.revised} changed"] if self.revised else []
        parts += [f"{self.failed} could not be read"] if self.failed else []
        parts += [f"{self.vanished} vanished"] if self.vanished else []
        parts += [f"{self.waiting} left for later"] if self.waiting else []
        return ", ".join(parts)

    @property
    def reached(self) -> bool:
        """Whether its host answered at all."""
        return self.kind != "network"


def visit(state: SourceState, means: Means) -> Polled:
    """Polls a source and writes what it gave. A source that could not be read comes back with its reason; the caller
    writes that, as only a whole pass can tell a source's fault from our own network's."""
    source = state.source
    first = state.first_read is None
    place = _look(state, means)
    if isinstance(place, Failed):
        return Polled(source, place.reason, place.kind, place.retry_after, first=first)
    if isinstance(place, Unreadable):
        return Polled(source, place.reason, "blocked" if place.blocked else "broken", first=first)
    if isinstance(place, Unchanged):
        polled = _recheck(state, means, Polled(source, items=state.last_item_count), set(), {})
        means.store.sources.unchanged(state.id, means.now(), means.now() + source.every)
        return polled
    if not place.items.items:
        return Polled(source, _nothing(state, place), "broken", first=first)
    items = _with_further_pages(place, state, means)
    polled, taken = _take_new(items, state, means)
    polled = _recheck(state, means, replace(polled, first=first), taken, {canonical_url(i.url): i for i in items})
    # what is left over must be found again next time, so the listing may not answer "unchanged" then
    whole = not polled.waiting and not polled.failed
    means.store.sources.read_ok(
        state.id,
        means.now(),
        etag=place.page.etag if whole else "",
        last_modified=place.page.last_modified if whole else "",
        item_count=len(place.items.items),
        seen_all=not polled.broken_off,
        reader_found=place.reader,
        feed_url=place.url,
        next_check=means.now() + source.every,
    )
    return polled


def _look(state: SourceState, means: Means) -> Place | Unchanged | Failed | Unreadable:
    """The source's items, where they were found last time, or wherever they can be found."""
    source = state.source
    if state.reader_found and state.failures < LOOK_AGAIN_AFTER:
        got = means.ask(state.feed_url or source.url, state.etag, state.last_modified)
        if not isinstance(got, Page):
            return got
        found = read_items(got, state.reader_found, source.url if state.feed_url else "")
        if isinstance(found, Unreadable):
            return found
        return Place(found.reader_found, state.feed_url, got, found)
    got = means.ask(source.url)
    if not isinstance(got, Page):
        return got
    direct = source.reader if source.reader in ("feed", "wordpress", "sitemap", "govuk") else "auto"
    found = read_items(got, direct)
    if isinstance(found, Unreadable) and direct != "auto":
        found = read_items(got)
    return find_place(source, got, found, means.ask)


def _nothing(state: SourceState, place: Place) -> str:
    if state.last_item_count:
        return (
            f"{place.page.url} lists nothing, where it listed {state.last_item_count} before; it may have been rebuilt."
        )
    return f"{place.page.url} lists no releases that could be recognised."


def _with_further_pages(place: Place, state: SourceState, means: Means) -> tuple[Item, ...]:
    """After a long absence the first page may hold nothing we know: then the next pages are read too."""
    items = list(place.items.items)
    page_items: Items = place.items
    for _ in range(MOST_PAGES - 1):
        if state.first_read is None or not page_items.next_url or means.stopping():
            break
        if means.store.releases.known([canonical_url(i.url) for i in items]):
            break
        got = means.ask(page_items.next_url)
        found = read_items(got, place.reader) if isinstance(got, Page) else None
        if not isinstance(found, Items) or not found.items:
            break
        page_items = found
        seen = {canonical_url(i.url) for i in items}
        items += [i for i in found.items if canonical_url(i.url) not in seen]
    return tuple(items[:MOST_CONSIDERED])


def _take_new(items: Sequence[Item], state: SourceState, means: Means) -> tuple[Polled, set[str]]:
    """Fetches, reads and records the newest releases we do not know, oldest of them first."""
    known = means.store.releases.known([canonical_url(i.url) for i in items])
    fresh = [i for i in items if canonical_url(i.url) not in known]
    first_known = next((n for n, i in enumerate(items) if canonical_url(i.url) in known), len(items))
    below = {i.url for i in items[first_known:]}
    polled = Polled(state.source, items=len(items), waiting=max(0, len(fresh) - MOST_NEW))
    taken: set[str] = set()
    in_a_row = 0
    batch = list(reversed(fresh[:MOST_NEW]))
    for number, item in enumerate(batch):
        if means.stopping() or in_a_row >= _GIVE_UP:
            left = len(batch) - number
            return replace(polled, waiting=polled.waiting + left, broken_off=True), taken
        got = means.ask(item.url)
        if isinstance(got, Failed) and means.stopping():
            continue  # perhaps broken off by ourselves
        url = canonical_url(item.url)
        # a host that refuses one page after the other is not to be asked thirty times; what failed has a row and is
        # tried again apart, so that it does not stand in the way of the others next time
        in_a_row = in_a_row + 1 if isinstance(got, Failed) and got.kind in (*_PASSING, "blocked") else 0
        taken.add(url)
        release = _release(got, item, state)
        if not isinstance(release, Release):
            means.store.releases.unreadable(url, state.id, release, means.now())
            polled = replace(polled, failed=polled.failed + 1)
            continue
        news = _is_news(release.published, state.first_read, below_known=item.url in below)
        release = _dated(release, means.now()) if news else release
        polled = _record(release, got, state, means, polled, None, alerting=news)
    return polled, taken


def _recheck(state: SourceState, means: Means, polled: Polled, taken: set[str], listed: dict[str, Item]) -> Polled:
    """Reads again the pages of young releases, and those that could not be read until now."""
    due = means.store.releases.due_for_recheck(state.id, means.now(), MOST_RECHECKED + len(taken))
    for known in [k for k in due if k.url not in taken][:MOST_RECHECKED]:
        if means.stopping():
            break
        again = known.revision > 0
        got = means.ask(known.url, known.etag if again else "", known.last_modified if again else "")
        if isinstance(got, Failed) and means.stopping():
            break  # perhaps broken off by ourselves; it stays due
        item = listed.get(known.url) or Item(known.url, known.title, known.published)
        if again:
            item = replace(item, url=known.url, title=known.title, published=item.published or known.published)
            polled = _checked(got, known, item, state, means, polled)
            continue
        release = _release(got, item, state)
        if isinstance(release, Release):
            news = _is_news(release.published, state.first_read, below_known=_seen_first(known, state))
            release = _dated(release, known.first_seen or means.now()) if news else release
            polled = _record(release, got, state, means, polled, None, alerting=news)
        else:
            means.store.releases.unreadable(known.url, state.id, release, means.now())
            polled = replace(polled, failed=polled.failed + 1)
    return polled


def _checked(
    got: Page | Unchanged | Failed, known: Known, item: Item, state: SourceState, means: Means, polled: Polled
) -> Polled:
    """What became of a release we have read before."""
    now = means.now()
    if isinstance(got, Failed):
        if got.kind in ("missing", "gone"):
            means.store.releases.vanished(known.url, now)
            return replace(polled, vanished=polled.vanished + 1)
        if got.kind not in _PASSING:
            means.store.releases.checked(known.url, now, now + timedelta(days=1))
        return replace(polled, failed=polled.failed + 1) if got.kind not in _PASSING else polled
    release = _release(got, item, state) if isinstance(got, Page) else None
    if isinstance(release, Release):
        return _record(release, got, state, means, polled, known.first_seen, alerting=state.first_read is not None)
    # unchanged, or a page that shows a passing fault in place of its text: what it said stays
    means.store.releases.checked(known.url, now, next_recheck(known.published, known.first_seen or now, now))
    return replace(polled, unchanged=polled.unchanged + 1)


def _release(got: Page | Unchanged | Failed, item: Item, state: SourceState) -> Release | str:
    """The release on a fetched page, or a sentence why there is none."""
    if isinstance(got, Failed):
        return got.reason
    if isinstance(got, Unchanged):
        return f"{item.url} says that it has not changed, but it was never read."
    landed = canonical_url(got.url)
    if landed != canonical_url(item.url) and (
        path_of(landed) in ("", "/") or landed == canonical_url(state.source.url)
    ):
        return f"{item.url} leads back to {got.url}, so its text is not there any more."
    read = read_release(got, item, state.source)
    return read.reason if isinstance(read, Unreadable) else read


def _record(
    release: Release,
    got: Page | Unchanged | Failed,
    state: SourceState,
    means: Means,
    polled: Polled,
    first_seen: datetime | None,
    *,
    alerting: bool,
) -> Polled:
    if not isinstance(got, Page):
        return polled
    now = means.now()
    try:
        findings = classify(release, means.lexicon)
    except Exception:  # a bug met in one release must not blind us to the next; it is logged, and tried again
        log.exception("a release could not be classified", url=release.url)
        if first_seen is None:
            reason = f"{release.url} brought out an error in PeelWatch itself; the log has it."
            means.store.releases.unreadable(release.url, state.id, reason, now)
        return replace(polled, failed=polled.failed + 1)
    recorded = means.store.releases.record(
        release,
        findings,
        source_id=state.id,
        fetched_at=got.fetched_at,
        page_hash=hashlib.sha256(got.body).hexdigest(),
        etag=got.etag,
        last_modified=got.last_modified,
        recheck_at=next_recheck(release.published, first_seen or now, now),
        alerting=alerting and means.alerting,
        now=now,
    )
    same = not recorded.new and not recorded.revised
    return replace(
        polled,
        new=polled.new + recorded.new,
        revised=polled.revised + recorded.revised,
        unchanged=polled.unchanged + same,
        changes=polled.changes + recorded.changes,
        deliveries=polled.deliveries + recorded.deliveries,
    )


def _is_news(published: datetime | None, first_read: datetime | None, *, below_known: bool) -> bool:
    """Whether a release found now may alert: not on a source's first visit, nor when it was there before that visit
    and only its turn came later."""
    if first_read is None:
        return False
    if published is None:
        return not below_known
    return published >= first_read - timedelta(days=1)


def _dated(release: Release, appeared: datetime) -> Release:
    """What gives no date came out when it appeared: without one nobody could tell which cycle it reports on."""
    return release if release.published else replace(release, published=appeared)


def _seen_first(known: Known, state: SourceState) -> bool:
    return state.first_read is not None and known.first_seen is not None and known.first_seen <= state.first_read
