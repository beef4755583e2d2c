"""`make links`: ask for the address of every source and authority, and list those that are dead or have moved."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, Mapping

from bot.commands.fetching import Manners, fetcher
from bot.commands.options import content_or_exit, settings_or_exit
from bot.content.addresses import Place, addresses
from bot.core.links import Judgement, LinkState, Visit, judged

# Like a browser, so that servers answer as they answer one; and saying who asks and why.
AGENT = "Mozilla/5.0 (compatible; Genvej link check; +{url})"
# Seconds until the first line about how far it has come; each later one takes half as long again, up to the most.
PROGRESS = 5.0
MOST_PROGRESS = 30.0
# When so many addresses have been asked for and nothing at all has answered, it is not the addresses.
ENOUGH = 20
WORST_FIRST = (LinkState.DEAD, LinkState.MOVED, LinkState.REFUSED)


async def visit_all(
    wanted: List[str], manners: Manners, agent: str, every: float = PROGRESS
) -> Dict[str, Visit]:
    """Ask for every address and return what came of it.

    It ends early, with the visits made so far, when none of the first `ENOUGH` got an answer. After `every` seconds,
    and now and then after that, a line says how far it has come.
    """
    found: Dict[str, Visit] = {}
    async with fetcher(manners, agent) as asking:

        async def one(address: str) -> None:
            found[address] = await asking.visit(address)

        tasks = [asyncio.create_task(one(address)) for address in wanted]
        telling = asyncio.create_task(_tell(found, len(wanted), every))
        try:
            for finished in asyncio.as_completed(tasks):
                await finished
                if len(found) >= ENOUGH and unreachable(found):
                    break
        finally:
            for task in (*tasks, telling):
                task.cancel()
            await asyncio.gather(*tasks, telling, return_exceptions=True)
    return found


def unreachable(found: Mapping[str, Visit]) -> bool:
    """Tell whether nothing has answered at all."""
    return bool(found) and all(visit.trouble for visit in found.values())


async def _tell(found: Mapping[str, Visit], of: int, every: float) -> None:
    started = time.monotonic()
    while True:
        await asyncio.sleep(every)
        seconds = time.monotonic() - started
        print(f"{len(found)} of {of} addresses ... {seconds:.0f} s", file=sys.stderr, flush=True)
        every = min(every * 1.5, MOST_PROGRESS)


def lines(places: Mapping[str, List[Place]], found: Mapping[str, Judgement]) -> Iterator[str]:
    """Give a line for every place of an address that is not alive, the dead ones first."""
    for state in WORST_FIRST:
        hits = [
            (place, address)
            for address, judgement in found.items()
            if judgement.state is state
            for place in places[address]
        ]
        for place, address in sorted(hits):
            yield f"{place.path}:{place.line}: {state.value}: {address} {found[address].reason}"


def summary(found: Mapping[str, Judgement]) -> str:
    """Count the addresses by how they stand."""
    states = [judgement.state for judgement in found.values()]
    told = [f"{states.count(state)} {state.value}" for state in (*WORST_FIRST, LinkState.ALIVE)]
    look = "; open the refused ones in a browser" if LinkState.REFUSED in states else ""
    return f"{len(states)} addresses: {', '.join(told)}{look}"


def run(places: Mapping[str, List[Place]], manners: Manners, agent: str, every: float = PROGRESS) -> int:
    """Check the addresses, print what is to be said, and return 1 when one is dead, else 0."""
    visits = asyncio.run(visit_all(list(places), manners, agent, every))
    if unreachable(visits) and len(visits) >= min(ENOUGH, len(places)):
        reason = next(iter(visits.values())).trouble
        print(f"nothing answers ({len(visits)} addresses; {reason}): is this machine on the network?")
        return 1
    found = {address: judged(address, visits[address]) for address in places}
    for line in lines(places, found):
        print(line)
    print(summary(found))
    return int(any(judgement.state is LinkState.DEAD for judgement in found.values()))


def main() -> int:
    """Return 0 when no address is dead, else 1; SystemExit with a sentence when the content is wrong."""
    content = content_or_exit(settings_or_exit(), Path.cwd())
    return run(addresses(Path.cwd()), Manners(), AGENT.format(url=content.municipality.url))


if __name__ == "__main__":
    sys.exit(main())
