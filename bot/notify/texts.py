"""Mails written from the texts in data/mails: a subject, plain text, and the same in HTML."""

import re
from pathlib import Path
from typing import Any, Tuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.core.mails import Attachment, Mail

# A line of its own that is an address becomes a button; the line before it says what the button does.
_ADDRESS = re.compile(r"https?://\S+")
_SUBJECT = "Emne: "


class MailTexts:
    """Composes a mail from `<name>.txt`: first line `Emne: ...`, then the text, a blank line between paragraphs.

    A line that starts with `- ` is a point of a list; an address is a link, also in the HTML.
    """

    def __init__(self, folder: Path, sender_domain: str, municipality_name: str):
        # Plain text: escaping would put &amp; into mails. The HTML is made, and escaped, from the finished text.
        self._texts = Environment(  # noqa: S701
            undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
        )
        self._pages = Environment(
            loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True, trim_blocks=True
        )
        self._folder = folder
        self._sender_domain = sender_domain
        self._municipality_name = municipality_name

    def compose(
        self, name: str, recipient: str, key: str, attachments: Tuple[Attachment, ...] = (), /, **values: Any
    ) -> Mail:
        """Return the mail; `key` is unique for what the mail tells of, and becomes its Message-ID."""
        subject, body = self.text(name, **values)
        # A mail that needs more than paragraphs and links has a page of its own beside its text.
        page = self._pages.select_template([f"{name}.html", "layout.html"])
        always = {"subject": subject, "blocks": _as_html(body), "municipality_name": self._municipality_name}
        html = page.render({**values, **always})
        return Mail(f"<{key}@{self._sender_domain}>", recipient, subject, body, html, attachments)

    def text(self, name: str, /, **values: Any) -> Tuple[str, str]:
        """Return subject and plain text; for an SMS, whose file has no subject, the first is empty."""
        values["municipality_name"] = self._municipality_name
        source = (self._folder / f"{name}.txt").read_text(encoding="utf-8")
        first, _, rest = source.partition("\n")
        if not first.startswith(_SUBJECT):
            return "", self._texts.from_string(source).render(**values).strip()
        # Written apart: a line break that came with a value must not become a header, nor end the subject.
        subject = self._texts.from_string(first[len(_SUBJECT) :]).render(**values)
        body = self._texts.from_string(rest).render(**values)
        return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def _as_html(body: str) -> Markup:
    return Markup("\n").join(_block(block) for block in body.strip().split("\n\n"))


def _block(block: str) -> Markup:
    parts, points = [], []
    for line in block.split("\n"):
        if line.startswith("- "):
            points.append(Markup("<li>{}</li>").format(_linked(line[2:])))
            continue
        parts += _list(points)
        points = []
        parts.append(_linked(line))
    parts += _list(points)
    text = Markup("<br>\n").join(part for part in parts if not part.startswith("<ul>"))
    lists = Markup("\n").join(part for part in parts if part.startswith("<ul>"))
    return (Markup("<p>{}</p>").format(text) if text else Markup("")) + lists


def _list(points) -> list:
    return [Markup("<ul>{}</ul>").format(Markup("").join(points))] if points else []


def _linked(line: str) -> Markup:
    """Return a line with its addresses as links; trailing punctuation is not part of an address."""
    out, at = [], 0
    for found in _ADDRESS.finditer(line):
        address = found.group().rstrip(".,;:!?)»")
        out += [escape(line[at : found.start()]), Markup('<a href="{0}">{0}</a>').format(address)]
        at = found.start() + len(address)
    return Markup("").join([*out, escape(line[at:])])
