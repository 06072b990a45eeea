"""Logs: a fact plus fields, to standard error. A token, a chat's text or a name never appears in one."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog

# httpx writes each request's address at INFO, and a Bot API address holds the token;
# apscheduler writes two lines a tick; alembic repeats each migration.
QUIET = ("httpx", "httpcore", "telegram", "urllib3", "requests", "apscheduler", "alembic", "trafilatura", "htmldate")


def set_up_logs(form: Literal["console", "json"], *, quiet: bool = False) -> None:
    """Send every log line, our own and the libraries' warnings, to standard error in one form.

    `quiet` keeps what goes well out of it: where the terminal is the chat, a person reads there.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # a plain traceback: no local variables, which hold pages and texts
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s [%(levelname)s] %(name)s: %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
