"""Opens the database: SQLite with a write-ahead log, or PostgreSQL when it is configured."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict

from alembic import command
from alembic.config import Config
from sqlalchemy import Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import QueuePool

from bot.core.errors import Conflict, StorageUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
# A visitor gets an answer within 5 s, also when the database is busy or away.
_SQLITE = {"timeout": 3, "check_same_thread": False}
_POSTGRESQL = {"connect_timeout": 3, "options": "-c statement_timeout=4000"}
# PostgreSQL's code for a frozen transaction that cannot go on (serialization_failure).
_OVERTAKEN = "40001"


class Database:
    """One engine, with separate ways in for reading and for writing."""

    def __init__(self, address: str):
        url = make_url(address)
        self._sqlite = url.get_backend_name() == "sqlite"
        if self._sqlite and url.database not in (None, "", ":memory:"):
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        options: Dict[str, Any] = {"pool_pre_ping": True, "connect_args": _POSTGRESQL}
        if self._sqlite:
            # Kept open: closing the last connection empties the write-ahead log, which took longer than the write.
            options = {"poolclass": QueuePool, "connect_args": _SQLITE}
        self.engine: Engine = create_engine(address, future=True, hide_parameters=True, **options)
        if self._sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self):
        """Give a connection that sees one consistent state; StorageUnavailable when the database is away."""
        with _translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, durable: bool = False, frozen: bool = False):
        """Give a connection in a transaction that is committed at the end, or rolled back on an error.

        With `durable` the commit waits for the disk, so that not even a power cut loses it. With `frozen` all that is
        read in it is as it was when it began; Conflict when somebody else changed what is to be changed: do it again.
        StorageUnavailable when the database is away, locked or full.
        """
        options: Dict[str, Any] = {"genvej_writes": True, "genvej_durable": durable}
        if frozen and not self._sqlite:
            # SQLite has one writer at a time, and nothing changes under it.
            options["isolation_level"] = "REPEATABLE READ"
        with _translated(), self.engine.connect().execution_options(**options) as connection:
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.connect().execution_options(genvej_writes=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def settle(self) -> None:
        """Let nothing that was deleted stand in SQLite's write-ahead log; waits for nobody who is reading."""
        if self._sqlite:
            with _translated(), self.engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def alive(self) -> bool:
        """Tell whether the database answers; raises the driver's error when it does not."""
        with self.reading() as connection:
            return connection.exec_driver_sql("SELECT 1").scalar() == 1

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def insert_new(connection: Connection, into: Table, **values: Any):
    """Return the statement that adds a row, and does nothing when another with the same key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(into).values(**values).on_conflict_do_nothing()


@contextmanager
def _translated():
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) == _OVERTAKEN:
            raise Conflict("somebody else changed it first") from error
        # A connection that is cut in the middle of a statement has errors of many kinds.
        if not isinstance(error, (OperationalError, InterfaceError)) and not error.connection_invalidated:
            raise
        raise StorageUnavailable(type(error).__name__) from error


def _prepare_sqlite(connection, _record) -> None:
    # pysqlite's own transaction handling begins too late to lock for a write; see _begin_sqlite.
    connection.isolation_level = None
    # What is deleted is overwritten: SQLite would leave it readable in the file.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a read that later turns into a write would fail when another wrote in between.
    options = connection.get_execution_options()
    writes = options.get("genvej_writes")
    if writes:
        connection.exec_driver_sql(
            f"PRAGMA synchronous={'FULL' if options.get('genvej_durable') else 'NORMAL'}"
        )
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
