"""Whether the bot still understands as well as the repository says it does."""

from fractions import Fraction
from typing import Callable, List, Mapping, NamedTuple

from bot.core.evaluation import Kind, Result
from bot.core.figures import SetFigures, Share, Tally, pooled

Sets = Mapping[str, SetFigures]
POINT = Fraction(1, 100)
# In a small set a point is less than one utterance. Two may tip over when a model is trained anew on slightly
# other examples; a third is a loss.
SPARE_UTTERANCES = 2


class Measure(NamedTuple):
    """A figure that may not get worse; `strict` ones have one point to spare whatever the size of the set."""

    name: str
    share: Callable[[Sets], Share]
    more_is_better: bool = True
    strict: bool = False


def _tally(sets: Sets, kind: Kind) -> Tally:
    return sum((each.total for each in sets.values() if each.kind is kind), Tally())


def _at_once_or_offered(sets: Sets) -> Share:
    tally = _tally(sets, Kind.EITHER)
    right, offered = tally.share(Result.RIGHT), tally.share(Result.OFFERED)
    return Share(right.count + offered.count, right.of)


MEASURES = (
    Measure("right at once", lambda sets: pooled(sets.values()).share(Result.RIGHT), strict=True),
    Measure(
        "confidently wrong",
        lambda sets: pooled(sets.values()).share(Result.WRONG),
        more_is_better=False,
        strict=True,
    ),
    Measure("outside recognised", lambda sets: pooled(sets.values()).share(Result.OUTSIDE)),
    Measure("two questions answered", lambda sets: _tally(sets, Kind.SEVERAL).share(Result.RIGHT)),
    Measure("follow-ups right", lambda sets: _tally(sets, Kind.FOLLOW_UPS).share(Result.RIGHT)),
    Measure(
        "right about another topic after a first one",
        lambda sets: _tally(sets, Kind.CONTEXT).share(Result.RIGHT),
    ),
    Measure("either of two topics answered or asked between", _at_once_or_offered),
    Measure(
        "right at once in other languages", lambda sets: _tally(sets, Kind.LANGUAGES).share(Result.RIGHT)
    ),
)


def tolerance(measure: Measure, of: int) -> Fraction:
    """Return how much worse a figure of `of` utterances may be, from 0 to 1: a point, or two utterances."""
    if measure.strict or not of:
        return POINT
    return max(POINT, Fraction(SPARE_UTTERANCES, of))


def problems(recorded: Sets, measured: Sets) -> List[str]:
    """Return why the measured figures may not pass, a sentence each; empty when they may.

    Sets that are not the recorded ones are a problem too: figures on other utterances prove nothing.
    """
    found = _changed_sets(recorded, measured)
    if not pooled(measured.values()).n:
        found.append("no single questions were measured")
    for measure in MEASURES:
        before, now = measure.share(recorded), measure.share(measured)
        loss = before.exact - now.exact if measure.more_is_better else now.exact - before.exact
        spare = tolerance(measure, now.of)
        if loss > spare:
            found.append(
                f"{measure.name}: {_percent(now)}, recorded {_percent(before)}; {float(spare):.1%} are to spare"
            )
    return found


def _changed_sets(recorded: Sets, measured: Sets) -> List[str]:
    found = []
    for name in sorted({*recorded, *measured}):
        if name not in measured:
            found.append(f"{name} is recorded, but was not measured")
        elif name not in recorded:
            found.append(f"{name} was measured, but is not recorded")
        elif recorded[name].digest != measured[name].digest:
            found.append(f"{name} has changed since its figures were recorded")
    return found


def _percent(share: Share) -> str:
    return f"{float(share.exact):.1%} ({share.count} of {share.of})"
