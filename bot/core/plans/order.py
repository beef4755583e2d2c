"""The order of steps: what comes after what, and what can run at the same time."""

from typing import Dict, List, Mapping, Sequence, Set, Tuple

from bot.core.plans.plan import Plan, Step

Before = Mapping[str, Tuple[str, ...]]
"""For each step the steps that must be finished before it."""


def befores(plan: Plan, steps: Sequence[Step]) -> Dict[str, Tuple[str, ...]]:
    """Return what each of `steps` waits for among them.

    Through a step that is not among them its own predecessors count: who has no alcohol still has the room first.
    """
    every = {step.id: step for step in plan.steps}
    chosen = {step.id for step in steps}

    def waits_for(step: Step) -> List[str]:
        found: List[str] = []
        for name in step.after:
            found += [name] if name in chosen else waits_for(every[name])
        return found

    direct = {step.id: tuple(dict.fromkeys(waits_for(step))) for step in steps}
    return {name: _needed(before, direct) for name, before in direct.items()}


def _needed(names: Tuple[str, ...], before: Before) -> Tuple[str, ...]:
    """Leave out what stands before another one of the names anyway: nobody wants to read it twice."""

    def stand_before(name: str) -> Set[str]:
        return {*before[name]}.union(*(stand_before(other) for other in before[name]))

    implied: Set[str] = set().union(*(stand_before(name) for name in names))
    return tuple(name for name in names if name not in implied)


def layers(steps: Sequence[Step], before: Before) -> List[List[Step]]:
    """Return the steps in an order in which they can be done; those of one layer can run at the same time."""
    depth: Dict[str, int] = {}

    def depth_of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max((depth_of(earlier) for earlier in before[name]), default=-1)
        return depth[name]

    found: List[List[Step]] = [[] for _ in range(1 + max((depth_of(step.id) for step in steps), default=-1))]
    for step in steps:
        found[depth_of(step.id)].append(step)
    return found


def circle(after: Mapping[str, Sequence[str]]) -> List[str]:
    """Return steps that wait for each other in a circle, or nothing; unknown names are passed over."""
    done: Dict[str, bool] = {}

    def search(name: str, way: List[str]) -> List[str]:
        if name in way:
            return way[way.index(name) :]
        if done.get(name):
            return []
        for earlier in after.get(name, ()):
            found = search(earlier, [*way, name])
            if found:
                return found
        done[name] = True
        return []

    for name in after:
        found = search(name, [])
        if found:
            return found
    return []
