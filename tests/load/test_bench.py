"""The benchmark counts only real answers, and its visitors say what the systems are made for."""

import asyncio
import importlib.util
from itertools import cycle
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.content.topic_files import topic_paths
from tests.load import systems
from tests.load.client import BadReply, GenvejVisitor, Line, StarterVisitor, new_session
from tests.load.lines import MESSAGES_IN_A_CONVERSATION, QUESTIONS, STARTER_STORIES, starter_lines
from tests.load.measuring import (
    MOST_ERRORS,
    Talk,
    TooManyErrors,
    many_visitors,
    one_visitor,
    percentile_95,
)

ROOT = Path(__file__).parents[2]
MOON = Line("Må jeg bygge på månen?", "byggetilladelse")


def starter_server(reply, status=200):
    """Return a stand-in for Rasa's REST channel that always gives one reply, and the list of its senders."""
    senders = []

    async def webhook(request):
        senders.append((await request.json())["sender"])
        return web.json_response(reply, status=status)

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", webhook)
    return app, senders


def genvej_server(reply, status=200):
    """Return a stand-in for the chat that always gives one reply."""

    async def conversations(request):
        return web.json_response({"token": "t", "messages": []}, status=201)

    async def messages(request):
        assert request.headers["Authorization"] == "Bearer t"
        return web.json_response(reply, status=status)

    app = web.Application()
    app.router.add_post("/chat/conversations", conversations)
    app.router.add_post("/chat/messages", messages)
    return app


def visit(app, visitor, what):
    """Serve the app on a free port, and run `what` with a visitor factory."""

    async def run():
        server = TestServer(app)
        async with server, new_session() as session:
            return await what(lambda: visitor(session, str(server.make_url("")).rstrip("/")))

    return asyncio.run(run())


async def asked(new_visitor):
    visitor = new_visitor()
    await visitor.open()
    return await visitor.say(MOON)


BOT = {"role": "bot", "text": "Ja.", "topic": "byggetilladelse"}
VISITOR = {"role": "visitor", "text": MOON.text}


# What counts as an answer


@pytest.mark.parametrize(
    ("reply", "status", "reason"),
    [
        ([], 200, "empty reply"),
        ({}, 200, "empty reply"),
        ([{"recipient_id": "x"}], 200, "reply without text"),
        ([{"text": "  "}], 200, "reply without text"),
        ([{"text": "hi"}], 500, "status 500"),
        ([{"text": "hi"}], 201, "status 201"),
    ],
)
def test_what_is_no_answer_of_the_starter_bot_is_an_error(reply, status, reason):
    app, _ = starter_server(reply, status)
    with pytest.raises(BadReply, match=reason):
        visit(app, StarterVisitor, asked)


@pytest.mark.parametrize(
    ("reply", "status", "reason"),
    [
        ({"messages": []}, 200, "empty reply"),
        ({"messages": [VISITOR]}, 200, "empty reply"),
        ({"messages": [VISITOR, {**BOT, "role": "system"}]}, 200, "empty reply"),
        ({"messages": [VISITOR, {**BOT, "text": ""}]}, 200, "reply without text"),
        ([], 200, "empty reply"),
        ({"error": "bot_unavailable"}, 503, "status 503"),
        ({"error": "too_many"}, 429, "status 429"),
    ],
)
def test_what_is_no_answer_of_genvej_is_an_error(reply, status, reason):
    with pytest.raises(BadReply, match=reason):
        visit(genvej_server(reply, status), GenvejVisitor, asked)


@pytest.mark.parametrize(("topic", "on_topic"), [("byggetilladelse", True), ("havn", False), (None, False)])
def test_an_answer_to_another_question_is_an_answer_off_topic(topic, on_topic):
    reply = {"messages": [VISITOR, {**BOT, "topic": topic}]}
    assert visit(genvej_server(reply), GenvejVisitor, asked) is on_topic


def test_nobody_listening_is_an_error():
    (port,) = systems.free_ports(1)

    async def run():
        async with new_session() as session:
            await StarterVisitor(session, f"http://127.0.0.1:{port}").say(MOON)

    with pytest.raises(BadReply, match="ClientConnectorError"):
        asyncio.run(run())


# Measuring


def test_a_visitor_opens_a_new_conversation_after_every_few_messages():
    app, senders = starter_server([{"text": "hi"}])
    visit(app, StarterVisitor, lambda new: one_visitor(Talk(new(), cycle([MOON]), 4), 10))
    assert [senders.count(sender) for sender in dict.fromkeys(senders)] == [4, 4, 2]


def test_errors_are_counted_and_have_no_time():
    answers = cycle([[{"text": "hi"}], []])

    async def webhook(request):
        return web.json_response(next(answers))

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", webhook)
    tally = visit(app, StarterVisitor, lambda new: one_visitor(Talk(new(), cycle([MOON]), 4), 10))
    assert (len(tally.latencies), dict(tally.errors)) == (5, {"empty reply": 5})


def test_a_system_that_only_fails_ends_the_run():
    app, _ = starter_server([])
    with pytest.raises(TooManyErrors, match="empty reply"):
        visit(app, StarterVisitor, lambda new: one_visitor(Talk(new(), cycle([MOON]), 4), MOST_ERRORS))


def test_visitors_talk_at_the_same_time():
    here, most = [], []

    async def webhook(request):
        here.append(request)
        most.append(len(here))
        while max(most) < 8:
            await asyncio.sleep(0)
        here.pop()
        return web.json_response([{"text": "hi"}])

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", webhook)
    tally = visit(
        app,
        StarterVisitor,
        lambda new: many_visitors([Talk(new(), cycle([MOON]), 4) for _ in range(8)], 0.05),
    )
    assert max(most) == 8
    assert len(tally.latencies) >= 8
    assert tally.seconds >= 0.05


@pytest.mark.parametrize(("values", "wanted"), [([3.0], 3.0), ([1.0] * 99 + [9.0], 1.0), (range(101), 95)])
def test_the_95th_percentile_is_not_moved_by_one_outlier(values, wanted):
    assert percentile_95(list(values)) == pytest.approx(wanted)


# What visitors say


def test_the_starter_bot_hears_its_own_examples_along_its_own_stories():
    spec = importlib.util.find_spec("rasa")
    nlu_file = Path(spec.origin).parent / "cli/initial_project/data/nlu.yml"
    lines = starter_lines(nlu_file)
    text = nlu_file.read_text(encoding="utf-8")
    assert all(f"    - {line.text}\n" in text + "\n" for line in lines)
    assert len({line.text for line in lines}) > 40
    assert {len(story) for story in STARTER_STORIES} == {MESSAGES_IN_A_CONVERSATION}


def test_genvej_hears_questions_of_different_topics_that_it_answers():
    known = {path.stem for path in topic_paths(ROOT / "data")}
    topics = [line.topic for line in QUESTIONS]
    assert set(topics) <= known
    assert len(set(topics)) == len(topics) >= 20


def test_no_question_is_a_training_example():
    examples = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "data/nlu").rglob("*.yml")
    ).lower()
    assert [line.text for line in QUESTIONS if f"- {line.text.lower()}\n" in examples] == []
