"""The worker does each job when it is due, and outlives one that fails."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.commands.worker import JOBS, Job, Worker
from bot.core.one_by_one import Done
from tests.servers import MovableClock


@pytest.fixture
def services():
    return SimpleNamespace(clock=MovableClock(), done=[])


def job(name, hours, result=1):
    def work(services):
        services.done.append(name)
        if isinstance(result, Exception):
            raise result
        return result

    return Job(name, timedelta(hours=hours), work)


def test_a_job_is_done_at_once_and_then_when_its_time_has_passed(services):
    worker = Worker(services, [job("often", 0), job("hourly", 1)])
    worker.round()
    worker.round()
    services.clock.move(hours=1)
    worker.round()
    assert services.done == ["often", "hourly", "often", "often", "hourly"]


def test_a_job_that_fails_is_tried_again_after_a_minute_and_the_others_go_on(services, caplog):
    worker = Worker(services, [job("broken", 1, ValueError("CPR 010203-1234")), job("other", 1)])
    assert [worker.round(), worker.round()] == [{"other": 1}, {}]
    assert services.done == ["broken", "other"]
    services.clock.move(minutes=1)
    worker.round()
    assert services.done == ["broken", "other", "broken"]
    assert "broken failed: ValueError" in caplog.text
    assert "010203" not in caplog.text


def test_mails_are_tried_again_in_the_next_round(services):
    worker = Worker(services, [job("deliver", 0, ValueError())])
    worker.round()
    worker.round()
    assert services.done == ["deliver", "deliver"]


def test_a_job_with_more_to_do_goes_on_in_the_next_round_and_the_others_have_their_turn(services):
    left = [Done(200, more=True), Done(200, more=True), Done(50), Done()]
    worker = Worker(services, [Job("delete", timedelta(hours=1), lambda _: left.pop(0)), job("often", 0)])
    assert [worker.round() for _ in range(4)] == [
        {"delete": 200, "often": 1},
        {"delete": 200, "often": 1},
        {"delete": 50, "often": 1},
        {"often": 1},
    ]


def test_what_found_nothing_to_do_is_not_told(services):
    assert Worker(services, [job("idle", 0, 0)]).round() == {}


def test_every_job_has_a_name_of_its_own():
    assert len({item.name for item in JOBS}) == len(JOBS)
