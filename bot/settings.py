"""Every setting once: its name, type, default and what it is for. The only reader of the environment."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Mapping, Optional, Tuple

from bot.core.errors import InvalidSetting

# A hundred years: what is longer than that is a slip, and before the calendar begins nothing can be counted.
_MOST_DAYS = 36500
_MOST_HOURS = 24 * 366


def _setting(default, help_text: str, least: Optional[int] = None, most: Optional[int] = None):
    return field(default=default, metadata={"help": help_text, "least": least, "most": most})


@dataclass(frozen=True)
class Settings:
    """The variable of a field is GENVEJ_ and its name in capitals: `web_port` is GENVEJ_WEB_PORT.

    Raises:
        InvalidSetting: a number is outside its bounds. A number of days that is 0 or less by a slip would delete
            everything at once.
    """

    municipality: str = _setting("helsingor", "folder in data/municipalities that says whose bot this is")
    host: str = _setting("127.0.0.1", "address the public web listens on")
    console_host: str = _setting("127.0.0.1", "address the console listens on; keep it inside")
    web_port: int = _setting(8000, "port of the public web")
    console_port: int = _setting(8001, "port of the staff console")
    rasa_port: int = _setting(5005, "port of Rasa, on loopback only")
    actions_port: int = _setting(5055, "port of the action server, on loopback only")
    public_url: str = _setting(
        "", "address of the public web as visitors see it; empty: made from host and port"
    )
    console_url: str = _setting("", "address of the console as staff see it; empty: made from host and port")
    var_dir: Path = _setting(Path("var"), "folder for the database, logs and mails")
    database_url: str = _setting("", "SQLAlchemy address; empty: SQLite in the var folder")
    bot_timeout: float = _setting(4.5, "seconds to wait for Rasa before the contact form is offered")
    rate_limit: int = _setting(1, "1: rate limits on; 0: off, for tests and benchmarks")
    rate_limit_storage: str = _setting(
        "memory://", "where rate limits are counted: memory:// or redis://host:port"
    )
    receipts_hour: int = _setting(
        5, "receipts that one mail address gets in an hour; the case is opened anyway"
    )
    receipts_day: int = _setting(20, "receipts that one mail address gets in a day")
    trusted_proxies: int = _setting(
        0, "how many proxies stand before the web and may name the client's address"
    )
    secure_cookies: int = _setting(0, "1: cookies only over https; set it when the web stands behind TLS")
    frame_ancestors: str = _setting("*", "which pages may embed the chat, as in CSP frame-ancestors")
    conversation_days: int = _setting(
        30,
        "days until a silent conversation is deleted, at least 1; a case keeps its own copy",
        least=1,
        most=_MOST_DAYS,
    )
    case_days: int = _setting(
        0,
        "days until an ended case is deleted, figures apart; 0: not decided yet, none is ever deleted",
        least=0,
        most=_MOST_DAYS,
    )
    mail_days: int = _setting(
        30,
        "days until a mail that went out is emptied, or deleted when it belongs to no case; 0: never",
        least=0,
        most=_MOST_DAYS,
    )
    audit_days: int = _setting(
        730, "days until the log forgets who saw what; 0: never", least=0, most=_MOST_DAYS
    )
    session_hours: int = _setting(10, "hours until a staff login expires", least=1, most=_MOST_HOURS)
    mail_from: str = _setting(
        "",
        "sender of mails; empty: genvej@ and the municipality's folder with .example, which reaches nobody",
    )
    smtp_host: str = _setting("", "mail server; empty: mails become files in var/mail")
    smtp_port: int = _setting(25, "port of the mail server")
    smtp_user: str = _setting("", "login at the mail server; empty: none")
    smtp_password: str = _setting("", "password at the mail server")
    smtp_tls: int = _setting(
        1, "1: STARTTLS; 2: TLS from the first byte, as on port 465; 0: no encryption, for loopback only"
    )
    ca_file: str = _setting(
        "", "PEM file of the municipality's own certificate authorities, for the mail server and webhooks"
    )
    webhook_url: str = _setting(
        "", "https address of a case system that is told of each new case; empty: none"
    )
    webhook_secret: str = _setting(
        "", "whsec_ and base64: signs what the case system is told; two with a space between while it changes"
    )
    secret: str = _setting(
        "",
        "signs the links of surveys; empty: made once and kept in the var folder. Keep it: with another one, links "
        "that are out no longer open, and who wants no more letters is asked again",
    )
    survey_delay_hours: int = _setting(
        20, "hours from the closing of a case until the business is asked", least=0, most=_MOST_HOURS
    )
    survey_quiet_days: int = _setting(
        60, "days in which a business is asked once at most", least=0, most=_MOST_DAYS
    )
    survey_valid_days: int = _setting(
        21, "days in which a survey can be answered; the reminder comes after 7", least=1, most=366
    )
    survey_min_answers: int = _setting(
        5, "fewest answers of a unit that are shown, so that nobody can be picked out"
    )
    survey_answer_days: int = _setting(
        365,
        "days until an answer is cut from its case and its words are dropped; the scores stay. 0: never",
        least=0,
        most=_MOST_DAYS,
    )
    survey_callback_days: int = _setting(
        3, "working days within which a leader calls after a low score", least=0, most=366
    )
    sms_token: str = _setting("", "API token of GatewayAPI, which sends text messages; empty: none are sent")
    sms_url: str = _setting("https://gatewayapi.com/rest/mtsms", "where text messages are posted")
    sms_sender: str = _setting(
        "",
        "what telephones show as the sender, at most 11 letters or digits; empty: the municipality's folder",
    )
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")

    def __post_init__(self):
        for item in fields(self):
            value, least, most = getattr(self, item.name), item.metadata["least"], item.metadata["most"]
            if (least is not None and value < least) or (most is not None and value > most):
                raise InvalidSetting(f"{variable(item.name)} is {value}, but must be from {least} to {most}")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read GENVEJ_* variables; InvalidSetting names the one that cannot be used."""
        values = {}
        for item in fields(cls):
            name = variable(item.name)
            if environ.get(name, "") != "":
                values[item.name] = _convert(name, environ[name], item.type)
        return cls(**values)

    @property
    def sender(self) -> str:
        """Address that mails are sent from."""
        return self.mail_from or f"genvej@{self.municipality}.example"

    @property
    def text_sender(self) -> str:
        """What telephones show as the sender of a text message."""
        return self.sms_sender or self.municipality.capitalize()[:11]

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database in use."""
        return self.database_url or f"sqlite:///{(self.var_dir / 'genvej.db').absolute()}"

    @property
    def tracker_database(self) -> str:
        """SQLAlchemy address of Rasa's working memory."""
        return self.database_url or f"sqlite:///{(self.var_dir / 'tracker.db').absolute()}"

    @property
    def web_address(self) -> str:
        """Address of the public web, without a slash at the end."""
        return (self.public_url or f"http://{reachable(self.host)}:{self.web_port}").rstrip("/")

    @property
    def console_address(self) -> str:
        """Address of the console, without a slash at the end."""
        return (self.console_url or f"http://{reachable(self.console_host)}:{self.console_port}").rstrip("/")

    @property
    def rasa_address(self) -> str:
        """Address of Rasa."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_address(self) -> str:
        """Address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"


def reachable(host: str) -> str:
    """Return a host that a link can lead to: who listens on every address listens on loopback too."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"GENVEJ_{name.upper()}"


def described() -> Tuple[Tuple[str, str, str], ...]:
    """Return (variable, default, help) of every setting, for .env.example and the docs."""
    return tuple((variable(item.name), str(item.default), item.metadata["help"]) for item in fields(Settings))


def _convert(name: str, text: str, kind):
    try:
        return kind(text)
    except ValueError as error:
        raise InvalidSetting(f"{name} is {text!r}, but must be of type {kind.__name__}") from error
