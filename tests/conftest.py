"""What every test may use: the real content, and no way out to the network."""

import ipaddress
import socket
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from bot.content.loading import Content, load

ROOT = Path(__file__).resolve().parent.parent

# The property of a test under which it keeps a line for the summary.
MEASURED = "measured"

# The same examples on every run, and nothing left in the checkout.
hypothesis.settings.register_profile("genvej", database=None, deadline=None, derandomize=True)
hypothesis.settings.load_profile("genvej")
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "genvej-hypothesis")


def pytest_terminal_summary(terminalreporter) -> None:
    """Show what tests measured: what they print themselves is lost when another process runs them."""
    reports = [report for each in terminalreporter.stats.values() for report in each]
    told = [value for report in reports for name, value in _properties(report) if name == MEASURED]
    if told:
        terminalreporter.section("measured")
        for line in dict.fromkeys(told):
            terminalreporter.write_line(line)


def _properties(report):
    return getattr(report, "user_properties", ())


@pytest.fixture
def measured(record_property):
    """Say a figure that the summary shows."""
    return lambda line: record_property(MEASURED, line)


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Let no test reach further than this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise OSError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


def _is_local(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def content() -> Content:
    """Return everything that data/ holds, as the services get it."""
    return load(ROOT, "helsingor")
