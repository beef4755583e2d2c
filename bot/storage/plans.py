"""Plans that visitors keep by a link."""

from datetime import date, datetime
from typing import Mapping, Optional

from sqlalchemy import delete, func, insert, select, update

from bot.core.errors import NotFound
from bot.core.plans.kept import KeptPlan
from bot.storage.database import Database
from bot.storage.tables import plans


class PlanRepository:
    """Keeps plans; whoever has the link has the plan."""

    def __init__(self, database: Database):
        self._database = database

    def keep(self, kept: KeptPlan, token_hash: str, at: datetime) -> None:
        """Store a new plan."""
        with self._database.writing() as connection:
            connection.execute(
                insert(plans).values(
                    id=kept.id,
                    token_hash=token_hash,
                    plan=kept.plan,
                    answers=dict(kept.answers),
                    done=sorted(kept.done),
                    start=kept.start,
                    opening=kept.opening,
                    created_at=at,
                    last_at=at,
                )
            )

    def find(self, token_hash: str) -> KeptPlan:
        """Return the plan that a token opens; NotFound for an unknown one."""
        with self._database.reading() as connection:
            row = connection.execute(select(plans).where(plans.c.token_hash == token_hash)).one_or_none()
        if row is None:
            raise NotFound("unknown token")
        return KeptPlan(row.id, row.plan, row.answers, frozenset(row.done), row.start, row.opening)

    def touch(self, plan_id: str, at: datetime) -> None:
        """Remember that somebody looked at the plan: it is deleted after days of silence."""
        self._update(plan_id, last_at=at)

    def set_done(self, plan_id: str, step: str, done: bool, at: datetime) -> None:
        """Tick a step off, or take the tick back; NotFound when the plan was deleted meanwhile."""
        with self._database.writing() as connection:
            # Read and written in one transaction: two ticks at the same time must both stay.
            row = connection.execute(
                select(plans.c.done).where(plans.c.id == plan_id).with_for_update()
            ).one_or_none()
            if row is None:
                raise NotFound("the plan was deleted")
            ticked = {*row.done, step} if done else set(row.done) - {step}
            connection.execute(
                update(plans).where(plans.c.id == plan_id).values(done=sorted(ticked), last_at=at)
            )

    def change_answers(self, plan_id: str, answers: Mapping[str, str], at: datetime) -> None:
        """Put answers in the place of those before; NotFound when the plan was deleted meanwhile."""
        with self._database.writing() as connection:
            row = connection.execute(
                select(plans.c.answers).where(plans.c.id == plan_id).with_for_update()
            ).one_or_none()
            if row is None:
                raise NotFound("the plan was deleted")
            connection.execute(
                update(plans)
                .where(plans.c.id == plan_id)
                .values(answers={**row.answers, **answers}, last_at=at)
            )

    def set_days(self, plan_id: str, start: Optional[date], opening: Optional[date], at: datetime) -> None:
        """Keep the days that somebody wishes for; NotFound when the plan was deleted meanwhile."""
        self._update(plan_id, start=start, opening=opening, last_at=at)

    def erase(self, plan_id: str) -> None:
        """Delete a plan."""
        with self._database.writing() as connection:
            connection.execute(delete(plans).where(plans.c.id == plan_id))

    def delete_idle(self, before: datetime, most: int) -> int:
        """Delete at most `most` of the plans that nobody has looked at since `before`; return how many."""
        old = select(plans.c.id).where(plans.c.last_at < before).limit(most)
        with self._database.writing() as connection:
            return connection.execute(delete(plans).where(plans.c.id.in_(old))).rowcount

    def count_idle(self, before: datetime) -> int:
        """Return how many plans nobody has looked at since `before`."""
        query = select(func.count()).select_from(plans).where(plans.c.last_at < before)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def _update(self, plan_id: str, **values) -> None:
        with self._database.writing() as connection:
            if connection.execute(update(plans).where(plans.c.id == plan_id).values(**values)).rowcount == 0:
                raise NotFound("the plan was deleted")
