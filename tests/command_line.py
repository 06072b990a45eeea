"""`peelwatch` as another program starts it: a process of its own, with no settings but those given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def peelwatch(
    *words: str, folder: Path | None = None, text: str | bytes = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PEELWATCH_")}
    if folder:
        given = {"data_dir": str(folder), "sources": str(folder / "sources.toml"), "allow_private_networks": "on"}
        settings = {**given, **settings}
    surroundings |= {f"PEELWATCH_{name.upper()}": value for name, value in settings.items()}
    sent = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *words], input=sent, capture_output=True, env=surroundings, timeout=120
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
