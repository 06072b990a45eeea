"""The operator's commands: review, sources, why, reclassify. Each is a thin door to the part that does the work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.door import AsJson, fail, opened, progress

if TYPE_CHECKING:
    from inspections.correction import Spoken
    from store.values import Decision

review = typer.Typer(name="review", help="Findings waiting for the operator.", invoke_without_command=True)
sources = typer.Typer(name="sources", help="What is watched, and how it fares.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(metavar="N", help="The review's number.")]
Who = Annotated[str, typer.Option(help="Who decides; the login name when not given.")]


@review.callback()
def review_listed(
    context: typer.Context,
    grade_words: Annotated[
        bool, typer.Option("--grade-words", help="Releases with a grade word in which no grade was read.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What waits for the operator: findings that are unsure, unplaced, doubted or disputed."""
    if context.invoked_subcommand:
        return
    from app.reviewing import grade_words_listed, waiting_listed

    with opened() as peelwatch:
        listed = grade_words_listed if grade_words else waiting_listed
        typer.echo(listed(peelwatch, as_json=as_json))


@review.command()
def approve(number: Number, who: Who = "") -> None:
    """It is as it was read: it goes to the ledger, and to those who asked while it is news."""
    _decide(number, "approved", who)


@review.command()
def dismiss(number: Number, who: Who = "") -> None:
    """It is no judgment; it is not asked again."""
    _decide(number, "dismissed", who)


@review.command()
def correct(
    number: Number,
    force: Annotated[str, typer.Option(help="Force or fire service, e.g. cheshire.")] = "",
    question: Annotated[str, typer.Option(help="Question, e.g. preventing-crime.")] = "",
    grade: Annotated[str, typer.Option(help="Grade, e.g. requires-improvement.")] = "",
    cycle: Annotated[str, typer.Option(help="Cycle, e.g. 2023-25.")] = "",
    who: Who = "",
) -> None:
    """It says something else; what is not given is as it was read."""
    from inspections.correction import Spoken

    if not (force or question or grade or cycle):
        fail(f"Say what {number} should say: --force, --question, --grade or --cycle.", 2)
    _decide(number, "corrected", who, Spoken(force, question, grade, cycle))


def _decide(number: str, decision: Decision, who: str, spoken: Spoken | None = None) -> None:
    from app.reviewing import decided

    with opened() as peelwatch:
        answer = decided(peelwatch, number, decision, who, spoken)
        if not answer.done:
            fail(answer.text, 2 if answer.usage else 1)
        typer.echo(answer.text)


@sources.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """Each watched source: its address, publisher, force, reader and interval."""
    from app.watched import sources_listed

    with opened() as peelwatch:
        typer.echo(sources_listed(peelwatch, as_json=as_json))


@sources.command()
def health(as_json: AsJson = False) -> None:
    """How each source is faring, those in trouble first: its reader, when it was last read, why it fails."""
    from app.watched import sources_health

    with opened() as peelwatch:
        typer.echo(sources_health(peelwatch, as_json=as_json))


def why(alert: Annotated[int, typer.Argument(help="The alert's number.")], as_json: AsJson = False) -> None:
    """Where an alert comes from: source, fetch, revision, words, rule, recipients."""
    from app.tracing import why as why_told

    with opened() as peelwatch:
        typer.echo(why_told(peelwatch, alert, as_json=as_json))


def reclassify(
    apply: Annotated[bool, typer.Option("--apply", help="Bring the ledger to it; nobody is alerted.")] = False,
    as_json: AsJson = False,
) -> None:
    """What today's rules would read in the stored releases, and the difference."""
    from app.rereading import reread_all, rereading_object, rereading_text

    with opened() as peelwatch:
        with progress("texts read again") as note:
            rereading = reread_all(peelwatch, apply=apply, note=note)
        if as_json:
            typer.echo(json.dumps(rereading_object(rereading), ensure_ascii=False, indent=1))
        else:
            typer.echo(rereading_text(rereading, peelwatch.lexicon))
