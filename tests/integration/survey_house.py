"""The survey over one database, for tests of its storage."""

from sqlalchemy import select

from bot.bootstrap import DENMARK, SystemChance, load_holidays
from bot.core.cases import Contact
from bot.core.casework import Casework
from bot.core.staff import StaffRole
from bot.core.survey_links import LinkSigner
from bot.core.survey_service import Surveys
from bot.core.surveys import SurveyRules
from bot.core.visitor_acts import VisitorActs
from bot.notify.case_mails import CaseLifeMails
from bot.notify.surveys import SurveyMessages
from bot.notify.texts import MailTexts
from bot.storage import survey_tables as tables
from bot.storage.cases import CaseRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.survey_figures import SurveyFigures
from bot.storage.surveys import SurveyRepository
from bot.storage.tables import outbox as outbox_table

ANNA = Contact(name="Anna", cvr="10150817", email="anna@firma.dk", phone="20304050")


class SurveyHouse:
    """The survey over one database, with a case that can be closed."""

    def __init__(self, database, clock, staff, content, root, new_case):
        self.database, self.clock = database, clock
        texts = MailTexts(root / "data/mails", "x.dk", content.municipality.name)
        self.figures = SurveyFigures(database)
        self.signer = LinkSigner(b"a secret of more than sixteen bytes")
        self.surveys = Surveys(
            SurveyRepository(database),
            self.figures,
            SurveyMessages(texts, content.units, "https://genvej.helsingor.dk", "https://konsol.x.dk"),
            staff,
            content.units,
            self.signer,
            SurveyRules(DENMARK),
            load_holidays(),
            clock,
            SystemChance(),
        )
        self.cases = CaseRepository(database, [self.surveys.watch])
        self.outbox = OutboxRepository(database)
        self.mette = staff.add("mette", "Mette", StaffRole.LEADER, ("bevilling",), "x", "mette@x.dk")
        self.admin = staff.add("admin", "Admin", StaffRole.ADMIN, (), "x")
        mails = CaseLifeMails(texts, content.units, content.municipality, staff, "https://konsol.x.dk")
        self.casework = Casework(self.cases, clock, load_holidays(), content.units, mails)
        self.visitor = VisitorActs(self.cases, clock, load_holidays(), content.units, mails, staff)
        self.new_case = new_case

    def claimed(self, number=1, contact=ANNA, unit="bevilling"):
        """Open and claim a case."""
        case = self.new_case(number, contact=contact, created_at=self.clock(), unit=unit)
        self.cases.open(case, [], None)
        self.casework.claim(self.admin, case)
        return self.cases.get(case.id)

    def close(self, number=1, contact=ANNA, unit="bevilling"):
        """Open, claim and close a case."""
        return self.end(self.claimed(number, contact, unit))

    def end(self, case):
        """Close a claimed case."""
        self.casework.close(self.admin, case, "answered", "")
        return self.cases.get(case.id)

    def rows(self, table):
        with self.database.reading() as connection:
            return connection.execute(select(table).order_by(*table.primary_key.columns)).all()

    def waiting(self):
        return [row for row in self.rows(outbox_table) if row.state == "waiting"]

    def invitation(self):
        """Return the newest invitation, as its link opens it."""
        with self.database.reading() as connection:
            row = connection.execute(
                select(tables.survey_invitations.c.token_hash).order_by(
                    tables.survey_invitations.c.created_at.desc()
                )
            ).first()
        return SurveyRepository(self.database).find(row.token_hash)

    def deliver(self):
        """Let everything that waits be accepted."""
        for item in self.outbox.due(self.clock()):
            self.outbox.claim(item, self.clock())
            self.outbox.sent(item, self.clock())
