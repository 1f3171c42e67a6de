"""The look of the benchmarks' pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def finish(axes: Axes, handles: Sequence[Line2D] | None = None) -> None:
    """A faint grid, no frame, and a small legend: of ``handles``, or of all that was drawn with a label."""
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    drawn = axes.get_legend_handles_labels()[0] if handles is None else handles
    axes.legend(handles=drawn, loc="upper left" if handles is None else "best", frameon=False, fontsize="small")


def save(figure: Figure, path: Path) -> None:
    """Writes the same bytes for the same picture: no date, no version, no drawn-by-chance names."""
    with mpl.rc_context({"svg.hashsalt": "dalil"}):
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
