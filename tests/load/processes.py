"""The processes of a system: started, weighed, and ended whatever happens.

A system may start processes that outlive the one that started them. Linux hands such orphans to the benchmark
(it asks for that), so the benchmark's descendants are always all there is to weigh and to end.
"""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Callable, Dict, List, Mapping, NamedTuple, Sequence

PROC = Path("/proc")
SECONDS_TO_END = 30.0
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_POLL_EVERY = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")
_libc = ctypes.CDLL(None, use_errno=True)


class Memory(NamedTuple):
    """Bytes used by a number of processes. PSS counts shared pages once, RSS once for every process."""

    kind: str
    total: int
    processes: int


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent has ended."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(
    command: Sequence[str], folder: Path, env: Mapping[str, str], log: Path
) -> "subprocess.Popen[bytes]":
    """Start a program in a session of its own; it is told to end when the benchmark is killed."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def descendants(ancestor: int) -> List[int]:
    """Return every process below this one that has not ended, parents before children."""
    children: Dict[int, List[int]] = {}
    for entry in PROC.glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue  # it has just ended
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":
            children.setdefault(int(parent), []).append(int(entry.name))
    found = [ancestor]
    for pid in found:
        found += children.get(pid, [])
    return found[1:]


def memory(pids: Sequence[int]) -> Memory:
    """Return the memory of processes: PSS where the kernel tells it, else RSS."""
    try:
        return Memory("PSS", sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in pids) * 1024, len(pids))
    except OSError:
        return Memory("RSS", sum(_kilobytes(pid, "status", "VmRSS:") for pid in pids) * 1024, len(pids))


class Usage(NamedTuple):
    """Seconds of processor time since the machine started: of all its processes, and of this one and those below."""

    everybody: float
    ours: float


def usage() -> Usage:
    """Return the processor time used so far. A process of ours that has ended since is counted as somebody else's."""
    columns = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts = map(int, columns[:7])
    ours = sum(map(_ticks, [os.getpid(), *descendants(os.getpid())]))
    return Usage((user + nice + system + interrupts + soft_interrupts) / _TICKS, ours / _TICKS)


def share_of_others(before: Usage, after: Usage, seconds: float) -> float:
    """Return which part of the machine's processors others used between two moments."""
    others = (after.everybody - before.everybody) - (after.ours - before.ours)
    return max(0.0, others / seconds / (os.cpu_count() or 1))


def end_all(seconds: float = SECONDS_TO_END) -> None:
    """End every descendant: the oldest is asked to end the others, then all are asked, then all are killed."""
    here = os.getpid()
    left = descendants(here)
    _signal(left[:1], signal.SIGTERM)
    if not _gone(here, seconds):
        _signal(descendants(here), signal.SIGTERM)
        if not _gone(here, min(seconds, 5.0)):
            _signal(descendants(here), signal.SIGKILL)
            _gone(here, 5.0)


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is done; False when it is not after so many seconds."""
    until = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() >= until:
            return False
        time.sleep(_POLL_EVERY)
    return True


def _gone(ancestor: int, seconds: float) -> bool:
    def nobody_left() -> bool:
        _reap()
        return not descendants(ancestor)

    return wait_until(nobody_left, seconds)


def _reap() -> None:
    """Take note of the end of children, also of adopted ones."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _signal(pids: Sequence[int], sign: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            pass


def _end_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _ticks(pid: int) -> int:
    try:
        user, system = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0  # it has just ended
    return int(user) + int(system)


def _kilobytes(pid: int, file: str, field: str) -> int:
    try:
        lines = (PROC / str(pid) / file).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        if (PROC / str(pid)).exists() and file == "smaps_rollup":
            raise  # a kernel that does not tell PSS
        return 0  # it has just ended
    return sum(int(line.split()[1]) for line in lines if line.startswith(field))
