"""A small domain for the tests of the Danish pipeline, and the pipeline built from it."""

from functools import lru_cache

from bot.understanding.danish.pipeline import build_pipeline

# Twice, as a word that came once is not yet believed.
TEXTS = 2 * [
    "Hvordan søger jeg tilladelse til udeservering foran min restaurant?",
    "Må vi sætte borde og stole på fortovet, og hvad koster det?",
    "Hvad koster en byggetilladelse, og hvor lang er sagsbehandlingstiden?",
    "Jeg vil søge alkoholbevilling til min café. Hvilke regler gælder for en bevilling?",
    "Skal mit anpartsselskab registreres for moms hos Erhvervsstyrelsen?",
    "Et skilt på facaden kræver en ansøgning om skiltetilladelse.",
    "Erhvervsaffald: hvad er gebyret i fakturaen fra kassen, og hvem henter det på genbrugspladsen?",
    "En gravetilladelse skal være givet, før der graves i vejen.",
    "Fedtudskilleren skal tømmes. Er der en tømningsordning for virksomheden?",
    "Vi vil gerne byde på kommunens udbud og bruger ESPD og serviceattest.",
    "Kan jobcentret hjælpe med løntilskud til en ny medarbejder på sygedagpenge? Og får jeg dagpenge?",
    "Hvornår skal dækningsafgiften betales, og kan jeg klage?",
    "Min hjemmeside er ikke færdig, og jeg mangler NemKonto og MitID Erhverv.",
    "Brandsyn i forsamlingslokalet, og stillads på fortovet i Stengade.",
]


@lru_cache(maxsize=1)
def pipeline():
    """Return the pipeline, built once for all tests."""
    return build_pipeline(TEXTS)


def words():
    """Return the pipeline's word list."""
    return pipeline().get_pipe("danish_words").list
