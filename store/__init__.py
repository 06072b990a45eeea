"""The only room with SQL: everything PeelWatch remembers."""

from store.opening import Store, open_store
from store.trouble import StoreTrouble
from store.urls import canonical_url
from store.values import Decided, Known, Recorded, Refused, ReleaseSummary, Review, Trace, UncertainDelivery

__all__ = [
    "Decided",
    "Known",
    "Recorded",
    "Refused",
    "ReleaseSummary",
    "Review",
    "Store",
    "StoreTrouble",
    "Trace",
    "UncertainDelivery",
    "canonical_url",
    "open_store",
]
