"""Fits how much each sign counts (bot/core/weighing.py) on the exchanges and double questions of data/calibration."""

from typing import Callable, Dict, Iterable, List, Mapping, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.core.calibration import Calibration, Exchange, Several
from bot.core.context import Before, Rankings, is_elliptic, rest_of, signs
from bot.core.parting import Parter, Rank, Ranking, form_signs
from bot.core.questions import ways
from bot.core.understanding import Learned
from bot.core.weighing import Signs, Weights

# Keeps the weights small: there are some hundred messages and a dozen signs.
_SHRINK = 0.01
_DOUBT = 0.3
_ROUNDS = 2_000
_TOGETHER = 32


def fit(
    rank: Rank,
    asks_a_side: Callable[[str], float],
    related: Mapping[str, Sequence[str]],
    calibration: Calibration,
) -> Learned:
    """Return the weights that tell best what was meant.

    Args:
        rank: the trained model's ranking of topics.
        asks_a_side: how likely a text asks for a side of something, from 0 to 1.
        related: each topic's neighbours.
        calibration: messages of which it is known what was meant.
    """
    context = _fit_context(rank, asks_a_side, related, calibration.exchanges)
    parts = [part for item in calibration.several for way in ways(item.text) for part in way[:2]]
    ranked = _ranked(rank, asks_a_side, [*(item.text for item in calibration.several), *parts])
    parter = Parter(ranked.rankings, ranked.asks_a_side, related, context)
    form, parting = _fit_parting(parter, ranked, calibration.several)
    return Learned(form, parting, context)


def _fit_parting(parter: Parter, ranked: "_Ranked", several: Sequence[Several]) -> Tuple[Weights, Weights]:
    forms: List[Signs] = []
    asks_two: List[bool] = []
    found: List[Signs] = []
    right: List[bool] = []
    for item in several:
        (whole,) = ranked.rankings([item.text])
        forms.append(form_signs(item.text, whole))
        asks_two.append(len(item.topics) > 1)
        for parted in parter.partings(item.text, whole):
            found.append(parter.signs(item.text, parted))
            right.append(set(parted.topics) == set(item.topics))
    return _logistic(forms, asks_two), _logistic(found, right)


class _Ranked:
    """What the model makes of texts that are asked about again and again: most of the time goes there."""

    def __init__(self, rank: Rank, asks_a_side: Callable[[str], float]):
        self._rank = rank
        self._asks_a_side = asks_a_side
        self._known: Dict[str, Tuple[Ranking, float]] = {}

    def rankings(self, texts: Sequence[str]) -> List[Ranking]:
        """Return the topics' ranking of each text."""
        return [self._found(text)[0] for text in texts]

    def asks_a_side(self, text: str) -> float:
        """Return how likely a text asks for a side of something, from 0 to 1."""
        return self._found(text)[1]

    def learn(self, texts: Sequence[str]) -> None:
        """Rank texts together: of like length it takes a third of the time."""
        self._known.update(zip(texts, zip(self._rank(texts), map(self._asks_a_side, texts))))

    def _found(self, text: str) -> Tuple[Ranking, float]:
        if text not in self._known:
            self.learn([text])
        return self._known[text]


def _ranked(rank: Rank, asks_a_side: Callable[[str], float], texts: Iterable[str]) -> _Ranked:
    ordered = sorted(set(texts), key=len)
    found = _Ranked(rank, asks_a_side)
    for start in range(0, len(ordered), _TOGETHER):
        found.learn(ordered[start : start + _TOGETHER])
    return found


def _logistic(found: Sequence[Signs], right: Sequence[bool]) -> Weights:
    names = list(found[0])
    table = np.array([[signs[name] for name in names] for signs in found])
    scale = StandardScaler().fit(table)
    model = LogisticRegression(C=_DOUBT, max_iter=_ROUNDS).fit(scale.transform(table), right)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - weights @ scale.mean_)
    return Weights({name: float(weight) for name, weight in zip(names, weights)}, bias)


def _fit_context(
    rank: Rank,
    asks_a_side: Callable[[str], float],
    related: Mapping[str, Sequence[str]],
    exchanges: Sequence[Exchange],
) -> Weights:
    rests = {item.second: rest_of(item.second) for item in exchanges}
    together = {item: f"{item.first} {item.second}" for item in exchanges}
    texts = [*rests, *together.values(), *(rest for rest in rests.values() if rest)]
    ranked = _ranked(rank, asks_a_side, texts)
    options: List[Dict[str, Signs]] = []
    right: List[str] = []
    for item in exchanges:
        rest = rests[item.second]
        alone, both = ranked.rankings([item.second, together[item]])
        rankings = Rankings(alone, both, ranked.rankings([rest])[0] if rest else None)
        if is_elliptic(item.second) and rankings.alone:
            before = Before(item.topic, item.first)
            options.append(signs(item.second, rankings, before, related, ranked.asks_a_side(item.second)))
            right.append(item.turns_to)
    names = sorted({name for each in options for one in each.values() for name in one})
    tables = [np.array([[one.get(name, 0.0) for name in names] for one in each.values()]) for each in options]
    places = [list(each).index(topic) for each, topic in zip(options, right)]

    def loss(weights: np.ndarray) -> float:
        losses = [-log_softmax(table @ weights)[place] for table, place in zip(tables, places)]
        return float(np.mean(losses) + _SHRINK * weights @ weights)

    best = minimize(loss, np.ones(len(names)) / 2, method="L-BFGS-B").x
    return Weights({name: float(weight) for name, weight in zip(names, best)})
