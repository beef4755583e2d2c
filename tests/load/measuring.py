"""One round with one system: start it, talk to it, weigh it. Only good answers count; errors are counted apart."""

import asyncio
import itertools
import os
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Awaitable, Callable, Dict, Iterator, List, NamedTuple, Sequence

import aiohttp

from tests.load import processes
from tests.load.client import BadReply, Line, is_ready, new_session
from tests.load.lines import MESSAGES_IN_A_CONVERSATION
from tests.load.systems import System, SystemFailed

SECONDS_TO_START = 300.0
MOST_ERRORS = 20
_REPORT_EVERY = 5.0
_POLL_EVERY = 0.05


class Plan(NamedTuple):
    """How much is measured."""

    rounds: int = 3
    warm_ups: int = 20
    messages: int = 200
    visitors: int = 8
    seconds: float = 12.0
    per_conversation: int = MESSAGES_IN_A_CONVERSATION


QUICK = Plan(rounds=1, warm_ups=10, messages=30, seconds=3.0)


@dataclass
class Tally:
    """What came of a number of messages."""

    latencies: List[float] = field(default_factory=list)
    off_topic: int = 0
    errors: Counter = field(default_factory=Counter)
    seconds: float = 0.0


class Round(NamedTuple):
    """The figures of one round. Seconds, messages a second, bytes; `others`: the part of the machine others used."""

    ready: float
    median: float
    p95: float
    per_second: float
    memory: int
    memory_kind: str
    processes: int
    answers: int
    off_topic: int
    errors: Dict[str, int]
    others: float


class TooManyErrors(Exception):
    """So much went wrong that going on would measure nothing."""


class Talk:
    """A visitor who goes through the lines, in a new conversation every so many messages."""

    def __init__(self, visitor, lines: Iterator[Line], per_conversation: int):
        self._visitor = visitor
        self._lines = lines
        self._per_conversation = per_conversation
        self._said = 0

    async def once(self, tally: Tally) -> None:
        """Say the next line and note what came of it; opening a conversation is not part of a message's time."""
        try:
            if self._said % self._per_conversation == 0:
                await self._visitor.open()
            self._said += 1
            line = next(self._lines)
            started = time.perf_counter()
            on_topic = await self._visitor.say(line)
            tally.latencies.append(time.perf_counter() - started)
            tally.off_topic += not on_topic
        except BadReply as error:
            tally.errors[str(error)] += 1
            if sum(tally.errors.values()) >= MOST_ERRORS:
                raise TooManyErrors(_listed(tally.errors)) from error


def _listed(errors: Counter) -> str:
    return ", ".join(f"{count} times {reason}" for reason, count in errors.items())


async def one_visitor(talk: Talk, messages: int) -> Tally:
    """Send messages one after the other."""
    tally = Tally()
    started = time.perf_counter()
    for _ in range(messages):
        await talk.once(tally)
    tally.seconds = time.perf_counter() - started
    return tally


async def many_visitors(talks: Sequence[Talk], seconds: float) -> Tally:
    """Let visitors talk at the same time, each waiting for its answer before it goes on.

    Nobody begins a message after the time is up; the messages under way then still count, and so does their time.
    """
    tally = Tally()
    started = time.perf_counter()

    async def talk_on(talk: Talk) -> None:
        while time.perf_counter() - started < seconds:
            await talk.once(tally)

    await asyncio.gather(*(talk_on(talk) for talk in talks))
    tally.seconds = time.perf_counter() - started
    return tally


def percentile_95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 values do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[18] if len(values) > 1 else values[0]


def measure(system: System, plan: Plan, say: Callable[[str], None]) -> Round:
    """Start the system, measure it and stop it, whatever happens in between."""
    started = time.perf_counter()
    try:
        say(f"starting {system.name}")
        system.launch()
        return asyncio.run(_measure(system, plan, started, say))
    except TooManyErrors as error:
        system.check_alive()
        raise SystemFailed(f"{system.name} did not answer: {error}") from error
    finally:
        system.stop()


async def _measure(system: System, plan: Plan, started: float, say: Callable[[str], None]) -> Round:
    lines = system.lines()

    def talk(number: int) -> Talk:
        # Each visitor begins somewhere else, so that they do not all ask the same at once.
        first = number * plan.per_conversation % len(lines)
        endless = itertools.islice(itertools.cycle(lines), first, None)
        return Talk(system.visitor(session, system.address), endless, plan.per_conversation)

    async with new_session() as session:
        await _until_ready(system, session, talk(0), started, say)
        ready = time.perf_counter() - started
        say(f"ready after {ready:.1f} s; {plan.warm_ups + plan.messages} messages of one visitor")
        before, since = processes.usage(), time.perf_counter()
        single = talk(0)
        warm_up = await _reported(one_visitor(single, plan.warm_ups), say)
        alone = await _reported(one_visitor(single, plan.messages), say)
        say(f"{plan.visitors} visitors at the same time for {plan.seconds:.0f} s")
        talks = [talk(number) for number in range(plan.visitors)]
        together = await _reported(many_visitors(talks, plan.seconds), say)
    others = processes.share_of_others(before, processes.usage(), time.perf_counter() - since)
    weighed = processes.memory(processes.descendants(os.getpid()))
    if not alone.latencies or not together.latencies:
        raise TooManyErrors(_listed(alone.errors + together.errors))
    return Round(
        ready=ready,
        median=statistics.median(alone.latencies),
        p95=percentile_95(alone.latencies),
        per_second=len(together.latencies) / together.seconds,
        memory=weighed.total,
        memory_kind=weighed.kind,
        processes=weighed.processes,
        answers=len(alone.latencies) + len(together.latencies),
        off_topic=alone.off_topic + together.off_topic,
        errors=dict(warm_up.errors + alone.errors + together.errors),
        others=others,
    )


async def _until_ready(
    system: System, session: aiohttp.ClientSession, talk: Talk, started: float, say: Callable[[str], None]
) -> None:
    """Wait until the system says that it is ready, and then for its first answer."""
    reported = time.perf_counter()
    while not await is_ready(session, system.address + system.visitor.ready_path):
        system.check_alive()
        now = time.perf_counter()
        if now - started > SECONDS_TO_START:
            raise SystemFailed(
                f"{system.name} was not ready after {SECONDS_TO_START:.0f} s (logs: {system.logs})"
            )
        if now - reported >= _REPORT_EVERY:
            reported = now
            say(f"starting {system.name}, {now - started:.0f} s")
        await asyncio.sleep(_POLL_EVERY)
    first = Tally()
    await talk.once(first)
    if first.errors:
        raise SystemFailed(
            f"{system.name} says it is ready, but its first answer was: {next(iter(first.errors))}"
        )


async def _reported(work: Awaitable[Tally], say: Callable[[str], None]) -> Tally:
    """Do the work, saying every few seconds that it goes on."""
    task = asyncio.ensure_future(work)
    started = time.perf_counter()
    try:
        while not (await asyncio.wait({task}, timeout=_REPORT_EVERY))[0]:
            say(f"still talking, {time.perf_counter() - started:.0f} s")
        return task.result()
    finally:
        task.cancel()
