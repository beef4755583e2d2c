"""A model that knows the rankings of some texts, and weights to go with it."""

from bot.core.aspects import NO_ASPECT
from bot.core.deciding import FOLLOW_UP, OUTSIDE, PERSON
from bot.core.learned import Learned
from bot.core.weighing import Weights

KNOWN = {
    "hvad koster moms": [("moms", 0.97), ("skat_selvstaendig", 0.03)],
    "hvad koster det": [(FOLLOW_UP, 0.9995), ("gebyrer", 0.0005)],
    "hvor mange bilag skal jeg have": [(FOLLOW_UP, 0.9), ("bogfoering_regnskab", 0.1)],
    "er det en dyr fornøjelse": [(FOLLOW_UP, 0.4), ("gebyrer", 0.35), ("find_udbud", 0.25)],
    "borde på fortovet er det en dyr fornøjelse": [("udeservering", 0.95), ("gebyrer", 0.04)],
    "moms eller skat": [("moms", 0.5), ("skat_selvstaendig", 0.45), ("gebyrer", 0.05)],
    "hvor får jeg mit pas": [(OUTSIDE, 0.98), ("kontakt", 0.02)],
    "må vi skænke øl": [("alkoholbevilling", 0.95), ("udeservering", 0.05)],
    "og hvad så med udendørs": [("udeservering", 0.4), ("stadeplads", 0.35), ("alkoholbevilling", 0.25)],
    "må vi skænke øl og hvad så med udendørs": [("alkoholbevilling", 0.6), ("udeservering", 0.38)],
    "hvor søger vi om skilt": [("skiltning_facade", 0.98), ("vareudstilling", 0.02)],
    "må vi skænke øl og hvor søger vi om skilt": [("alkoholbevilling", 0.5), ("skiltning_facade", 0.5)],
    "øl og skilt": [("skiltning_facade", 0.55), ("alkoholbevilling", 0.43)],
    "øl": [("alkoholbevilling", 0.99), ("udeservering", 0.01)],
    "skilt": [("skiltning_facade", 0.99), ("vareudstilling", 0.01)],
    "moms eller skat hvad koster det": [("moms", 0.8), ("skat_selvstaendig", 0.2)],
    "udendørs": [("udeservering", 0.6), ("stadeplads", 0.4)],
    "hvad koster et cvr-nummer og en stadeplads": [("cvr_registrering", 0.5), ("stadeplads", 0.4)],
    "hvad koster et cvr-nummer": [("cvr_registrering", 0.99), ("gebyrer", 0.01)],
    "en stadeplads": [("stadeplads", 0.98), ("havn", 0.02)],
    "øl og skilt og moms": [("skiltning_facade", 0.5), ("alkoholbevilling", 0.4), ("moms", 0.1)],
    "skilt og moms": [("skiltning_facade", 0.5), ("moms", 0.5)],
    "moms": [("moms", 0.99), ("gebyrer", 0.01)],
    "øl og noget andet": [("alkoholbevilling", 0.8), ("moms", 0.2)],
    "noget andet": [("moms", 0.2), ("gebyrer", 0.2), (OUTSIDE, 0.6)],
    "hvad koster moms, og hvor lang tid tager det": [("moms", 0.98), ("gebyrer", 0.02)],
    "hvad koster moms, og hvad er prisen": [("moms", 0.98), ("gebyrer", 0.02)],
    "hvad koster moms, og kan jeg klage": [("moms", 0.98), ("gebyrer", 0.02)],
    "tilladelse": [("moms", 0.43), ("gebyrer", 0.2), ("havn", 0.17), ("find_udbud", 0.2)],
    "og hvad med terrassen": [("stadeplads", 0.5), ("udeservering", 0.3), ("havn", 0.2)],
    "må vi skænke øl og hvad med terrassen": [("stadeplads", 0.5), ("udeservering", 0.3), ("havn", 0.2)],
    "må vi skænke øl terrassen": [("stadeplads", 0.5), ("udeservering", 0.3), ("havn", 0.2)],
    "jeg vil tale med et menneske og hvor søger vi om skilt": [(PERSON, 0.6), ("skiltning_facade", 0.4)],
    "jeg vil tale med et menneske": [(PERSON, 0.98), ("kontakt", 0.02)],
    "skat": [("skat_selvstaendig", 0.93), ("moms", 0.07)],
    "må vi skænke øl skat": [("alkoholbevilling", 0.5), ("skat_selvstaendig", 0.5)],
    "terrassen": [("stadeplads", 0.5), ("udeservering", 0.3), ("havn", 0.2)],
    "hvor lang er klagefristen": [("klage_afgoerelse", 0.96), ("moms", 0.04)],
    "må vi skænke øl hvor lang er klagefristen": [("klage_afgoerelse", 0.6), ("alkoholbevilling", 0.4)],
    "den første": [("moms", 0.4), (OUTSIDE, 0.6)],
    "2": [],
    "begge dele": [(OUTSIDE, 0.9), ("moms", 0.1)],
}
NEARBY = {"alkoholbevilling": ("udeservering",)}
LEARNED = Learned(
    form=Weights({"second_topic": 1.0}, bias=4.0),
    pairing=Weights({"sure_first": 1.0, "sure_second": 1.0}),
    parting=Weights({"sure_first": 1.0, "sure_second": 1.0}, bias=-3.7),
    context=Weights(
        {
            "alone": 1.0,
            "together": 0.5,
            "rest": 1.0,
            "near": 1.0,
            "same_follows": 0.5,
            "same": 9.0,
            "same_side": 3.0,
        }
    ),
)


def whole(ranking):
    """Return a ranking as the model gives it, with every topic in it."""
    missing = {topic for known in KNOWN.values() for topic, _ in known} - {topic for topic, _ in ranking}
    return [*ranking, *((topic, 0.0) for topic in sorted(missing))] if ranking else []


class Model:
    """Knows the rankings of some texts; `asks_two` is no sign here, for the weights do not count it."""

    def __init__(self, known=None):
        self._known = known

    def topics(self, texts):
        return [self._known.get(text, []) if self._known else whole(KNOWN.get(text, [])) for text in texts]

    def asks_two(self, text):
        return 0.5


def aspects(text):
    return [("pris", 0.9), (NO_ASPECT, 0.1)] if "koster" in text else [(NO_ASPECT, 1.0)]
