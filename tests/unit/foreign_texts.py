"""Messages in other languages than Danish, and Danish ones that look like them: what the detector is tried on.

The lines lie in tests/unit/texts, a file for each language. Sixty of each: permits, taxes, starting, tenders, hours;
long and short, with the slips of people in a hurry.
"""

from pathlib import Path
from typing import List

_FOLDER = Path(__file__).parent / "texts"


def _lines(name: str) -> List[str]:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


FOREIGN = {language: _lines(language) for language in ("en", "sv", "nb", "de")}
# Danish with loan words, trade names, slips and dialect, keywords, and what is no language at all.
DANISH = _lines("danish")
# Languages that the bot has no sentence in.
OTHER = _lines("other")
