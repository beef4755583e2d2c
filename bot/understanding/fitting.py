"""Fits how much each sign counts (bot/core/weighing.py) on the exchanges and double questions of data/calibration."""

from typing import Callable, Dict, List, Mapping, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.core.calibration import Calibration, Exchange, Several
from bot.core.context import Before, Rankings, is_elliptic, rest_of, signs
from bot.core.parting import Model, Parter
from bot.core.questions import ways
from bot.core.understanding import Learned
from bot.core.weighing import Signs, Weights

# Keeps the weights small: there are some hundred messages and a dozen signs. In five folds of the exchanges the log
# loss held out was 0.52 at 0.01, 0.47 at 0.001 and no less below.
_SHRINK = 0.001
_DOUBT = 0.1
_ROUNDS = 2_000
# So many messages are ranked together.
_AT_ONCE = 30


def fit(
    model: Model,
    asks_a_side: Callable[[str], float],
    related: Mapping[str, Sequence[str]],
    calibration: Calibration,
) -> Learned:
    """Return the weights that tell best what was meant.

    Args:
        model: the trained model.
        asks_a_side: how likely a text asks for a side of something, from 0 to 1.
        related: each topic's neighbours.
        calibration: messages of which it is known what was meant.
    """
    form, parting = _fit_parting(Parter(model, related), model, calibration.several)
    return Learned(form, parting, _fit_context(model, asks_a_side, related, calibration.exchanges))


def _fit_parting(parter: Parter, model: Model, several: Sequence[Several]) -> Tuple[Weights, Weights]:
    forms: List[Signs] = []
    asks_two: List[bool] = []
    found: List[Signs] = []
    right: List[bool] = []
    for number, item in enumerate(several):
        if number % _AT_ONCE == 0:
            _rank_ahead(model, several[number : number + _AT_ONCE])
        (whole,) = model.topics([item.text])
        forms.append(parter.form_signs(item.text, whole))
        asks_two.append(len(item.topics) > 1)
        for parted in parter.partings(item.text, whole):
            found.append(parter.signs(item.text, parted))
            right.append(set(parted.topics) == set(item.topics))
    return _logistic(forms, asks_two), _logistic(found, right)


def _rank_ahead(model: Model, several: Sequence[Several]) -> None:
    """Rank messages and their parts together: a hundred texts at once take a third of the time, and are remembered."""
    texts = [item.text for item in several]
    model.topics([*texts, *(part for text in texts for way in ways(text) for part in way[:2])])


def _logistic(found: Sequence[Signs], right: Sequence[bool]) -> Weights:
    names = list(found[0])
    table = np.array([[signs[name] for name in names] for signs in found])
    scale = StandardScaler().fit(table)
    model = LogisticRegression(C=_DOUBT, max_iter=_ROUNDS).fit(scale.transform(table), right)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - weights @ scale.mean_)
    return Weights({name: float(weight) for name, weight in zip(names, weights)}, bias)


def _fit_context(
    model: Model,
    asks_a_side: Callable[[str], float],
    related: Mapping[str, Sequence[str]],
    exchanges: Sequence[Exchange],
) -> Weights:
    options: List[Dict[str, Signs]] = []
    right: List[str] = []
    for item in exchanges:
        rest = rest_of(item.second)
        ranked = model.topics([item.second, f"{item.first} {item.second}", *([rest] if rest else [])])
        rankings = Rankings(ranked[0], ranked[1], ranked[2] if rest else None)
        if is_elliptic(item.second) and rankings.alone:
            before = Before(item.topic, item.first)
            options.append(signs(item.second, rankings, before, related, asks_a_side(item.second)))
            right.append(item.turns_to)
    names = sorted({name for each in options for one in each.values() for name in one})
    tables = [np.array([[one.get(name, 0.0) for name in names] for one in each.values()]) for each in options]
    places = [list(each).index(topic) for each, topic in zip(options, right)]

    def loss(weights: np.ndarray) -> float:
        losses = [-log_softmax(table @ weights)[place] for table, place in zip(tables, places)]
        return float(np.mean(losses) + _SHRINK * weights @ weights)

    best = minimize(loss, np.ones(len(names)) / 2, method="L-BFGS-B").x
    return Weights({name: float(weight) for name, weight in zip(names, best)})
