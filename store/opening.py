"""The store: one attribute per noun, all on one database."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import select

from inspections.lexicon import Lexicon
from store.chats import Chats
from store.database import Database, open_database
from store.deliveries import Deliveries
from store.ledger import Ledger
from store.policy import Policy
from store.readings import Readings
from store.releases import Releases
from store.reviews import Reviews
from store.schema import migrate
from store.sources import Sources
from store.tables import AssertionRow, ReleaseRow


class Store:
    """Everything PeelWatch remembers. Thread-safe; each method is one transaction."""

    def __init__(self, database: Database, lexicon: Lexicon, policy: Policy) -> None:
        self._database = database
        self.sources = Sources(database)
        self.releases = Releases(database, lexicon, policy)
        self.ledger = Ledger(database, lexicon)
        self.chats = Chats(database, policy)
        self.deliveries = Deliveries(database, lexicon, policy)
        self.reviews = Reviews(database, lexicon, policy)
        self.readings = Readings(database, lexicon, policy)

    def migrate(self) -> None:
        """Brings the schema up to date; to be called before anything else. Raises StoreTrouble with a sentence."""
        migrate(self._database)

    def described(self) -> str:
        """Where it is and what it holds, in a few words for the operator."""
        with self._database.read() as session:
            grades = session.exec(select(func.count()).select_from(AssertionRow)).one()
            releases = session.exec(select(func.count()).select_from(ReleaseRow)).one()
        return f"{grades} statements of grades and {releases} releases in {self._database.path}"

    def close(self) -> None:
        self._database.close()


def open_store(
    url: str,
    lexicon: Lexicon,
    *,
    fresh_days: int = 14,
    settle: timedelta = timedelta(seconds=10),
    repeat_after: timedelta = timedelta(minutes=10),
) -> Store:
    """The store at `url` (sqlite:///…). Does not migrate. Raises StoreTrouble when the file cannot be used.

    `fresh_days`: older news alerts nobody. `settle`: how long a delivery waits for others to share its message.
    `repeat_after`: when a message that may not have arrived is sent once more.
    """
    return Store(open_database(url), lexicon, Policy(timedelta(days=fresh_days), settle, repeat_after))
