"""Apology: what is said where an answer should stand, when the database cannot be used or PeelWatch itself fails."""

from __future__ import annotations

from bot.markup import safe
from bot.replies import Reply
from store.trouble import StoreTrouble

SORRY = "That did not work just now, and nothing was changed. Please try again in a few minutes."


def apology(error: Exception, *, admin: bool) -> Reply:
    """The operator is told what is wrong with the database; others only that it did not work."""
    if admin and isinstance(error, StoreTrouble):
        return Reply(f"{SORRY}\n\n{safe(str(error), 500)}")
    return Reply(SORRY)
