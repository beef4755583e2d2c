"""Figures as tables that read well in a terminal and are Markdown too."""

from typing import Iterable, List, Mapping, Sequence, Tuple

from bot.core.evaluation import Result
from bot.core.figures import Confusion, SetFigures, Share, Tally, pooled

COLUMNS = tuple(result for result in Result)


def cell(share: Share) -> str:
    """Return a share in per cent with its 95 % interval; a dash where there was nothing to count."""
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{float(share.exact):.1%} ({low * 100:.0f}-{high * 100:.0f})"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table; the first row is the head, and all columns but the first are set to the right."""
    widths = [max(2, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        f"| {' | '.join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])} |"
        for row in (rows[0], rule, *rows[1:])
    )


def tallies(label: str, groups: Iterable[Tuple[str, Tally]]) -> str:
    """Return a row of shares for every group; results that occur in none have no column."""
    found = list(groups)
    shown = [
        result
        for result in COLUMNS
        if any(tally.share(result).count for _, tally in found) or result in (Result.RIGHT, Result.WRONG)
    ]
    rows = [[label, "n", *(result.value for result in shown)]]
    rows += [[name, str(tally.n), *(cell(tally.share(result)) for result in shown)] for name, tally in found]
    return table(rows)


def of_sets(sets: Mapping[str, SetFigures]) -> str:
    """Return a row for every set, and one for all single questions in Danish."""
    groups = [(f"{name}: {figures.kind.value}", figures.total) for name, figures in sets.items()]
    return tallies("set", [*groups, ("all questions in Danish", pooled(sets.values()))])


def of_confusions(found: Sequence[Confusion], most: int) -> str:
    """Return the most harmful confusions, with what came of each."""
    rows: List[List[str]] = [["meant", "said instead", "harm", "times"]]
    rows += [
        [
            each.meant.replace("|", "/"),
            each.said,
            f"{each.harm:.1f}",
            ", ".join(
                f"{count} {result.value}" for result, count in sorted(each.results.items(), key=_first)
            ),
        ]
        for each in found[:most]
    ]
    return table(rows)


def _first(entry: Tuple[Result, int]) -> int:
    return COLUMNS.index(entry[0])
