"""The figures that the repository keeps: docs/figures/*.json, counts only, no utterances."""

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from bot.core import reliability
from bot.core.evaluation import Judged, Kind, Result
from bot.core.figures import Confusion, SetFigures, Tally, confusions
from bot.core.reliability import Bin, Point

FIGURES = Path("docs/figures")
UNDERSTANDING = FIGURES / "understanding.json"
DIET = FIGURES / "diet.json"
MOST_CONFUSIONS = 30
# Lists of figures, and the counts of one tally, which json would spread over a line each.
_SMALL = re.compile(r"\[[\s\d.,-]+\]|\{(?:[^{}\[\]]|\{[^{}\[\]]*\})*\}")


@dataclass(frozen=True)
class Record:
    """What was measured of one model on one day.

    `held_out` are the figures of cross-validation, None where it was left out.
    """

    model: str
    day: date
    training_examples: int
    sets: Mapping[str, SetFigures]
    held_out: Optional[SetFigures]
    bins: Sequence[Bin]
    curve: Sequence[Point]
    area: float
    confusions: Sequence[Confusion]

    @property
    def calibration_error(self) -> float:
        """Return the expected calibration error, from 0 to 1."""
        return reliability.calibration_error(self.bins)


def same_files(one: Record, other: Record) -> bool:
    """Tell whether two records were measured on the same utterances."""
    digests = [{name: each.digest for name, each in record.sets.items()} for record in (one, other)]
    return digests[0] == digests[1]


def make(
    model: str,
    day: date,
    training_examples: int,
    sets: Mapping[str, Tuple[SetFigures, Sequence[Judged]]],
    held_out: Optional[SetFigures],
) -> Record:
    """Put a record together; calibration and confusions are those of the single questions in Danish."""
    items = [item for figures, found in sets.values() if figures.kind is Kind.QUESTIONS for item in found]
    samples = [sample(item) for item in items]
    curve = reliability.risk_coverage(samples)
    return Record(
        model,
        day,
        training_examples,
        {name: figures for name, (figures, _) in sets.items()},
        held_out,
        reliability.bins(samples),
        reliability.thinned(curve),
        reliability.area_under(curve),
        confusions(items),
    )


def sample(item: Judged) -> reliability.Sample:
    """Return the probability of the first choice and whether it was right; what has no ranking is sure to be wrong."""
    if not item.reaction.ranking:
        return 0.0, False
    topic, confidence = item.reaction.ranking[0]
    # Probabilities in 32 bits add up to a trifle more than 1.
    return min(1.0, confidence), topic in item.utterance.topics


def write(path: Path, record: Record) -> None:
    """Write a record, so that two measurements of the same model are the same bytes."""
    content = {
        "model": record.model,
        "date": record.day.isoformat(),
        "training_examples": record.training_examples,
        "sets": {name: _set_json(figures) for name, figures in record.sets.items()},
        "cross_validation": _set_json(record.held_out) if record.held_out else None,
        "calibration_error": round(record.calibration_error, 4),
        "area_under_risk_coverage": round(record.area, 4),
        "bins": [{**asdict(each), "confidence": round(each.confidence, 4)} for each in record.bins],
        "risk_coverage": [[round(value, 4) for value in point] for point in record.curve],
        "confusions": [
            [each.meant, each.said, round(each.harm, 1), _counter_json(each.results)]
            for each in record.confusions[:MOST_CONFUSIONS]
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(_SMALL.sub(_on_one_line, text) + "\n", encoding="utf-8")


def read(path: Path) -> Optional[Record]:
    """Return the record in a file, None when there is no file yet."""
    if not path.is_file():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    held_out = content["cross_validation"]
    return Record(
        content["model"],
        date.fromisoformat(content["date"]),
        content["training_examples"],
        {name: _set(found) for name, found in content["sets"].items()},
        _set(held_out) if held_out else None,
        [Bin(**each) for each in content["bins"]],
        [Point(*point) for point in content["risk_coverage"]],
        content["area_under_risk_coverage"],
        [
            Confusion(meant, said, harm, _counter(results))
            for meant, said, harm, results in content["confusions"]
        ],
    )


def _on_one_line(found: "re.Match[str]") -> str:
    return (
        " ".join(found.group().split())
        .replace("[ ", "[")
        .replace(" ]", "]")
        .replace("{ ", "{")
        .replace(" }", "}")
    )


def _set_json(figures: SetFigures) -> Dict[str, Any]:
    return {
        "kind": figures.kind.name.lower(),
        "digest": figures.digest,
        "total": _tally_json(figures.total),
        "styles": {name: _tally_json(tally) for name, tally in figures.styles.items()},
        "themes": {name: _tally_json(tally) for name, tally in figures.themes.items()},
    }


def _set(content: Mapping[str, Any]) -> SetFigures:
    groups: List[Dict[str, Tally]] = [
        {name: _tally(found) for name, found in content[group].items()} for group in ("styles", "themes")
    ]
    return SetFigures(Kind[content["kind"].upper()], content["digest"], _tally(content["total"]), *groups)


def _tally_json(tally: Tally) -> Dict[str, Any]:
    return {
        "n": tally.n,
        "questions": _counter_json(tally.questions),
        "outside": _counter_json(tally.outside),
    }


def _tally(content: Mapping[str, Any]) -> Tally:
    return Tally(_counter(content["questions"]), _counter(content["outside"]))


def _counter_json(counter: Mapping[Result, int]) -> Dict[str, int]:
    """Return the counts in the order of Result; what never happened is left out."""
    return {result.name.lower(): counter[result] for result in Result if counter.get(result)}


def _counter(content: Mapping[str, int]) -> Counter:
    return Counter({Result[name.upper()]: count for name, count in content.items()})
