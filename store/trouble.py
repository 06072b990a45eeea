"""What can be wrong with the database, as a sentence for the person who runs PeelWatch."""


class StoreTrouble(Exception):
    """The database cannot be used. Its text says what is wrong, where, and what to do."""
