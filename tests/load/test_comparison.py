"""The benchmark compares medians, says when figures must not be believed, and leaves no process behind."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.load import processes, report, systems
from tests.load.measuring import Plan, Round

ROOT = Path(__file__).parents[2]

# The table


def results(median=0.02, ready=20.0, per_second=50.0, errors=None, off_topic=0, training=30.0, others=0.0):
    one = Round(ready, median, median * 2, per_second, 2**30, "PSS", 3, 100, off_topic, errors or {}, others)
    return report.Results(training, [one, one._replace(median=median * 3), one])


def test_the_table_shows_the_medians_of_the_rounds_and_their_ratio():
    rows = report.rows(results(median=0.04), results(median=0.01), Plan())
    assert (rows[0].starter, rows[0].genvej, rows[0].ratio) == pytest.approx((40, 10, 0.25))
    assert "| Reply time, one visitor, median |     40.0 ms |    10.0 ms |           0.25 |     lower |" in (
        report.table(rows).splitlines()
    )


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({}, "Genvej is behind in no row."),
        ({"per_second": 49.0}, "Genvej is behind in: Messages a second, 8 visitors."),
        ({"per_second": 90.0, "ready": 21.0}, "Genvej is behind in: Time to the first answer."),
    ],
)
def test_the_verdict_names_every_row_in_which_genvej_is_behind(figures, sentence):
    assert report.verdict(report.rows(results(), results(**figures), Plan())) == sentence


@pytest.mark.parametrize(
    ("starter", "genvej", "count"),
    [
        ({}, {}, 0),
        ({"errors": {"empty reply": 2}}, {}, 3),
        ({}, {"off_topic": 20}, 0),
        ({}, {"off_topic": 21}, 3),
    ],
)
def test_figures_with_errors_or_wrong_answers_are_not_believed(starter, genvej, count):
    assert len(report.problems(results(**starter), results(**genvej))) == count


@pytest.mark.parametrize(("others", "count"), [(0.1, 0), (0.11, 3)])
def test_rounds_in_which_other_programs_were_busy_are_named(others, count):
    found = report.disturbed(results(), results(others=others))
    assert len(found) == count
    assert all("of Genvej: other programs used 11%" in sentence for sentence in found)


def test_the_file_holds_the_table_and_every_round(tmp_path):
    both = {"starter": results(), "genvej": results(errors={"status 503": 1})}
    rows = report.rows(both["starter"], both["genvej"], Plan())
    at = datetime(2026, 11, 22, 10, 15, tzinfo=timezone.utc)
    path = report.write(tmp_path / "bench", at, Plan(), rows, both, report.machine())
    written = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "2026-11-22T101500.json"
    assert [row["label"] for row in written["table"]] == [row.label for row in rows]
    assert len(written["rounds"]["genvej"]) == 3
    assert len(written["problems"]) == 3
    assert written["machine"]["cores"] >= 1


# The systems


def test_a_system_sees_nobodys_settings_of_genvej(monkeypatch):
    monkeypatch.setenv("GENVEJ_DATABASE_URL", "postgresql://the/real/one")
    env = systems.environment({"GENVEJ_RATE_LIMIT": "0"})
    assert [name for name in env if name.startswith("GENVEJ_")] == ["GENVEJ_RATE_LIMIT"]


def test_the_copy_has_all_that_a_start_needs_and_no_model_or_database(tmp_path):
    genvej = systems.Genvej(tmp_path / "genvej")
    genvej.copy()
    assert (genvej.folder / "deploy/supervisord.conf").is_file()
    assert (genvej.folder / "bot/commands/run.py").is_file()
    assert not (genvej.folder / "models").exists()
    assert not (genvej.folder / "var").exists()


# Processes

# A child with a child of its own; the first ends at once, and both would rather not.
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() and os.fork():
    sys.exit()
os.write(1, f"{os.getpid()}\\n".encode())
time.sleep(60)
"""
BENCH = """
import os, sys, time
from pathlib import Path
from tests.load import processes
processes.adopt_orphans()
log = Path(sys.argv[1])
processes.start([sys.executable, "-u", "-c", sys.argv[2]], Path.cwd(), os.environ, log)
processes.wait_until(lambda: len(log.read_text().split()) == 2, 20)
print(processes.memory(processes.descendants(os.getpid())), len(processes.descendants(os.getpid())), flush=True)
processes.end_all(0.2)
print(processes.descendants(os.getpid()))
"""


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_orphans_that_ignore_the_wish_to_end_are_weighed_and_ended(tmp_path):
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-c", BENCH, str(log), STUBBORN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    weighed, left = done.stdout.splitlines()
    assert weighed.endswith(" 2")
    assert "total=0" not in weighed
    assert left == "[]", done.stderr
    pids = log.read_text().split()
    assert len(pids) == 2
    assert not any(map(is_running, pids))


def test_what_the_benchmark_started_ends_when_the_benchmark_is_killed(tmp_path):
    log = tmp_path / "log"
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    starting = (
        "import os, sys, time; from pathlib import Path; from tests.load import processes; "
        "processes.start([sys.executable, '-c', sys.argv[2]], Path.cwd(), os.environ, Path(sys.argv[1])); "
        "time.sleep(60)"
    )
    bench = subprocess.Popen([sys.executable, "-c", starting, str(log), child], cwd=ROOT)
    try:
        assert processes.wait_until(lambda: log.is_file() and log.read_text().strip() != "", 20)
        pid = int(log.read_text())
    finally:
        bench.send_signal(signal.SIGKILL)
        bench.wait()
    assert processes.wait_until(lambda: not is_running(pid), 10)


def test_work_of_this_process_is_not_work_of_others():
    before = processes.usage()
    assert processes.wait_until(lambda: sum(range(10**6)) and processes.usage().ours - before.ours > 0.2, 20)
    after = processes.usage()
    both = after.everybody - before.everybody
    assert processes.share_of_others(before, after, 1.0) * (os.cpu_count() or 1) <= both - 0.2 + 0.05


def test_work_of_others_is_their_part_of_all_processors():
    before = processes.Usage(everybody=100.0, ours=40.0)
    after = processes.Usage(everybody=100.0 + 3 * os.cpu_count(), ours=40.0 + 1 * os.cpu_count())
    assert processes.share_of_others(before, after, 10.0) == pytest.approx(0.2)


def test_every_process_counts_in_the_memory():
    kind, total, count = processes.memory([os.getpid()])
    assert kind in ("PSS", "RSS")
    assert total > 2**20
    assert count == 1
    assert processes.memory([os.getpid()] * 2).total == pytest.approx(2 * total, rel=0.1)
