"""Fits how much each sign counts (bot/core/weighing.py) on the exchanges and double questions of data/calibration."""

from typing import Callable, Collection, Dict, List, Mapping, Protocol, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.core.calibration import Calibration, Exchange, Several
from bot.core.context import Before, Rankings, may_lean, signs, texts_of
from bot.core.learned import Known, Learned
from bot.core.parting import WORTH_PARTING, Model, Parter, Ranking
from bot.core.questions import ways
from bot.core.weighing import Signs, Weights

# Keeps the weights small: there are some hundred messages and a dozen signs. In five folds of the exchanges the log
# loss held out was 0.403 at 0.001, 0.400 at 0.0003 and no less below.
_SHRINK = 0.0003
# For the ways to part a message: in ten folds the right one was likeliest in 93.5 % at 0.003, 93.7 % at 0.03.
_SHRINK_PAIRING = 0.03
_DOUBT = 0.1
_ROUNDS = 2_000


class Ranks(Model, Protocol):
    """A model that many texts can be ranked with at once."""

    def rank_ahead(self, texts: Sequence[str]) -> None:
        """Rank texts before they are asked for, and remember all of them."""


def known_ahead(known: Known, calibration: Calibration) -> List[str]:
    """Return texts that `fit` will ask about, those that can be told before anything is learned."""
    exchanged = [text for item in calibration.exchanges for text in _texts(item, known)]
    return list(dict.fromkeys([*(item.text for item in calibration.several), *exchanged]))


def fit(
    model: Ranks,
    asks_a_side: Callable[[str], float],
    known: Known,
    calibration: Calibration,
) -> Learned:
    """Return the weights that tell best what was meant.

    Args:
        model: the trained model.
        asks_a_side: how likely a text asks for a side of something, from 0 to 1.
        known: what the answers say of the topics.
        calibration: messages of which it is known what was meant.
    """
    parter = Parter(model, known.related, asks_a_side)
    form, pairing, parting = _fit_parting(parter, model, calibration.several)
    return Learned(form, pairing, parting, _fit_context(model, asks_a_side, known, calibration.exchanges))


def _fit_parting(
    parter: Parter, model: Ranks, several: Sequence[Several]
) -> Tuple[Weights, Weights, Weights]:
    """Return the weights of a message's form, of the ways to part it, and of the likeliest way being right."""
    model.rank_ahead([item.text for item in several])
    wholes = model.topics([item.text for item in several])
    forms = [parter.form_signs(item.text, whole) for item, whole in zip(several, wholes)]
    form = _logistic(forms, [len(item.topics) > 1 for item in several])
    # As in the running bot: no way is tried to part what looks like one question.
    tried = [
        (item, whole)
        for item, whole, signs_of_one in zip(several, wholes, forms)
        if form.probability(signs_of_one) >= WORTH_PARTING
    ]
    model.rank_ahead([part for item, _ in tried for way in ways(item.text) for part in way[:2]])
    pairing = _fit_pairing(parter, tried)
    likeliest = [(item, parter.likeliest(item.text, whole, pairing)) for item, whole in tried]
    found = [(item, *best) for item, best in likeliest if best]
    right = [set(parted.topics) == set(item.topics) for item, parted, _ in found]
    return form, pairing, _logistic([signs for _, _, signs in found], right)


def _fit_pairing(parter: Parter, tried: Sequence[Tuple[Several, Ranking]]) -> Weights:
    """Return the weights by which a way to the two topics asked about is likeliest."""
    options: List[Dict[str, Signs]] = []
    right: List[List[str]] = []
    for item, whole in tried:
        if len(item.topics) > 1:
            partings = parter.partings(item.text, whole)
            known = [set(parted.topics) == set(item.topics) for parted in partings]
            if any(known):
                options.append(
                    {str(number): parter.signs(item.text, parted) for number, parted in enumerate(partings)}
                )
                right.append([str(number) for number, is_right in enumerate(known) if is_right])
    return _likeliest_choice(options, right, _SHRINK_PAIRING)


def _logistic(found: Sequence[Signs], right: Sequence[bool]) -> Weights:
    names = list(found[0])
    table = np.array([[signs[name] for name in names] for signs in found])
    scale = StandardScaler().fit(table)
    model = LogisticRegression(C=_DOUBT, max_iter=_ROUNDS).fit(scale.transform(table), right)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - weights @ scale.mean_)
    return Weights({name: float(weight) for name, weight in zip(names, weights)}, bias)


def _fit_context(
    model: Ranks,
    asks_a_side: Callable[[str], float],
    known: Known,
    exchanges: Sequence[Exchange],
) -> Weights:
    texts = [_texts(item, known) for item in exchanges]
    model.rank_ahead([text for some in texts for text in some])
    options: List[Dict[str, Signs]] = []
    right: List[List[str]] = []
    for item, some in zip(exchanges, texts):
        rankings = Rankings(*model.topics(some))
        if rankings.alone and may_lean(item.second, rankings.alone):
            before = Before(item.topic, item.first)
            options.append(signs(item.second, rankings, before, known.related, asks_a_side(item.second)))
            right.append([item.turns_to])
    return _likeliest_choice(options, right, _SHRINK)


def _texts(item: Exchange, known: Known) -> List[str]:
    return texts_of(item.second, Before(item.topic, item.first), known.titles)


def _likeliest_choice(
    options: Sequence[Mapping[str, Signs]], right: Sequence[Collection[str]], shrink: float
) -> Weights:
    """Return the weights by which a right one of each set of options is likeliest."""
    names = sorted({name for each in options for one in each.values() for name in one})
    most = max(len(each) for each in options)
    table = np.zeros((len(options), most, len(names)))
    missing = np.zeros((len(options), most))
    wrong = np.full((len(options), most), -np.inf)
    for row, each in enumerate(options):
        for place, (option, one) in enumerate(each.items()):
            table[row, place] = [one.get(name, 0.0) for name in names]
            wrong[row, place] = 0.0 if option in right[row] else -np.inf
        missing[row, len(each) :] = -np.inf

    def loss(weights: np.ndarray) -> Tuple[float, np.ndarray]:
        """Return the mean log loss and which way it rises."""
        shares = log_softmax(table @ weights + missing, axis=1)
        of_right = logsumexp(shares + wrong, axis=1)
        wanted = np.exp(shares + wrong - of_right[:, None])
        rises = np.einsum("eo,eos->s", np.exp(shares) - wanted, table) / len(options)
        return float(shrink * weights @ weights - of_right.mean()), rises + 2 * shrink * weights

    best = minimize(loss, np.ones(len(names)) / 2, method="L-BFGS-B", jac=True).x
    return Weights({name: float(weight) for name, weight in zip(names, best)})
