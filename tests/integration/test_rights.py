"""What is held about one person is found whole, handed out without anybody else's, and deleted without a trace."""

import hashlib
import json
from datetime import timedelta

import pytest
import sqlalchemy
from sqlalchemy import text as sql

from bot.core.audit import AuditEntry, AuditKind, seen_by
from bot.core.cases import CaseState, Contact
from bot.core.conversations import Conversation, Reply, Role, Turn
from bot.core.errors import InvalidInput, NotAllowed
from bot.core.mails import Mail, TextMessage
from bot.core.plans.kept import KeptPlan
from bot.core.rights import Bar, RightsDesk
from bot.core.staff import StaffRole
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.outbox import OutboxRepository
from bot.storage.plans import PlanRepository
from bot.storage.rights import RightsRepository
from bot.storage.rights_tables import audit_log, case_figures
from bot.storage.tracker import TrackerMemory

# Everything that was planted about Anna has this in it; nothing about anybody else has.
ANNA, JOHANNA = "anna@firma.dk", "johanna@firma.dk"
PLANTED = "Plantet"
TOKEN = "plantet-noegle-der-er-lang-nok-til-et-link"


@pytest.fixture
def admin(staff):
    return staff.add("admin", "Administrator", StaffRole.ADMIN, (), "x")


@pytest.fixture
def tracker(tmp_path):
    """Rasa's memory, in a database of its own."""
    found = Database(f"sqlite:///{tmp_path / 'tracker.db'}")
    with found.writing() as connection:
        connection.execute(sql("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
    yield found
    found.close()


@pytest.fixture
def desk(database, tracker, clock):
    return RightsDesk(RightsRepository(database, TrackerMemory(tracker)), AuditRepository(database), clock)


@pytest.fixture
def plant(database, conversations, cases, new_case, clock, tracker):
    """Store everything that can be held about somebody: a talk with and one without a case, a case, mails, a plan."""

    def store(number, email, word, phone="", state=CaseState.CLOSED):
        for talk in (f"talk{number}", f"other{number}"):
            conversation = Conversation(talk, f"https://x.dk/{word}", clock(), clock())
            conversations.open(conversation, f"hash of {talk}", [Reply(Role.BOT, f"Hej {word}")])
            said = f"Jeg hedder {word}, skriv til {email.upper()}"
            conversations.add_visitor_message(talk, said, f"{word}{talk}", clock())
            conversations.give_feedback(talk, 1, True, f"{word} kommentar")
            with tracker.writing() as connection:
                insert = sql("INSERT INTO events (sender_id, data) VALUES (:talk, :data)")
                connection.execute(insert, {"talk": talk, "data": word})
        case = new_case(
            number,
            contact=Contact(f"{word} Holm", f"{word} ApS", "10150817", email, phone),
            summary=f"{word} spørger",
            routed_because=f"fordi {word}",
            state=state,
            closed_at=clock() if state is CaseState.CLOSED else None,
            conversation=f"talk{number}",
            transcript=(Turn(Role.VISITOR, f"{word} skrev", clock()),),
        )
        mail = Mail(f"<{number}@x>", email, f"Sag {word}", f"Kære {word}", f"<p>{word}</p>")
        cases.open(case, [mail], f"{word}-key")
        outbox = OutboxRepository(database)
        outbox.put(Mail(f"<survey{number}@x>", email, "Emne", f"Hvordan gik det, {word}?"), clock())
        if phone:
            outbox.put(TextMessage(f"sms{number}", f"+45{phone}", f"Hej {word}"), clock())
        return case

    return store


@pytest.fixture
def two(plant):
    """Anna, whose case is closed, and Johanna, whose address ends in hers."""
    return plant(1, ANNA, PLANTED), plant(2, JOHANNA, "Nabo")


def dump(database):
    """Return every value in every table, as text."""
    found = []
    with database.reading() as connection:
        for name in sqlalchemy.inspect(connection).get_table_names():
            found += [repr(tuple(row)) for row in connection.execute(sql(f'SELECT * FROM "{name}"'))]
    return "\n".join(found)


def exported(clock, admin, case):
    return AuditEntry(clock(), AuditKind.RECORDS, admin.id, case_id=case.id, reference=case.reference)


def test_the_export_holds_all_about_a_person_and_nothing_about_another(two, desk, admin):
    document = desk.export(admin, ANNA)
    text = json.dumps(document, ensure_ascii=False)
    assert {name: len(document[name]) for name in ("cases", "conversations", "mails", "plans")} == {
        "cases": 1,
        "conversations": 2,
        "mails": 2,
        "plans": 0,
    }
    for planted in (
        "Plantet Holm",
        "Plantet ApS",
        "Plantet spørger",
        "fordi Plantet",
        "Plantet skrev",
        "Jeg hedder Plantet",
        "Plantet kommentar",
        "https://x.dk/Plantet",
        "Kære Plantet",
        "Hvordan gik det, Plantet?",
    ):
        assert planted in text
    assert "Nabo" not in text
    assert JOHANNA not in text
    assert "token" not in text
    assert document["schema"] == "genvej-person/1"


def test_nothing_of_the_person_is_left_anywhere_and_everything_of_others(
    two, desk, admin, database, tracker, clock, address
):
    AuditRepository(database).add([exported(clock, admin, two[0]), *seen_by(admin, two[:1], clock())])
    before = dump(database)
    assert PLANTED in before
    assert ANNA in before
    gone = desk.erase(admin, ANNA, "request", "")
    assert gone == {"cases": 1, "conversations": 2, "mails": 2, "plans": 0}
    for found in (dump(database), dump(tracker)):
        assert PLANTED not in found
        assert ANNA not in found.lower().replace(JOHANNA, "")
        assert "Nabo" in found
    if address.startswith("sqlite"):
        for path in (database.engine.url.database, f"{database.engine.url.database}-wal"):
            # Not in what SQLite keeps of deleted pages either.
            with open(path, "rb") as file:
                content = file.read()
            assert PLANTED.encode() not in content
            assert b" " + ANNA.upper().encode() not in content
    assert desk.search(admin, ANNA).counts == {}
    assert desk.search(admin, JOHANNA).counts == {"cases": 1, "conversations": 2, "mails": 2}
    with database.reading() as connection:
        [figures] = connection.execute(case_figures.select()).all()
    assert (figures.unit, figures.state) == ("bevilling", "closed")


@pytest.mark.parametrize("given", ["+45 49 28 28 28", "tlf. 49282828"])
def test_a_telephone_number_finds_case_and_text_messages(plant, desk, admin, given):
    plant(1, ANNA, PLANTED, phone="49282828")
    plant(2, JOHANNA, "Nabo", phone="49282829")
    held = desk.search(admin, given)
    assert held.counts == {"cases": 1, "conversations": 1, "mails": 2}
    assert [case[1] for case in held.cases] == ["HEL-2026-000001"]


def test_a_cvr_number_and_a_reference_find_cases(two, desk, admin):
    assert desk.search(admin, "CVR 10150817").counts["cases"] == 2
    assert desk.search(admin, "hel-2026-000002").cases == (("case2", "HEL-2026-000002"),)
    assert desk.search(admin, "HEL-2026-000009").counts == {}


def test_a_kept_plan_is_found_by_its_link_and_its_key_is_not_handed_out(database, desk, admin, clock):
    token_hash = hashlib.sha256(TOKEN.encode()).hexdigest()
    kept = KeptPlan("p1", "cafe", {"alkohol": "ja"}, frozenset({"cvr"}))
    PlanRepository(database).keep(kept, token_hash, clock())
    link = f"https://x.dk/min-plan/{TOKEN}"
    document = desk.export(admin, link)
    assert document["plans"][0]["answers"] == {"alkohol": "ja"}
    assert TOKEN not in json.dumps(document)
    assert desk.erase(admin, link, "request", "")["plans"] == 1
    assert desk.search(admin, link).counts == {}


@pytest.mark.parametrize(
    ("state", "taken_out", "bar"),
    [
        (CaseState.NEW, True, Bar.OPEN),
        (CaseState.NEW, False, Bar.OPEN),
        (CaseState.CLOSED, False, Bar.NOT_EXPORTED),
        (CaseState.CLOSED, True, None),
    ],
)
def test_what_must_be_kept_is_kept_until_somebody_says_otherwise(
    plant, desk, admin, database, clock, cases, state, taken_out, bar
):
    case = plant(1, ANNA, PLANTED, state=state)
    if taken_out:
        AuditRepository(database).add([exported(clock, admin, case)])
    assert desk.search(admin, ANNA).bars == ({case.id: bar} if bar else {})
    if bar is None:
        assert desk.erase(admin, ANNA, "request", "")["cases"] == 1
        return
    before = dump(database)
    with pytest.raises(InvalidInput, match=f"erase_{bar.value}"):
        desk.erase(admin, ANNA, "request", "")
    assert dump(database) == before
    # The rest may go: talks, and mails of no case.
    assert desk.erase(admin, ANNA, "request", "allowed") == {
        "cases": 0,
        "conversations": 2,
        "mails": 1,
        "plans": 0,
    }
    assert cases.get(case.id).summary == "Plantet spørger"
    assert desk.erase(admin, ANNA, "decision", "all")["cases"] == 1
    assert PLANTED not in dump(database)
    assert AuditRepository(database).listed()[0].details["overruled"] == 1


def test_records_taken_out_before_a_case_was_closed_are_not_enough(plant, desk, admin, database, clock):
    case = plant(1, ANNA, PLANTED)
    early = AuditEntry(clock() - timedelta(seconds=1), AuditKind.RECORDS, admin.id, case_id=case.id)
    AuditRepository(database).add([early])
    assert desk.search(admin, ANNA).bars == {case.id: Bar.NOT_EXPORTED}


def test_a_case_stays_as_long_as_a_part_of_it_must(plant, desk, admin, database, clock, cases):
    whole = plant(1, ANNA, PLANTED)
    AuditRepository(database).add([exported(clock, admin, whole)])
    part = plant(3, ANNA, f"{PLANTED}Del", state=CaseState.NEW)
    with database.writing() as connection:
        connection.execute(sql("UPDATE cases SET parent_id = 'case1' WHERE id = 'case3'"))
    assert desk.search(admin, ANNA).bars == {whole.id: Bar.FAMILY, part.id: Bar.OPEN}
    assert desk.erase(admin, ANNA, "request", "allowed")["cases"] == 0
    assert cases.get(part.id).parent == whole.id


def test_a_case_merged_into_an_erased_one_that_is_another_persons_stays(two, desk, admin, database, cases):
    with database.writing() as connection:
        connection.execute(sql("UPDATE cases SET merged_into = 'case1', state = 'merged' WHERE id = 'case2'"))
    desk.erase(admin, ANNA, "request", "all")
    assert cases.get("case2").merged_into is None
    assert cases.get("case2").summary == "Nabo spørger"


@pytest.mark.parametrize("reason", ["", "fordi", "REQUEST"])
def test_a_reason_is_needed(two, desk, admin, database, reason):
    before = dump(database)
    with pytest.raises(InvalidInput, match="erase_why"):
        desk.erase(admin, ANNA, reason, "all")
    assert dump(database) == before


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ADMIN])
def test_nobody_but_an_administrator_may(two, desk, staff, database, role):
    other = staff.add("x", "X", role, ("bevilling",), "x")
    before = dump(database)
    for act in (
        lambda: desk.search(other, ANNA),
        lambda: desk.export(other, ANNA),
        lambda: desk.erase(other, ANNA, "request", "all"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert dump(database) == before


def test_every_act_is_logged_by_code_and_count_without_a_word_about_the_person(two, desk, admin, database):
    desk.search(admin, ANNA)
    desk.export(admin, ANNA)
    desk.erase(admin, ANNA, "request", "all")
    desk.search(admin, ANNA)
    lines = AuditRepository(database).listed()
    assert [(line.kind.value, line.reference) for line in reversed(lines)] == [
        ("searched", "HEL-2026-000001"),
        ("exported", "HEL-2026-000001"),
        ("erased", "HEL-2026-000001"),
        ("searched", None),
    ]
    assert {line.staff for line in lines} == {"Administrator"}
    assert lines[1].details == {"by": "email", "reason": "request", "kept": 0, "overruled": 1}
    assert "firma" not in repr(lines)


def test_the_log_can_be_read_and_added_to_and_the_database_refuses_to_change_it(database, admin, clock):
    audit = AuditRepository(database)
    audit.add([AuditEntry(clock(), AuditKind.READ, admin.id, case_id="case1", reference="R")])
    ways = {name for name in vars(AuditRepository) if not name.startswith("_")}
    assert ways == {"add", "of_case", "listed", "count_before", "forget_before"}
    with pytest.raises(sqlalchemy.exc.DBAPIError, match="only added to"), database.writing() as connection:
        connection.execute(audit_log.update().values(reference="X"))
    assert audit.of_case("case1")[0].reference == "R"
