"""Whether a port can be listened on, and which process holds it when not."""

import errno
import os
import socket
from pathlib import Path
from typing import Dict, Iterator, NamedTuple, Optional, Sequence

LISTENING = "0A"  # the state's code in /proc/net/tcp


class Port(NamedTuple):
    """A port that a program of ours will listen on; `setting` is the variable that chooses it."""

    setting: str
    host: str
    number: int


def problems(ports: Sequence[Port]) -> Iterator[str]:
    """Give one sentence for every port that cannot be used."""
    taken: Dict[int, str] = {}
    for port in ports:
        if not 1 <= port.number <= 65535:
            yield f"{port.setting} is {port.number}, but a port is a number from 1 to 65535."
        elif port.number in taken:
            yield f"{port.setting} and {taken[port.number]} are both {port.number}; give each its own port."
        else:
            taken[port.number] = port.setting
            yield from _listening_problem(port)


def _listening_problem(port: Port) -> Iterator[str]:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            port.host, port.number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # as servers do: no wait after a restart
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        yield f"{_host_setting(port)} is {port.host!r}, which is not an address."
    except OSError as error:
        yield _why_not(port, error)


def _host_setting(port: Port) -> str:
    return "GENVEJ_CONSOLE_HOST" if port.setting == "GENVEJ_CONSOLE_PORT" else "GENVEJ_HOST"


def _why_not(port: Port, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(port.number)
        by = f" by {holder}" if holder else ""
        return f"port {port.number} is in use{by}; stop that, or set {port.setting} to another port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{_host_setting(port)} is {port.host!r}, which is not an address of this machine."
    if error.errno == errno.EACCES:
        return f"{port.setting} is {port.number}, a port that this user may not listen on."
    return f"port {port.number} ({port.setting}) cannot be used: {error.strerror}."


def holder_of(number: int, proc: Path = Path("/proc")) -> Optional[str]:
    """Return the name and id of the process that listens on a port, or None where that cannot be seen."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(number, proc)}
    if not inodes:
        return None
    for process in proc.glob("[0-9]*"):
        try:
            if any(os.readlink(entry) in inodes for entry in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue  # another user's process, or one that has just ended
    return None


def _listening_inodes(number: int, proc: Path) -> Iterator[str]:
    for table in ("net/tcp", "net/tcp6"):
        try:
            lines = (proc / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for columns in map(str.split, lines):
            if columns[3] == LISTENING and int(columns[1].rpartition(":")[2], 16) == number:
                yield columns[9]
