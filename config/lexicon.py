"""The lexicon from its three tables: forces.toml, frameworks.toml, themes.toml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

from config.frameworks import read_frameworks
from config.mistakes import ConfigMistake, Mistake
from config.tables import Document, Table, read_document
from inspections.lexicon import Lexicon
from inspections.model import Force, ForceKind, Theme

HERE = Path(__file__).parent


def load_lexicon(folder: Path = HERE) -> Lexicon:
    """The lexicon of the tables in `folder`. Raises ConfigMistake with every mistake found in any of them."""
    forces = read_document(folder / "forces.toml")
    frameworks = read_document(folder / "frameworks.toml")
    themes = read_document(folder / "themes.toml")
    found_forces = read_forces(forces)
    questions, cycles = read_frameworks(frameworks)
    found_themes = read_themes(themes)
    mistakes: Sequence[Mistake] = [*forces.mistakes, *frameworks.mistakes, *themes.mistakes]
    if mistakes:
        raise ConfigMistake(mistakes)
    return Lexicon(found_forces, cycles, questions, found_themes)


def read_forces(document: Document) -> tuple[Force, ...]:
    """Every force; no two share an id, a name, an alias, or (police apart from fire) an address's slug."""
    document.only("force")
    forces: list[Force] = []
    owners: dict[tuple[str, str], str] = {}
    for table in document.tables("force"):
        force = _read_force(table)
        forces.append(force)
        service = "fire" if force.kind == "fire" else "police"
        claims = [("id", "id", force.id), ("name", "name", force.name.casefold())]
        claims += [("aliases", "name", alias.casefold()) for alias in force.aliases]
        claims += [("domain", "domain", force.domain)] if force.domain else []
        claims += [("slugs", f"slug ({service})", slug) for slug in force.slugs]
        for key, kind, value in claims:
            owner = owners.setdefault((kind, value), force.id)
            if value and (owner != force.id or (kind == "id" and [f.id for f in forces].count(value) > 1)):
                what = f'"{value}" already belongs to {owner}'
                table.wrong(key, what, "A text must not be read as two forces: keep it with one of them.")
    if not forces and not document.mistakes:
        document.mistakes.append(Mistake(document.file, 0, "force", "it holds no force", "Add a [[force]] table."))
    return tuple(forces)


def _read_force(table: Table) -> Force:
    table.only("id", "kind", "name", "aliases", "asked_as", "domain", "nation", "region", "slugs", "clash")
    domain = table.text("domain", "")
    if domain and ("/" in domain or "." not in domain or " " in domain):
        table.wrong("domain", f'"{domain}" is not a domain', 'Write it bare, as "cheshire.police.uk".')
    names = table.texts("aliases"), table.texts("asked_as")
    name = table.text("name")
    for key, given in zip(("aliases", "asked_as"), names, strict=True):
        if name and name in given:
            table.wrong(key, f'"{name}" is its name already', f"Take it out of {key}.")
    return Force(
        id=table.id("id"),
        kind=cast(ForceKind, table.choice("kind", get_args(ForceKind))),
        name=name,
        aliases=names[0],
        domain=domain,
        nation=table.text("nation", ""),
        region=table.text("region", ""),
        slugs=table.texts("slugs"),
        clash=table.text("clash", ""),
        asked_as=names[1],
    )


def read_themes(document: Document) -> tuple[Theme, ...]:
    """Every theme; no two share an id, and each has phrases."""
    document.only("theme")
    themes: list[Theme] = []
    for table in document.tables("theme"):
        table.only("id", "title", "phrases", "family")
        family = table.choice("family", ("fire",), "")
        theme = Theme(table.id("id"), table.text("title"), table.texts("phrases"), "fire" if family == "fire" else "")
        if not table.values.get("phrases"):
            table.wrong("phrases", "[[theme]] has no phrases", 'Add phrases = ["…"].')
        if theme.id in {t.id for t in themes}:
            table.wrong("id", f'"{theme.id}" is the id of an earlier theme', "Give each theme an id of its own.")
        themes.append(theme)
    return tuple(themes)
