"""`peelwatch`: the command line. Each command is a thin door to the part that does the work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.build import PeelWatch, build, prepare, utc_now
from app.logs import set_up_logs
from config.mistakes import ConfigMistake
from config.settings import Settings, load_settings, unknown_settings

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tells the people who asked when an inspection grade of a police force or a fire and rescue service "
    "in England and Wales is published, with the words that prove it.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


def _settings() -> Settings:
    settings = load_settings(os.environ)
    set_up_logs(settings.log_format, quiet=settings.telegram_token is None)
    for warning in unknown_settings(os.environ):
        _say(str(warning))
    return settings


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _fail(reason: object) -> NoReturn:
    _say(str(reason))
    raise typer.Exit(1)


@contextmanager
def _mistakes_as_sentences() -> Iterator[None]:
    """What an operator can mend ends the program with its sentence and status 1, not with a traceback."""
    from app.clock import UnknownSource
    from app.reading import UnreadableInput
    from store.trouble import StoreTrouble

    try:
        yield
    except (ConfigMistake, UnreadableInput, UnknownSource, StoreTrouble) as mistake:
        _fail(mistake)


@contextmanager
def _peelwatch() -> Iterator[PeelWatch]:
    """PeelWatch, its schema up to date, for the length of one command."""
    with _mistakes_as_sentences():
        peelwatch = build(_settings())
        try:
            for mistake in prepare(peelwatch).mistakes:
                _say(str(mistake))
            yield peelwatch
        finally:
            peelwatch.store.close()


@cli.command()
def run() -> None:
    """Everything in one process: clock, chat (Telegram if a token is set, else the terminal), delivery."""
    from app.run import run_everything

    with _mistakes_as_sentences():
        raise typer.Exit(run_everything(_settings()))


@cli.command()
def bot() -> None:
    """The chat and the delivery of alerts, without the clock."""
    from app.run import run_bot

    with _mistakes_as_sentences():
        raise typer.Exit(run_bot(_settings()))


@cli.command()
def clock() -> None:
    """The clock alone: polls each source when it is due."""
    from app.run import run_clock

    with _mistakes_as_sentences():
        raise typer.Exit(run_clock(_settings()))


@cli.command()
def demo() -> None:
    """No network: plays some real weeks through the real pipeline; the alerts show in the terminal."""
    from app.demo.play import play

    with _mistakes_as_sentences():
        set_up_logs("console", quiet=True)
        raise typer.Exit(play())


@cli.command()
def migrate() -> None:
    """Bring the database's schema up to date, and the known grades into an empty one."""
    with _peelwatch() as peelwatch:
        typer.echo(f"The database is up to date: {peelwatch.store.described()}.")


@cli.command()
def poll(
    urls: Annotated[
        list[str] | None, typer.Argument(help="Addresses of sources.toml; none: those that are due.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All sources, due or not.")] = False,
) -> None:
    """One polling pass now; prints what was found."""
    from app.clock import poll_now

    with _peelwatch() as peelwatch:
        report = poll_now(peelwatch, urls or [], every=every)
        for polled in report.polled:
            typer.echo(f"{polled.source.url}: {polled.summary()}")
        typer.echo(report.summary())
        if report.polled and not report.read:
            raise typer.Exit(1)


@cli.command()
def ask(
    words: Annotated[str, typer.Argument(help='A command or a question, as in a chat: "/grade cheshire".')],
    as_json: AsJson = False,
) -> None:
    """What the bot would answer, printed."""
    from app.asking import ask_once

    with _peelwatch() as peelwatch:
        typer.echo(ask_once(peelwatch, words, as_json=as_json))


@cli.command()
def classify(
    file: Annotated[str, typer.Argument(help="A file; - is standard input.")] = "-",
    title: Annotated[str, typer.Option(help="The release's title: context, never evidence.")] = "",
    url: Annotated[str, typer.Option(help="Its address; tells publisher and force.")] = "",
    published: Annotated[str, typer.Option(help="Its date, as 2025-05-22.")] = "",
    as_json: AsJson = False,
    html: Annotated[bool, typer.Option("--html", help="The input is a page.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A release a line in, a findings object a line out.")] = False,
) -> None:
    """What a release states: grades, moves and causes of concern with the words that prove them."""
    from app.reading import bytes_of, objects_of_lines, page_release, summary, text_release
    from config.lexicon import load_lexicon
    from inspections.classify import classify as classify_release
    from inspections.wire import findings_object

    with _mistakes_as_sentences():
        lexicon = load_lexicon()
        if jsonl:
            for found in objects_of_lines(bytes_of(file).splitlines(), lexicon):
                typer.echo(json.dumps(found, ensure_ascii=False))
            return
        content = bytes_of(file)
        release = (
            page_release(content, title, url, published, utc_now(), lexicon)
            if html
            else text_release(content, title, url, published, lexicon)
        )
        findings = classify_release(release, lexicon)
        if as_json:
            name = Path(file).name if file != "-" else ""
            typer.echo(json.dumps(findings_object(findings, name), ensure_ascii=False, indent=1))
        else:
            typer.echo(summary(findings, lexicon))


@cli.command("eval")
def evaluate(
    directory: Annotated[Path, typer.Argument(help="Labelled releases: gold*.jsonl and ID.txt files.")],
    as_json: AsJson = False,
    digits: Annotated[str, typer.Option(help="Only releases whose id ends in one of these, e.g. 369.")] = "",
    misses: Annotated[bool, typer.Option("--misses", help="Name what was missed or false; never of the exam.")] = False,
    floors: Annotated[Path | None, typer.Option(help="Hold the figures against this file of floors.")] = None,
    raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Write the higher ones.")] = False,
    lower_floors: Annotated[
        bool, typer.Option("--lower-floors", help="Write them as they are, lower ones too.")
    ] = False,
    table: Annotated[Path | None, typer.Option(help="Write the page of tables there (docs/accuracy.md).")] = None,
) -> None:
    """Precision and recall against labelled releases."""
    from app.evaluate import FloorOptions, run_eval
    from config.lexicon import load_lexicon

    with _mistakes_as_sentences():
        options = FloorOptions(floors, raise_them=raise_floors, lower_them=lower_floors)
        status = run_eval(
            directory, load_lexicon(), as_json=as_json, digits=digits, misses=misses, floors=options, table=table
        )
        raise typer.Exit(status)


@cli.command()
def bench(as_json: AsJson = False) -> None:
    """The benchmark suite: start-up, memory, releases classified and pages ingested per second."""
    from app.bench import run_bench

    raise typer.Exit(run_bench(as_json=as_json))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"peelwatch {version('peelwatch')}")
        raise typer.Exit


@cli.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Nothing but the help and the version."""


def main() -> None:
    try:
        cli()
    except BrokenPipeError:  # `peelwatch … | head`
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
