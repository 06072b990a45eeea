"""Stopping, and standing up to odd surroundings: the real program, told to end, or started with streams that fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.site import Site

HANGS = "/hangs/"


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PEELWATCH_")}
    return {
        **kept,
        "PEELWATCH_DATA_DIR": str(folder),
        "PEELWATCH_SOURCES": str(folder / "sources.toml"),
        "PEELWATCH_ALLOW_PRIVATE_NETWORKS": "on",
        **more,
    }


def watch(folder: Path, url: str) -> None:
    (folder / "sources.toml").write_text(f'[[source]]\nurl = "{url}"\npublisher = "press"\n', encoding="utf-8")


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Site]:
    """A site whose page begins and does not end within any test."""
    with Site() as site:
        site.drip(HANGS, b"<html>" + b"." * 100_000, 0.05)
        watch(tmp_path, site.url(HANGS))
        yield site


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_page_that_hangs_does_not_hold_up_the_end(hanging: Site, tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "clock"],
        env=surroundings(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        hanging.wait_for(HANGS)
        process.send_signal(number)
        _, said = process.communicate(timeout=15)  # the fetch itself would take 30 s
    assert process.returncode == 0, said
    assert "Traceback" not in said


def test_a_poll_that_is_broken_off_says_so_and_blames_no_source(hanging: Site, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "poll", "--all"],
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        hanging.wait_for(HANGS)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=15)
    assert (process.returncode, said) == (0, "Stopped.\n")
    again = subprocess.run(
        [sys.executable, "-m", "app.cli", "ask", "/sources"],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "did not arrive" not in again.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_letters_that_the_output_cannot_take_stop_nothing(tmp_path: Path, encoding: str) -> None:
    watch(tmp_path, "https://news.invalid/")
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "ask", "/grade cheshire"],
        env=surroundings(tmp_path, PYTHONIOENCODING=encoding),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "• " in done.stdout.decode()


def test_half_a_character_in_a_release_is_printed_all_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "classify", "--jsonl"],
        input=b'{"id": "\\ud800", "text": "Kent Police is \\ud800 good at investigating crime."}\n',
        env=surroundings(tmp_path),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_is_full_is_a_sentence(tmp_path: Path) -> None:
    watch(tmp_path, "https://news.invalid/")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", "ask", "/help"],
            env=surroundings(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "What was to be printed could not be written: No space left on device.\n",
    )


def test_a_disk_that_takes_no_more_is_a_sentence_and_the_next_try_succeeds(tmp_path: Path) -> None:
    watch(tmp_path, "https://news.invalid/")
    full = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 600; exec "$0" -m app.cli migrate', sys.executable],  # blocks of 512 or 1024 bytes
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert full.returncode == 1
    assert "Free some space" in full.stderr
    assert "Traceback" not in full.stderr
    again = subprocess.run(
        [sys.executable, "-m", "app.cli", "migrate"], env=surroundings(tmp_path), capture_output=True, timeout=60
    )
    assert again.returncode == 0, again.stderr


def test_the_program_runs_without_any_standard_stream(tmp_path: Path) -> None:
    watch(tmp_path, "https://news.invalid/")
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m app.cli ask /help <&- >&- 2>&-; echo $?', sys.executable],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "0\n"
