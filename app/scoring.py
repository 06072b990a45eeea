"""How well findings agree with labelled releases: right, false and missed, micro-averaged, and what follows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Line = Mapping[str, Any]
Key = tuple[str, str, str]
GRADES = ("outstanding", "good", "adequate", "requires-improvement", "inadequate")
KINDS = ("judgments", "recalled", "forces", "tallies", "monitoring", "causes", "themes")

# Older names of questions that labelled sets may use
QUESTION_NAMES = {
    "protecting-vulnerable": "protecting-vulnerable-people",
    "serious-organised-crime": "disrupting-soc",
    "responding-public": "responding-to-the-public",
    "public-treatment": "treatment-of-the-public",
    "corruption": "workforce-corruption",
    "strategic-planning": "good-use-of-resources",
    "crime-data-integrity": "recording-crime",
}
# A label for a grade that belongs to no question: right or wrong, it costs nothing
NO_QUESTION = ("overall", "other")


@dataclass
class Score:
    """Right, false and missed of one kind of finding."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, wanted: set[Any], found: set[Any]) -> None:
        self.right += len(wanted & found)
        self.false += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Miss:
    """What went wrong in one release."""

    id: str
    kind: str
    false: list[Any]
    missed: list[Any]


@dataclass
class Evaluation:
    """The agreement of a set of findings with a labelled set."""

    scores: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    tables: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Score)))
    """Judgments by question, grade, publisher and era."""
    counts: Counter[str] = field(default_factory=Counter)
    shares: list[float] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """All figures by name, the totals first."""
        c, s = self.counts, self.scores
        judgments = s["judgments"]
        found: dict[str, float] = {
            "docs": c["docs"],
            "judgments_gold": judgments.right + judgments.missed,
            "judgment_precision": judgments.precision,
            "judgment_recall": judgments.recall,
            "judgment_f1": judgments.f1,
            "docs_exact": c["exact"] / max(1, c["docs"]),
            "mean_doc_jaccard": sum(self.shares) / max(1, len(self.shares)),
            "past_as_current": c["past_as_current"],
            "negative_docs": c["negative"],
            "negative_docs_with_a_grade": c["negative_hit"],
            "cycle_right": c["cycle_right"] / max(1, c["cycle"]),
            "evidence_overlaps": c["evidence_right"] / max(1, c["evidence"]),
        }
        names = {"recalled": "recalled", "forces": "force", "tallies": "tally", "monitoring": "monitoring"}
        for kind, name in {**names, "causes": "causes", "themes": "theme"}.items():
            found |= {
                f"{name}_precision": s[kind].precision,
                f"{name}_recall": s[kind].recall,
                f"{name}_f1": s[kind].f1,
            }
        return found


def evaluate_findings(pairs: Iterable[tuple[Line, Line]], era: Callable[[Line], str]) -> Evaluation:
    """Score each (label, findings object). A judgment is right when force, question, grade and `current` agree."""
    evaluation = Evaluation()
    for label, found in pairs:
        evaluation.counts["docs"] += 1
        _score_judgments(evaluation, label, found, era(label))
        _score_forces(evaluation, label, found)
        _score_moves(evaluation, label, found)
        _score_tallies(evaluation, label, found)
        _score_causes(evaluation, label, found)
        _score(evaluation, "themes", label, set(label.get("themes", [])), {_theme(t) for t in found.get("themes", [])})
    return evaluation


def _score(evaluation: Evaluation, kind: str, label: Line, wanted: set[Any], found: set[Any]) -> None:
    evaluation.scores[kind].add(wanted, found)
    if wanted != found:
        false, missed = sorted(found - wanted, key=str), sorted(wanted - found, key=str)
        evaluation.misses.append(Miss(str(label["id"]), kind, false, missed))


def _score_judgments(evaluation: Evaluation, label: Line, found: Line, era: str) -> None:
    by_key = {_keys(j)[0]: j for j in found.get("judgments", []) if j.get("current", True)}
    got = set(by_key)
    soft = {key for j in label["judgments"] if _soft(j) for key in _keys(j)}
    past = {key for j in label["judgments"] if not j.get("current", True) and not _soft(j) for key in _keys(j)}
    right: list[Key] = []
    missed: list[Key] = []
    used: set[Key] = set()
    for judgment in label["judgments"]:
        if _soft(judgment) or not judgment.get("current", True):
            continue
        hit = next((key for key in _keys(judgment) if key in got), None)
        if hit is None:
            missed.append(_keys(judgment)[0])
            continue
        right.append(_keys(judgment)[0])
        used.update(_keys(judgment))
        _score_details(evaluation, judgment, by_key[hit])
    false = got - used - soft
    for keys, count in ((right, "right"), (missed, "missed"), (false, "false")):
        for key in keys:
            _count(evaluation, label, key, count, era)
    if right or missed:
        evaluation.shares.append(len(right) / (len(right) + len(missed) + len(false)))
    if false or missed:
        evaluation.misses.append(Miss(str(label["id"]), "judgments", sorted(false), sorted(missed)))
    evaluation.counts["past_as_current"] += len(false & past)
    evaluation.counts["exact"] += not false and not missed
    if label["kind"] == "f":
        evaluation.counts["negative"] += 1
        evaluation.counts["negative_hit"] += bool(got)
    recalled = {_keys(j)[0] for j in label["judgments"] if not j.get("current", True)}
    recalled_found = {_keys(j)[0] for j in found.get("judgments", []) if not j.get("current", True)}
    # a recalled grade that the release also states as current, or that may be read either way, is no mistake
    evaluation.scores["recalled"].add(recalled, {k for k in recalled_found if k in recalled or k not in used | soft})


def _count(evaluation: Evaluation, label: Line, key: Key, count: str, era: str) -> None:
    rows = {"question": key[1], "grade": key[2], "publisher": str(label.get("publisher") or "not known"), "era": era}
    scores = [evaluation.scores["judgments"], *(evaluation.tables[table][row] for table, row in rows.items())]
    for score in scores:
        setattr(score, count, getattr(score, count) + 1)


def _score_details(evaluation: Evaluation, judgment: Line, found: Line) -> None:
    """The cycle, where the label has one, and whether the evidence shares half of the label's words."""
    c = evaluation.counts
    if judgment.get("cycle"):
        c["cycle"] += 1
        c["cycle_right"] += found.get("cycle") == judgment["cycle"]
    evidence, words = found.get("evidence"), set(str(judgment.get("evidence", "")).lower().split())
    if words and evidence:
        quoted = evidence if isinstance(evidence, str) else evidence["text"]
        c["evidence"] += 1
        c["evidence_right"] += len(words & set(quoted.lower().split())) * 2 >= len(words)


def _score_forces(evaluation: Evaluation, label: Line, found: Line) -> None:
    wanted = {_force(f) for f in label["forces"]}
    free = {_force(f) for f in label.get("forces_optional", [])} - wanted
    _score(evaluation, "forces", label, wanted, {_force(f) for f in found.get("forces", [])} - free)


def _score_moves(evaluation: Evaluation, label: Line, found: Line) -> None:
    moves = [m for m in label.get("monitoring", []) if m["move"] != "none"]
    loose = [m for m in label.get("monitoring", []) if m.get("optional") or m.get("alt")]
    wanted = {(_force(m["force"]), m["move"]) for m in moves if not m.get("optional") and not m.get("alt")}
    free = {(_force(m["force"]), move) for m in loose for move in (m["move"], m.get("alt"))}
    got = {(_force(m["force"]), m["move"]) for m in found.get("monitoring", []) if m["move"] != "none"}
    _score(evaluation, "monitoring", label, wanted, got - free)


def _score_tallies(evaluation: Evaluation, label: Line, found: Line) -> None:
    if "tallies" in label:
        _score(evaluation, "tallies", label, _tallies(label["tallies"]), _tallies(found.get("tallies", [])))


def _score_causes(evaluation: Evaluation, label: Line, found: Line) -> None:
    if "causes_of_concern" in label:
        stated = all("state" in cause for cause in label["causes_of_concern"])
        wanted, got = (_causes(line.get("causes_of_concern", []), stated) for line in (label, found))
        _score(evaluation, "causes", label, wanted, got)


def _causes(causes: Iterable[Line], stated: bool) -> set[Hashable]:
    return {(_force(c["force"]), c.get("state") if stated else "") for c in causes}


def _tallies(tallies: Iterable[Line]) -> set[Hashable]:
    return {(t["force"], *(t.get(grade, 0) or 0 for grade in GRADES)) for t in tallies}


def _theme(theme: Any) -> str:
    return theme if isinstance(theme, str) else str(theme["theme"])


def _force(force: str) -> str:
    """Fire services are `frs-kent` here; some labelled sets write `kent-fire`."""
    return "frs-" + force.removesuffix("-fire") if force.endswith("-fire") else force


def _keys(judgment: Line) -> list[Key]:
    """The judgment's key first, then those that are just as right."""
    questions = [judgment.get("question") or judgment.get("area") or "", *judgment.get("alt_areas", [])]
    grade = str(judgment["grade"]).replace(" ", "-")
    return [(_force(judgment["force"]), QUESTION_NAMES.get(q, q), grade) for q in questions]


def _soft(judgment: Line) -> bool:
    """True for a label that costs nothing either way."""
    question = judgment.get("question") or judgment.get("area")
    return bool(judgment.get("optional") or judgment.get("current_either") or question in NO_QUESTION)
