"""Draws calibration and risk against coverage; each model is a line."""

from pathlib import Path
from typing import Any, Sequence, Tuple

import matplotlib as mpl
from matplotlib.figure import Figure

from bot.core.figures import Share
from bot.core.reliability import Bin, Point

# No window is opened, and nothing is asked of the machine's own settings.
mpl.use("Agg")
SIZE = (6.4, 5.2)
DOTS_PER_INCH = 120
# Okabe and Ito's colours: they differ for colour-blind readers too.
COLOURS = ("#0072B2", "#D55E00", "#009E73")


def reliability(path: Path, models: Sequence[Tuple[str, Sequence[Bin]]]) -> None:
    """Write a PNG: how often the first choice is right, against the probability it was given."""
    figure = Figure(figsize=SIZE, layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": (3, 1)})
    upper.plot([0, 1], [0, 1], linestyle="--", color="0.6", label="perfectly calibrated")
    for (label, found), colour in zip(models, COLOURS):
        filled = [each for each in found if each.count]
        upper.errorbar(
            [each.confidence for each in filled],
            [each.accuracy for each in filled],
            yerr=_bars(filled),
            marker="o",
            capsize=3,
            color=colour,
            label=label,
        )
        lower.stairs(
            [each.count for each in found],
            [*(each.lower for each in found), found[-1].upper],
            fill=len(models) == 1,
            color=colour,
        )
    upper.set(ylabel="Share of first choices that are right", xlim=(0, 1), ylim=(0, 1.02))
    figure.suptitle("Calibration: are the probabilities true?")
    _legend(upper)
    lower.set(xlabel="Probability of the first choice (95 % intervals above)", ylabel="Messages")
    _tidy(upper, lower)
    _save(figure, path)


def risk_coverage(
    path: Path,
    models: Sequence[Tuple[str, Sequence[Point]]],
    operating: Sequence[Tuple[str, float, float]] = (),
) -> None:
    """Write a PNG: the share of decisions that are wrong, against the share of messages decided at once.

    `operating` marks where a bot really stands: name, coverage, risk.
    """
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots()
    highest = 0.0
    for (label, points), colour in zip(models, COLOURS):
        axes.plot(
            [point.coverage for point in points],
            [point.risk for point in points],
            color=colour,
            label=label,
        )
        highest = max(highest, *(point.risk for point in points))
    for (name, coverage, risk), colour in zip(operating, COLOURS):
        axes.plot(
            [coverage],
            [risk],
            marker="*",
            markersize=13,
            linestyle="none",
            color=colour,
            label=f"{name} as it decides: {coverage:.0%} at once, {risk:.1%} wrong",
        )
        highest = max(highest, risk)
    axes.set(
        xlabel="Coverage: share of messages decided at once, the surest first",
        ylabel="Risk: share of those decisions that are wrong",
        xlim=(0, 1),
        ylim=(0, max(0.05, highest * 1.15)),
    )
    figure.suptitle("What deciding less often would gain")
    _legend(axes)
    _tidy(axes)
    _save(figure, path)


def _bars(found: Sequence[Bin]) -> Any:
    """Return the distances from each share down and up to the ends of its 95 % interval."""
    ends = [(each.accuracy, Share(each.right, each.count).interval) for each in found]
    down = [max(0.0, share - low) for share, (low, _) in ends]
    up = [max(0.0, high - share) for share, (_, high) in ends]
    return [down, up]


def _legend(axes: Any) -> None:
    """Put the legend above the picture, where it hides no line."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False)


def _tidy(*all_axes: Any) -> None:
    for axes in all_axes:
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DOTS_PER_INCH)
