"""Quiet: the loggers of the libraries under Telegram are shut: their lines hold the token and people's words."""

from __future__ import annotations

import logging

TALKATIVE = ("httpx", "httpcore", "telegram")


def hush() -> None:
    """httpx logs each address, token and all; telegram logs each message's text. What matters we log ourselves."""
    for name in TALKATIVE:
        for known in (name, *(n for n in logging.root.manager.loggerDict if n.startswith(f"{name}."))):
            logger = logging.getLogger(known)
            logger.disabled = True
            logger.propagate = False
            logger.setLevel(logging.CRITICAL + 1)
