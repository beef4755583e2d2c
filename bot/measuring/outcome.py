"""What a measurement leaves behind: the report on the screen, plots, and the mistakes for those who mend them."""

from pathlib import Path
from typing import Iterator, List, Mapping, Optional, Sequence, Tuple

from bot.core.evaluation import Judged, Kind, Result, harm
from bot.core.figures import pooled, pooled_groups, said_instead
from bot.measuring import document, plots, tables
from bot.measuring.records import Record, same_files

MOST_CONFUSIONS = 20
_MISTAKES = ".mistakes.txt"


def report(ours: Record, diet: Optional[Record]) -> str:
    """Return all figures as text; no utterance is in it."""
    questions = [each for each in ours.sets.values() if each.kind is Kind.QUESTIONS]
    parts = [
        f"{ours.model}, trained on {ours.training_examples} examples. In brackets: 95 % intervals.",
        tables.of_sets(ours.sets),
    ]
    if ours.held_out:
        parts.append(tables.tallies(f"data/nlu: {ours.held_out.digest}", [("all", ours.held_out.total)]))
    if questions:
        parts += [
            tables.tallies("style", pooled_groups(each.styles for each in questions).items()),
            tables.tallies("theme", pooled_groups(each.themes for each in questions).items()),
            tables.of_confusions(ours.confusions, MOST_CONFUSIONS),
            f"Calibration error {ours.calibration_error:.3f}, area under risk and coverage {ours.area:.3f}",
        ]
    if diet:
        parts.append(document.side_by_side(ours, diet))
    return "\n\n".join(parts)


def leave(
    folder: Path, ours: Record, judged: Mapping[str, Sequence[Judged]], other: Optional[Record]
) -> Iterator[Path]:
    """Write plots and mistakes below `folder`, and give the paths; `other` is drawn beside `ours`."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"*{_MISTAKES}"):
        old.unlink()
    for name, items in judged.items():
        path = folder / f"{Path(name).stem}{_MISTAKES}"
        path.write_text(mistakes(items), encoding="utf-8")
        yield path
    beside = [other] if other and same_files(ours, other) else []
    drawn = [record for record in (ours, *beside) if record.curve]
    if drawn:
        yield from _draw(folder, drawn)


def mistakes(items: Sequence[Judged]) -> str:
    """Return a line for every utterance that was not right, the most harmful first."""
    lines = [
        f"{harm(item):.1f}\t{'|'.join(item.utterance.topics)}\t{said_instead(item)}\t{item.result.value}\t"
        f"{item.utterance.text}\n"
        for item in sorted(items, key=lambda item: -harm(item))
        if harm(item)
    ]
    return "".join(["harm\tmeant\tsaid instead\tresult\tutterance\n", *lines])


def _draw(folder: Path, drawn: Sequence[Record]) -> List[Path]:
    calibration, curve = folder / "calibration.png", folder / "risk-coverage.png"
    plots.reliability(
        calibration,
        [
            (f"{record.model}: calibration error {record.calibration_error:.3f}", record.bins)
            for record in drawn
        ],
    )
    plots.risk_coverage(
        curve,
        [(f"{record.model}: area {record.area:.3f}", record.curve) for record in drawn],
        [(record.model, *_stands(record)) for record in drawn],
    )
    return [calibration, curve]


def _stands(record: Record) -> Tuple[float, float]:
    """Return which share of single questions a bot decides at once, and which share of those decisions is wrong.

    To say that a message is outside is a decision like an answer: in the curve it is a first choice like any other.
    """
    tally = pooled(record.sets.values())
    wrong = tally.share(Result.WRONG).count + tally.share(Result.REFUSED).count
    good = sum(tally.share(result).count for result in (Result.RIGHT, Result.PARTLY, Result.OUTSIDE))
    return (wrong + good) / tally.n, wrong / (wrong + good) if wrong + good else 0.0
