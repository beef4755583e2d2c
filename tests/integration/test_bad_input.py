"""Whatever is pasted into the chat: no exception, and no answer that claims to be sure."""

import asyncio

import pytest
from rasa.core.agent import load_agent

from tests.servers import MODEL

QUESTIONS = [
    "Hvad koster en byggetilladelse?",
    "Skal jeg betale moms?",
    "Hvor søger jeg om udeservering?",
    "Hvem ringer jeg til om affald?",
]
BAD = {
    "empty": "",
    "blank": " \t\n ",
    "emoji": "🍕🍺😀🎉",
    "one letter": "x",
    "a thousand of one letter": "a" * 1_000,
    "a thousand of no words": "qwx zrt plk vbn " * 62,
    "one word over and over": "ord " * 250,
    "one topic over and over": "byggetilladelse " * 60,
    "digits": "1234567890 " * 20,
    "punctuation": "?!.,;:-_'*^¨~" * 30,
    "300 questions": " ".join(QUESTIONS * 75),
    "right to left": "مرحبا بكم في المدينة",
    "marks of direction": "\u202e\u2066\u2069\u200f\u202d",
    "zero width": "\u200b\u200c\u200d\ufeff" * 20,
    "combining marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "binary": "\x00\x01\x02ÿØÿà\x00\x10JFIF\x00\x01",
    "replaced bytes": "�" * 40,
    "base64": "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4" * 6,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "query": "'; DROP TABLE cases; --",
    "braces": "{{7*7}} ${jndi:ldap://x} %s %n {topic}",
}


@pytest.fixture(scope="module")
def parse():
    agent = asyncio.run(load_agent(str(MODEL)))
    return lambda text: asyncio.run(agent.parse_message(text))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad_input_is_neither_an_exception_nor_answered(parse, text):
    found = parse(text)
    step = (found.get("understood") or {}).get("step", "rephrase")
    assert step in ("rephrase", "clarify", "outside")


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_real_question_is_answered_all_the_same(parse, text):
    assert parse(text)["understood"]["step"] == "answer"
