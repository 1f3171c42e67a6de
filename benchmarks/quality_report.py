"""The report of ``benchmarks/quality.py``: Markdown, JSON, and the pictures of confidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.pictures import finish, save
from benchmarks.quality_measuring import OUTCOMES, Result, of_kinds
from benchmarks.tables import Table, markdown
from benchmarks.ways_of_typing import COLUMNS
from bot.commands.evaluating import ROWS, shown
from retrieval.confidence import ANSWERS
from retrieval.measures import Judged, as_asked, mixed, reliability, risk_curve

_AT_MOST: Final = "answered_without_passage"
_DRAWN_FROM: Final = 0.05  # of the questions: among fewer, each single wrong excerpt is a leap of the curve
_LARGEST: Final = 300  # square points, the area of a dot that holds every excerpt
_HEAD: Final = """\
# Quality

    python -m {command}

writes this report. Every passage of a question set is indexed as a document of its own, with the embedder `{embedder}`.
An excerpt has at most 350 characters and is right when a gold answer stands in it. Each question is asked twice, the
second time with its passage taken out, when the right outcome is not to answer. Latencies depend on the machine and on
what else it does; all other figures come out the same in every run.
"""
_CONFIDENCE: Final = f"""
## Confidence

Confidence is the probability that the first excerpt is right. When only the surest questions are answered, this share
of the answers is wrong; the dots mark what is answered with the threshold in use, {ANSWERS}.

![The share of wrong answers by the share of questions answered](risk-coverage.svg)

The share of first excerpts that is right in each of ten bins of confidence, a dot as large as what its bin holds. On
the left every question can be answered; on the right half cannot, for each was asked without its passage too.

![The share of right excerpts by confidence](reliability.svg)
"""


def marks_table(result: Result) -> Table:
    """Every figure, the mark asked if there is one, and whether it is met."""
    rows = []
    for name, ours in result.measured.as_dict().items():
        mark = result.reference.marks.get(name)
        if mark is None:
            rows.append((ROWS[name], shown(name, ours), "", ""))
        else:
            bound = "≤" if name == _AT_MOST else "≥"
            rows.append((ROWS[name], shown(name, ours), f"{bound} {shown(name, mark)}", _met(name, ours, mark)))
    return Table("Figures and marks", ("figure", "ours", "mark", "met?"), rows)


def _met(name: str, ours: float, mark: float) -> str:
    missing = ours - mark if name == _AT_MOST else mark - ours
    return "yes" if missing <= 0 else f"**no**, by {missing:.2g}"  # two digits: "by 0.0" would tell nothing


def ranking_table(result: Result) -> Table:
    """Our ranking beside others, the best R@1 first."""
    systems = sorted(result.systems, key=lambda each: -each.figures[0])
    rows = [(each.name, *_shares(each.figures), each.source) for each in systems]
    return Table("Ranking beside others", ("system", "R@1", "R@5", "R@10", "MRR@10", "figures from"), rows)


def _tables(result: Result) -> Iterator[Table]:
    """The tables of a set, those first that the terminal shows too."""
    ours = result.measured.as_dict()
    beside = [
        (ROWS[each.figure], shown(each.figure, ours[each.figure]), shown(each.figure, each.value), each.method)
        for each in result.reference.baseline
    ]
    kinds = [
        (each.kind, str(each.questions), *_shares(each[2:5]), *(_shares(each[5:]) if each.answered else ("–",)))
        for each in of_kinds(result.trials)
    ]
    yield marks_table(result)
    yield ranking_table(result)
    if beside:
        yield Table("Excerpts and confidence beside simple methods", ("figure", "ours", "theirs", "method"), beside)
    yield Table("By kind of question", ("kind", "questions", "R@1", "excerpt@1", "answered", "of these right"), kinds)
    if result.ways:
        yield Table("Ways of typing", COLUMNS, result.ways)


def _elsewhere(results: Sequence[Result]) -> Table:
    rows = [
        (each.reference.title, each.other, *_shares([each.elsewhere[name] for name in OUTCOMES]))
        for each in results
        if each.other
    ]
    return Table("Questions asked of another set's library (%)", ("questions of", "library of", *OUTCOMES), rows)


def _shares(figures: Sequence[float]) -> tuple[str, ...]:
    return tuple(f"{figure:.1f}" for figure in figures)


def write(results: Sequence[Result], folder: Path, command: str, embedder: str) -> None:
    """Writes ``quality.md``, ``quality.json``, ``risk-coverage.svg`` and ``reliability.svg`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = _HEAD.format(command=command, embedder=embedder) + "".join(map(_section, results)) + _CONFIDENCE
    elsewhere = _elsewhere(results)
    (folder / "quality.md").write_text(text + (markdown(elsewhere) if elsewhere.rows else ""), encoding="utf-8")
    figures = {each.reference.title: _as_json(each) for each in results}
    (folder / "quality.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    save(risk_picture(results), folder / "risk-coverage.svg")
    save(reliability_picture(results), folder / "reliability.svg")


def _section(result: Result) -> str:
    asked = [row for row in marks_table(result).rows if row[2]]
    met = f"{sum(row[3] == 'yes' for row in asked)} of {len(asked)} marks are met.\n" if asked else ""
    return f"\n## {result.reference.title}\n\n{met}" + "".join(map(markdown, _tables(result)))


def _as_json(result: Result) -> dict[str, Any]:
    curve = risk_curve(as_asked(result.trials))
    return {
        "figures": {name: round(value, 4) for name, value in result.measured.as_dict().items()},
        "marks": dict(result.reference.marks),
        "systems": [
            each._asdict() | {"figures": [round(share, 1) for share in each.figures]} for each in result.systems
        ],
        "kinds": [each._asdict() for each in of_kinds(result.trials)],
        "elsewhere": {result.other: dict(result.elsewhere)} if result.other else {},
        "risk_of_the_surest_percent": {
            percent: round(curve[-(-len(curve) * percent // 100) - 1].risk, 4) for percent in range(10, 101, 10)
        },
    }


def risk_picture(results: Sequence[Result]) -> Figure:
    """The share of wrong answers by the share of questions answered; dots mark the threshold in use."""
    figure = Figure(figsize=(7, 4.2), layout="constrained")
    axes: Axes = figure.subplots()
    for result in results:
        points = [point for point in risk_curve(as_asked(result.trials)) if point.coverage >= _DRAWN_FROM]
        shares = [100 * point.coverage for point in points], [100 * point.risk for point in points]
        answered, wrong = result.measured.answered, 100 - result.measured.answered_rightly
        told = f"area {result.measured.risk_area:.3f}; {answered:.0f} % answered, {wrong:.1f} % of these wrong"
        (line,) = axes.plot(*shares, label=f"{result.reference.title}: {told}")
        if answered:
            axes.plot([answered], [wrong], "o", color=line.get_color())
    axes.set(xlim=(0, 100), xlabel="questions answered, the surest first (%)", ylabel="wrong among the answers (%)")
    axes.set_ylim(bottom=0)
    finish(axes)
    return figure


def reliability_picture(results: Sequence[Result]) -> Figure:
    """The share of right excerpts by confidence, in bins, of the questions as asked and of the two halves."""
    figure = Figure(figsize=(9, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    left.set(title="every question can be answered", ylabel="first excerpt right (%)")
    right.set(title="half of the questions cannot be answered")
    for result in results:
        title, measured = result.reference.title, result.measured
        _bins(left, as_asked(result.trials), f"{title} (calibration error {measured.calibration_error:.3f})")
        _bins(right, mixed(result.trials), f"{title} (calibration error {measured.calibration_error_mixed:.3f})")
    for axes in (left, right):
        axes.plot([0, 100], [0, 100], "--", color="grey", linewidth=1, label="confidence is the share right")
        axes.set(xlim=(0, 100), ylim=(0, 100), xlabel="confidence (%)", aspect="equal")
        finish(axes)
    return figure


def _bins(axes: Axes, judged: Sequence[Judged], label: str) -> None:
    rows = reliability(judged)
    confidence, right = [100 * each.confidence for each in rows], [100 * each.right for each in rows]
    (line,) = axes.plot(confidence, right, label=label)
    sizes = [_LARGEST * each.size / len(judged) for each in rows]
    axes.scatter(confidence, right, s=sizes, color=line.get_color(), alpha=0.6)
