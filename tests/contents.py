"""What data/ holds for every municipality, read once for all tests that walk through it."""

from bot.content.loading import load
from bot.content.municipalities import municipalities
from tests.conftest import ROOT

# A municipality with a mistake is refused here, with file, line and reason.
CONTENTS = {name: load(ROOT, name) for name in municipalities(ROOT)}
TOPICS = [(name, topic) for name, content in CONTENTS.items() for topic in content.knowledge.topics]
