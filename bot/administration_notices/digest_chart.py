"""The digest of a week as a picture: a bar for each day, in parts by outcome.

matplotlib, which from version 3.11 on shapes Arabic and puts it in order itself, takes 0.7 s to load: so it is loaded
when a picture is drawn.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.phrases import PhraseName, Phrases
from bot.state.digests import Tally
from bot.weeks import Week

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES: Final = (8.0, 5.4)
_DOTS: Final = 160  # an inch: 1,280 × 864: Telegram shows photos up to 1,280 wide as they are
_PAPER: Final = "#ffffff"  # never transparent: the labels are dark, and so may be what stands around the picture
_INK: Final = "#222222"
_FONT: Final = "DejaVu Sans"  # comes with matplotlib, and has Arabic letters
_ROOM: Final = 1.18  # times the highest bar, so that its number stands below the edge
_BELOW: Final = 36  # points from the axis to the line on which the figures of a day stand
_MARGIN: Final = 0.15  # inches
_FEWEST: Final = 4  # questions that the height stands for at least: else one question would be a tower


class _Part(NamedTuple):
    """How an outcome is drawn: colours that colour-blind people tell apart (Okabe and Ito, 2008), and a pattern."""

    outcome: str
    label: PhraseName
    colour: str
    pattern: str


_PARTS: Final = (
    _Part("answer", PhraseName.CHART_ANSWER, "#0072b2", ""),
    _Part("related", PhraseName.CHART_RELATED, "#e69f00", "//"),
    _Part("none", PhraseName.CHART_WITHOUT, "#999999", ".."),
)


def chart(week: Week, days: Sequence[Tally], phrases: Phrases) -> bytes:
    """A PNG of the days of a week, read in the direction of the language; it takes a while, so call it in a thread."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=_MARGIN, h_pad=_MARGIN)
    figure = Figure(figsize=_INCHES, dpi=_DOTS, facecolor=_PAPER, layout=layout)
    axes = figure.add_subplot()
    _draw_bars(axes, days, phrases)
    _draw_frame(axes, days, phrases)
    places = range(len(days))
    axes.set_xticks(
        places, [_day(day, phrases) for day in week.days], fontsize=13, color=_INK, family=_FONT, va="baseline"
    )
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _draw_bars(axes: Axes, days: Sequence[Tally], phrases: Phrases) -> None:
    heights = [0] * len(days)
    for part in _PARTS:
        numbers = [int(getattr(day, part.outcome)) for day in days]
        axes.bar(
            range(len(days)), numbers, bottom=heights, width=0.7, label=phrases.say(part.label),
            color=part.colour, hatch=part.pattern, edgecolor=_PAPER, linewidth=1.2,
        )  # fmt: skip
        heights = [height + number for height, number in zip(heights, numbers, strict=True)]
    for place, height in enumerate(heights):
        axes.annotate(
            f"{height:,}", (place, height), xytext=(0, 4), textcoords="offset points",
            ha="center", va="bottom", fontsize=15, fontweight="bold", color=_INK, family=_FONT,
        )  # fmt: skip


def _draw_frame(axes: Axes, days: Sequence[Tally], phrases: Phrases) -> None:
    """Everything around the bars."""
    is_mirrored = phrases.is_right_to_left
    if is_mirrored:
        axes.invert_xaxis()
    axes.set_ylim(0, _ROOM * max(_FEWEST, *(day.all for day in days)))
    axes.yaxis.set_visible(False)  # each bar has its number
    axes.tick_params(length=0, pad=_BELOW)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.spines["bottom"].set(color=_INK, zorder=3)
    axes.set_title(
        phrases.say(PhraseName.CHART_HEADING), fontsize=19, fontweight="bold", color=_INK, family=_FONT, pad=44,
        loc="right" if is_mirrored else "left",
    )  # fmt: skip
    drawn, labels = axes.get_legend_handles_labels()
    order = slice(None, None, -1 if is_mirrored else 1)
    axes.legend(
        drawn[order], labels[order], loc="lower right" if is_mirrored else "lower left",
        bbox_to_anchor=(1.0 if is_mirrored else 0.0, 1.0), ncols=len(_PARTS), frameon=False, labelcolor=_INK,
        prop={"family": _FONT, "size": 14}, handlelength=1.4, columnspacing=1.6, borderaxespad=0.2,
        markerfirst=not is_mirrored,
    )  # fmt: skip


def _day(day: dt.date, phrases: Phrases) -> str:
    """The name of a day, and its number and month below."""
    from babel.dates import format_date

    return f"{format_date(day, 'EEE', phrases.language)}\n{day.day}/{day.month}"
