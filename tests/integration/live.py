"""Words for the tests that talk with the whole bot."""

from sqlalchemy import func, select

from bot.storage.tables import cases

SECRET = "rabarberkvarter"
PERSON = "/tal_med_medarbejder"


def last(replies):
    return replies[-1]


def payloads(message):
    return [choice["payload"] for choice in message["choices"]]


def said(replies):
    return "\n".join(message["text"] for message in replies)


def stored_cases(services):
    with services.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(cases)).scalar_one()


def begin_form(visitor):
    """Ask for a person; return what the form says first."""
    replies = visitor.say("Jeg vil gerne tale med en medarbejder")
    assert replies[0]["topic"] == "tal_med_medarbejder"
    assert "Hvad drejer det sig om?" in said(replies)
    return replies
