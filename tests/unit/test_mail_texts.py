"""Mails are written once as text, and shown in HTML as the same words with links."""

import pytest

from bot.content.loading import load
from bot.core.gsm import is_gsm, parts
from bot.core.mails import Attachment
from bot.notify.texts import MailTexts

LAYOUT = "<title>{{ subject }}</title><body>{{ blocks }}</body>{{ municipality_name }}"


@pytest.fixture
def compose(tmp_path):
    (tmp_path / "layout.html").write_text(LAYOUT, encoding="utf-8")

    def write_and_compose(text, key="1.new", attachments=(), /, **values):
        (tmp_path / "some.txt").write_text(text, encoding="utf-8")
        texts = MailTexts(tmp_path, "helsingor.example", "Helsingør Kommune")
        return texts.compose("some", "a@x.dk", key, attachments, **values)

    return write_and_compose


def test_the_first_line_is_the_subject_and_the_key_the_message_id(compose):
    mail = compose("Emne: Ny sag {{ number }}\nHej\n\nKom ind.\n", "9.new", number="HEL-1")
    assert (mail.subject, mail.body, mail.message_id) == (
        "Ny sag HEL-1",
        "Hej\n\nKom ind.\n",
        "<9.new@helsingor.example>",
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hej\nAnna", "<p>Hej<br>\nAnna</p>"),
        ("En\n\nTo", "<p>En</p>\n<p>To</p>"),
        ("Husk:\n- CVR\n- pas", "<p>Husk:</p><ul><li>CVR</li><li>pas</li></ul>"),
        ("Se https://x.dk/a.", '<p>Se <a href="https://x.dk/a">https://x.dk/a</a>.</p>'),
        (
            "(http://x.dk/?a=1&b=2)",
            '<p>(<a href="http://x.dk/?a=1&amp;b=2">http://x.dk/?a=1&amp;b=2</a>)</p>',
        ),
        ("1 < 2 & <b>", "<p>1 &lt; 2 &amp; &lt;b&gt;</p>"),
    ],
)
def test_the_html_says_what_the_text_says(compose, text, html):
    assert f"<body>{html}</body>" in compose(f"Emne: X\n{text}\n").html


def test_what_a_visitor_typed_is_no_html_and_no_header(compose):
    mail = compose("Emne: Om {{ name }}\nHej {{ name }}\n", name="<script>x</script>\nBcc: a@x.dk")
    assert mail.subject == "Om <script>x</script> Bcc: a@x.dk"
    assert "<script>" not in mail.html.split("<body>")[1]


def test_files_go_with_the_mail(compose):
    file = Attachment("plan.ics", "text/calendar", b"BEGIN:VCALENDAR")
    assert compose("Emne: X\nHej\n", "1.new", (file,)).attachments == (file,)


def test_a_text_without_a_subject_is_for_a_phone(tmp_path):
    (tmp_path / "sms.txt").write_text("Hej {{ name }}\n", encoding="utf-8")
    assert MailTexts(tmp_path, "x.dk", "X").text("sms", name="Ida") == ("", "Hej Ida")


@pytest.mark.parametrize("name", ["survey_sms", "survey_reminder_sms"])
@pytest.mark.parametrize("municipality", ["helsingor", "egedal"])
def test_an_sms_about_a_survey_is_one_text_message(root, name, municipality):
    here = load(root, municipality).municipality.name
    texts = MailTexts(root / "data/mails", "x.dk", here)
    subject, body = texts.text(name, link=f"https://genvej.{municipality}.dk/m/{'A' * 16}")
    assert (subject, is_gsm(body), parts(body)) == ("", True, 1), len(body)
