"""What every command does before and after its work: settings, PeelWatch opened and closed, mistakes as sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer

from app.build import PeelWatch, build, prepare
from app.logs import set_up_logs
from config.mistakes import ConfigMistake
from config.settings import Settings, load_settings, unknown_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


def read_settings() -> Settings:
    settings = load_settings(os.environ)
    set_up_logs(settings.log_format, quiet=settings.telegram_token is None)
    for warning in unknown_settings(os.environ):
        say(str(warning))
    return settings


def say(line: str) -> None:
    """A line for the person, beside the output."""
    typer.echo(line, err=True)


def fail(reason: object, status: int = 1) -> NoReturn:
    say(str(reason))
    raise typer.Exit(status)


@contextmanager
def mistakes_as_sentences() -> Iterator[None]:
    """What an operator can mend ends the program with its sentence and status 1, not with a traceback."""
    from app.clock import UnknownSource
    from app.reading import UnreadableInput
    from app.tracing import UnknownAlert
    from store.trouble import StoreTrouble

    try:
        yield
    except (ConfigMistake, UnreadableInput, UnknownAlert, UnknownSource, StoreTrouble) as mistake:
        fail(mistake)


@contextmanager
def opened() -> Iterator[PeelWatch]:
    """PeelWatch, its schema up to date, for the length of one command."""
    with mistakes_as_sentences():
        peelwatch = build(read_settings())
        try:
            for mistake in prepare(peelwatch).mistakes:
                say(str(mistake))
            yield peelwatch
        finally:
            peelwatch.store.close()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """Counts on a terminal while the work goes on, and is quiet elsewhere: `120 texts read`."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda number: print(f"\r{number} {what}", end="", file=sys.stderr, flush=True)  # noqa: T201
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201
