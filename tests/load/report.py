"""Medians of the rounds, the table on the screen, and the file with all there is to know about the run."""

import json
import os
import platform
import statistics
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Sequence

from tests.load.measuring import Plan, Round

MEBIBYTE = 1024**2
LEAST_ON_TOPIC = 0.8
MOST_OF_OTHERS = 0.1
TIE = 1.0


class Row(NamedTuple):
    """One line of the table: a figure of both systems and how they compare."""

    label: str
    unit: str
    more_is_better: bool
    starter: float
    genvej: float

    @property
    def ratio(self) -> float:
        """Return Genvej's figure as a multiple of the starter bot's."""
        return self.genvej / self.starter

    @property
    def is_slower(self) -> bool:
        """Tell whether Genvej is behind in this row."""
        return self.ratio < TIE if self.more_is_better else self.ratio > TIE


class Results(NamedTuple):
    """What was measured of one system."""

    training: float
    rounds: List[Round]


def rows(starter: Results, genvej: Results, plan: Plan) -> List[Row]:
    """Return the table's lines; a figure is the median of the rounds."""
    kind = starter.rounds[0].memory_kind

    def row(label: str, unit: str, figure: Callable[[Round], float], more_is_better: bool = False) -> Row:
        medians = [statistics.median(map(figure, results.rounds)) for results in (starter, genvej)]
        return Row(label, unit, more_is_better, *medians)

    return [
        row("Reply time, one visitor, median", "ms", lambda it: it.median * 1000),
        row("Reply time, one visitor, p95", "ms", lambda it: it.p95 * 1000),
        row(
            f"Messages a second, {plan.visitors} visitors",
            "/s",
            lambda it: it.per_second,
            more_is_better=True,
        ),
        row("Time to the first answer", "s", lambda it: it.ready),
        row(f"Memory of all processes ({kind})", "MiB", lambda it: it.memory / MEBIBYTE),
        Row("Training time", "s", False, starter.training, genvej.training),
    ]


def table(lines: Sequence[Row]) -> str:
    """Return the table as text that is also Markdown."""
    cells = [("", "starter bot", "Genvej", "Genvej/starter", "better is")]
    for row in lines:
        cells.append(
            (
                row.label,
                f"{row.starter:.1f} {row.unit}",
                f"{row.genvej:.1f} {row.unit}",
                f"{row.ratio:.2f}",
                "higher" if row.more_is_better else "lower",
            )
        )
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    printed = [
        "| "
        + " | ".join(
            [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        )
        + " |"
        for row in cells
    ]
    rule = "|-" + "-|-".join("-" * width for width in widths) + "-|"
    return "\n".join([printed[0], rule, *printed[1:]])


def problems(starter: Results, genvej: Results) -> List[str]:
    """Return why the figures must not be believed: errors, or answers to another question than the one asked."""
    found = []
    for name, results in (("the starter bot", starter), ("Genvej", genvej)):
        for number, one in enumerate(results.rounds, start=1):
            for reason, count in one.errors.items():
                found.append(f"round {number}: {count} messages to {name} had no answer: {reason}")
            if one.answers - one.off_topic < one.answers * LEAST_ON_TOPIC:
                found.append(
                    f"round {number}: {one.off_topic} of {one.answers} answers of {name} were not on the topic asked"
                )
    return found


def disturbed(starter: Results, genvej: Results) -> List[str]:
    """Return the rounds in which other programs took more of the machine than a comparison bears."""
    return [
        f"round {number} of {name}: other programs used {one.others:.0%} of the machine"
        for name, results in (("the starter bot", starter), ("Genvej", genvej))
        for number, one in enumerate(results.rounds, start=1)
        if one.others > MOST_OF_OTHERS
    ]


def verdict(lines: Sequence[Row]) -> str:
    """Say in one sentence who is behind, and where."""
    behind = [row.label for row in lines if row.is_slower]
    return f"Genvej is behind in: {'; '.join(behind)}." if behind else "Genvej is behind in no row."


def machine() -> Dict[str, Any]:
    """Return what the figures depend on and the reader cannot see."""
    return {
        "processor": _field(Path("/proc/cpuinfo"), "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory": _field(Path("/proc/meminfo"), "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
    }


def write(
    folder: Path,
    at: datetime,
    plan: Plan,
    lines: Sequence[Row],
    results: Dict[str, Results],
    computer: Dict[str, Any],
) -> Path:
    """Write everything to a file named after the time, and return its path."""
    path = folder / f"{at:%Y-%m-%dT%H%M%S}.json"
    content = {
        "at": at.isoformat(timespec="seconds"),
        "machine": computer,
        "plan": plan._asdict(),
        "table": [{**row._asdict(), "ratio": row.ratio} for row in lines],
        "problems": problems(results["starter"], results["genvej"]),
        "rounds": {key: [one._asdict() for one in found.rounds] for key, found in results.items()},
        "training": {key: found.training for key, found in results.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _field(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return ""
