"""`peelwatch`: the command line. Each command is a thin door to the part that does the work."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer

from app.build import utc_now
from app.door import AsJson, fail, mistakes_as_sentences, opened, read_settings, say
from app.logs import set_up_logs
from app.operating import reclassify, review, sources, why

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tells the people who asked when an inspection grade of a police force or a fire and rescue service "
    "in England and Wales is published, with the words that prove it.",
)
cli.add_typer(review)
cli.add_typer(sources)
cli.command()(why)
cli.command()(reclassify)


@cli.command()
def run() -> None:
    """Everything in one process: clock, chat (Telegram if a token is set, else the terminal), delivery."""
    from app.run import run_everything

    with mistakes_as_sentences():
        raise typer.Exit(run_everything(read_settings()))


@cli.command()
def bot() -> None:
    """The chat and the delivery of alerts, without the clock."""
    from app.run import run_bot

    with mistakes_as_sentences():
        raise typer.Exit(run_bot(read_settings()))


@cli.command()
def clock() -> None:
    """The clock alone: polls each source when it is due."""
    from app.run import run_clock

    with mistakes_as_sentences():
        raise typer.Exit(run_clock(read_settings()))


@cli.command()
def demo() -> None:
    """No network: plays some real weeks through the real pipeline; the alerts show in the terminal."""
    from app.demo.play import play

    with mistakes_as_sentences():
        set_up_logs("console", quiet=True)
        raise typer.Exit(play())


@cli.command()
def migrate() -> None:
    """Bring the database's schema up to date, and the known grades into an empty one."""
    with opened() as peelwatch:
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

    with opened() as peelwatch:
        stopping = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        report = poll_now(peelwatch, urls or [], every=every, stopping=stopping.is_set)
        for polled in report.polled:
            typer.echo(f"{polled.source.url}: {polled.summary()}")
        typer.echo(report.summary() if report.polled or not stopping.is_set() else "Stopped.")
        if report.polled and not report.read:
            raise typer.Exit(1)


@cli.command()
def ask(
    words: Annotated[str, typer.Argument(help='A command or a question, as in a chat: "/grade cheshire".')],
    as_json: AsJson = False,
) -> None:
    """What the bot would answer, printed."""
    from app.asking import ask_once

    with opened() as peelwatch:
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

    with mistakes_as_sentences():
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
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="With the releases that the operator decided on, from the database.")
    ] = False,
) -> None:
    """Precision and recall against labelled releases."""
    from app.evaluate import FloorOptions, run_eval
    from config.lexicon import load_lexicon

    with mistakes_as_sentences():
        options = FloorOptions(floors, raise_them=raise_floors, lower_them=lower_floors)
        more = _reviewed_pairs(alone=not (floors or table or digits)) if reviewed else []
        status = run_eval(
            directory,
            load_lexicon(),
            as_json=as_json,
            digits=digits,
            misses=misses,
            floors=options,
            table=table,
            more=more,
        )
        raise typer.Exit(status)


def _reviewed_pairs(*, alone: bool) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    from app.reviewing import reviewed_pairs

    if not alone:
        fail("--reviewed does not go with --floors, --table or --digits: those are of the labelled releases alone.", 2)
    with opened() as peelwatch:
        return list(reviewed_pairs(peelwatch))


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
    _open_streams()
    try:
        cli()
    except BrokenPipeError:  # `peelwatch … | head`
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        say(f"What was to be printed could not be written: {error.strerror}.")
        os._exit(1)  # else Python would try to write the rest once more, and fail once more


def _open_streams() -> None:
    """No character stops a command: a terminal shows what it can and "?" for the rest, files and pipes get UTF-8."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # `>&-`, as daemons are started
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - while it runs
        elif mode == "w":
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    main()
