"""`make bench`: compares the speed of Genvej's whole path with that of Rasa's starter bot, on this machine.

The systems take turns, so that a machine that gets slower or faster does so for both. The exit code is 0 when every
message was answered, 1 when the figures must not be believed. `--quick` makes a short run with rough figures.
"""

import argparse
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List

from tests.load import processes, report
from tests.load.measuring import QUICK, Plan, Round, measure
from tests.load.systems import ROOT, Genvej, Starter, System, SystemFailed
from tools.errors import SetupFailed, run_main


def say(line: str) -> None:
    """Show progress; the table alone goes to stdout."""
    print(line, file=sys.stderr, flush=True)


def compare(plan: Plan, folder: Path) -> Dict[str, report.Results]:
    """Set both systems up, train them, and measure them in turn."""
    systems: List[System] = [Starter(folder / "starter"), Genvej(folder / "genvej")]
    training: Dict[str, float] = {}
    for system in reversed(systems):
        system.prepare()
    for system in systems:
        training[system.key] = system.train()
    rounds: Dict[str, List[Round]] = {system.key: [] for system in systems}
    for number in range(1, plan.rounds + 1):
        for system in systems:
            label = f"Round {number} of {plan.rounds}, {system.name}"
            found = measure(system, plan, lambda line, label=label: say(f"{label}: {line}"))
            say(f"{label}: median {found.median * 1000:.1f} ms, {found.per_second:.1f} messages/s")
            rounds[system.key].append(found)
    return {key: report.Results(training[key], rounds[key]) for key in training}


def main() -> None:
    """Run the benchmark and end the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a short run with rough figures")
    parser.add_argument(
        "--rounds", type=int, help=f"how often the systems take turns (default: {Plan().rounds})"
    )
    options = parser.parse_args()
    plan = QUICK if options.quick else Plan()
    if options.rounds:
        plan = plan._replace(rounds=options.rounds)
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    processes.adopt_orphans()
    computer = report.machine()
    try:
        with tempfile.TemporaryDirectory(prefix="genvej-bench-") as folder:
            try:
                results = compare(plan, Path(folder))
            finally:
                processes.end_all()
    except (SystemFailed, OSError) as error:
        raise SetupFailed(f"the benchmark failed: {error}") from error
    sys.exit(show(plan, results, computer))


def show(plan: Plan, results: Dict[str, report.Results], computer: Dict[str, Any]) -> int:
    """Print the table, write the file, and return the exit code."""
    starter, genvej = results["starter"], results["genvej"]
    lines = report.rows(starter, genvej, plan)
    path = report.write(ROOT / "var/bench", datetime.now().astimezone(), plan, lines, results, computer)
    print(
        f"{computer['processor']}, {computer['cores']} cores, load before the start {computer['load'][0]:.1f}"
    )
    print(report.table(lines))
    answers = sum(one.answers for one in genvej.rounds)
    on_topic = answers - sum(one.off_topic for one in genvej.rounds)
    print(f"\n{report.verdict(lines)}")
    print(f"Genvej's answers on the topic asked: {on_topic} of {answers}.")
    print(f"Everything measured: {path.relative_to(ROOT)}")
    for disturbance in report.disturbed(starter, genvej):
        print(f"Rough: {disturbance}.")
    found = report.problems(starter, genvej)
    for problem in found:
        print(f"NOT TO BE BELIEVED: {problem}.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    run_main(main)
