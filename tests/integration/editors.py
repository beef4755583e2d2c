"""One running process, and what editors do through it."""

from bot.content.topic_fields import fields_of, text_with
from bot.content.topic_texts import TopicTexts
from bot.core.editorial import Editorial
from bot.core.published import PublishedTopics
from bot.storage.editorial import EditorialRepository
from tests.conftest import ROOT

TOPIC = "selskabskapital"
WHY = "Loven er ændret"


class House:
    """One running process: its topics, and what editors do through it."""

    def __init__(self, database, content, clock):
        self.topics = PublishedTopics(content.knowledge.topics)
        self.texts = TopicTexts(ROOT, "helsingor", content.topic_reader)
        self.editorial = Editorial(EditorialRepository(database), self.texts, self.topics, clock)

    def with_title(self, title, topic=TOPIC):
        """Return the topic's file with another title."""
        text = self.editorial.text(topic)
        return text_with(text, {**fields_of(text), "title": title})
