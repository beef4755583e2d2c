"""What businesses answered in the survey, as the figures of leaders need it."""

from datetime import datetime
from typing import Dict, List

from sqlalchemy import select

from bot.core.case_figures import Opinion
from bot.storage.database import Database
from bot.storage.survey_tables import survey_answers


class OpinionReader:
    """Reads answers; neither cases nor who answered."""

    def __init__(self, database: Database):
        self._database = database

    def between(self, start: datetime, end: datetime) -> Dict[str, List[Opinion]]:
        """Return the answers given from `start` up to `end`, by unit, the newest first."""
        answers = survey_answers.c
        query = (
            select(answers.unit, answers.service, answers.comment)
            .where(answers.answered_at >= start, answers.answered_at < end)
            .order_by(answers.answered_at.desc())
        )
        found: Dict[str, List[Opinion]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                found.setdefault(row.unit, []).append(Opinion(row.service, row.comment))
        return found
