"""Writes the recorded figures into docs/understanding.md, between two marks, so that text and figures cannot drift."""

from pathlib import Path
from typing import Callable, List, Optional, Tuple

from bot.core.evaluation import Kind, Result
from bot.core.figures import Share, Tally, pooled, pooled_groups
from bot.measuring import tables
from bot.measuring.records import Record, same_files

DOCUMENT = Path("docs/understanding.md")
BEGIN = "<!-- figures: written by `make eval RECORD=1`; change nothing by hand -->"
END = "<!-- end of figures -->"
MOST_CONFUSIONS = 15
NOTHING = "Nothing is recorded yet."


def rewrite(path: Path, ours: Optional[Record], diet: Optional[Record]) -> None:
    """Put the figures into the document in the place of those that stand there."""
    path.write_text(with_figures(path.read_text(encoding="utf-8"), ours, diet), encoding="utf-8")


def with_figures(text: str, ours: Optional[Record], diet: Optional[Record]) -> str:
    """Return the document's text with the figures between the marks.

    Raises:
        ValueError: one of the marks is missing, or they stand the wrong way round.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the marks {BEGIN!r} and {END!r} are not both there, in this order")
    return f"{before}{BEGIN}\n\n{figures(ours, diet)}\n\n{END}{after}"


def figures(ours: Optional[Record], diet: Optional[Record]) -> str:
    """Return all tables."""
    if not ours:
        return NOTHING
    questions = [each for each in ours.sets.values() if each.kind is Kind.QUESTIONS]
    parts = [
        f"Measured on {ours.day.isoformat()}, trained on {ours.training_examples} examples.",
        tables.of_sets(ours.sets),
        "### By style",
        tables.tallies("style", pooled_groups(each.styles for each in questions).items()),
        "### By theme",
        tables.tallies("theme", pooled_groups(each.themes for each in questions).items()),
        "### The most harmful confusions",
        tables.of_confusions(ours.confusions, MOST_CONFUSIONS),
    ]
    if ours.held_out:
        parts += [
            f"### Held-out training examples: {ours.held_out.digest}",
            tables.tallies("theme", [("all", ours.held_out.total), *ours.held_out.themes.items()]),
        ]
    parts += ["### Beside Rasa's default pipeline", side_by_side(ours, diet)]
    return "\n\n".join(parts)


# What the comparison shows of a record.
Row = Tuple[str, Callable[[Record], str]]


def side_by_side(ours: Record, diet: Optional[Record]) -> str:
    """Return both models' figures in two columns, or why there are none."""
    if not diet:
        return "Not recorded yet: `make eval-diet` trains Rasa's default pipeline, measures and records it."
    if not same_files(ours, diet):
        return "Rasa's default pipeline was measured on other files: run `make eval-diet` again."
    rows: List[Row] = [
        ("measured on", lambda record: record.day.isoformat()),
        ("training examples", lambda record: str(record.training_examples)),
        *(
            (f"{result.value}", lambda record, result=result: tables.cell(_all(record).share(result)))
            for result in Result
        ),
        *(_style_row(style) for style in _styles(ours)),
        *(_kind_row(kind) for kind in Kind if kind is not Kind.QUESTIONS),
        ("calibration error", lambda record: f"{record.calibration_error:.3f}"),
        ("area under risk and coverage", lambda record: f"{record.area:.3f}"),
    ]
    head = ["", ours.model, diet.model]
    return tables.table([head, *([name, show(ours), show(diet)] for name, show in rows)])


def _all(record: Record) -> Tally:
    return pooled(record.sets.values())


def _styles(record: Record) -> List[str]:
    return [style for style, tally in _by_style(record).items() if tally.questions]


def _by_style(record: Record) -> dict:
    return pooled_groups(each.styles for each in record.sets.values() if each.kind is Kind.QUESTIONS)


def _style_row(style: str) -> Row:
    return (
        f"right at once, style {style}",
        lambda record: tables.cell(_by_style(record).get(style, Tally()).share(Result.RIGHT)),
    )


def _kind_row(kind: Kind) -> Row:
    def show(record: Record) -> str:
        tally = sum((each.total for each in record.sets.values() if each.kind is kind), Tally())
        right, offered = tally.share(Result.RIGHT), tally.share(Result.OFFERED)
        # Where two topics are equally right, asking between them is as good as an answer.
        both = Share(right.count + offered.count, right.of)
        return tables.cell(both if kind is Kind.EITHER else right)

    return f"right: {kind.value}", show
