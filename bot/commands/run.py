"""`make run`: hands the settings over to supervisord, and stops it when told to.

supervisord starts, watches, restarts and stops the programs that deploy/supervisord.conf lists.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Dict, List

from bot.core.errors import InvalidSetting
from bot.settings import Settings
from tools import foreground
from tools.errors import SetupFailed, run_main

CONFIG = Path("deploy/supervisord.conf")
TERMINAL = "/dev/stdout"


def for_rasa(settings: Settings) -> Dict[str, str]:
    """Return the variables that deploy/endpoints.yml names, and what keeps Rasa and its libraries quiet."""
    return {
        "GENVEJ_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "GENVEJ_TRACKER_URL": settings.tracker_database,
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def for_supervisord(settings: Settings, bin_dir: Path) -> Dict[str, str]:
    """Return the variables that deploy/supervisord.conf names."""
    var_dir = settings.var_dir.absolute()
    return {
        "GENVEJ_BIN": str(bin_dir),
        "GENVEJ_VAR_DIR": str(var_dir),
        "GENVEJ_TERMINAL": _terminal(var_dir),
        "GENVEJ_RASA_PORT": str(settings.rasa_port),
        "GENVEJ_ACTIONS_PORT": str(settings.actions_port),
    }


def command(bin_dir: Path, root_user: bool) -> List[str]:
    """Return the command that starts supervisord in the foreground."""
    supervisord = [str(bin_dir / "supervisord"), "-n", "-c", str(CONFIG)]
    if root_user:
        supervisord += ["-u", "root"]  # said aloud, or it warns that it runs as root
    return supervisord


def prepare(var_dir: Path) -> None:
    """Make the folders for logs and metrics; the counts of processes that ended are not ours."""
    (var_dir / "log").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(var_dir / "metrics", ignore_errors=True)
    (var_dir / "metrics").mkdir()


def _terminal(var_dir: Path) -> str:
    """Return where announcements go: the terminal, or a log where there is none that can be opened by name."""
    try:
        with open(TERMINAL, "ab"):
            return TERMINAL
    except OSError:
        return str(var_dir / "log/announce.log")


def main() -> None:
    """Run supervisord until it is stopped."""
    try:
        settings = Settings.from_environment()
        prepare(settings.var_dir)
    except (InvalidSetting, OSError) as error:
        raise SetupFailed(f"it cannot start: {error}.") from error
    bin_dir = Path(sys.executable).parent
    extra = {**for_rasa(settings), **for_supervisord(settings, bin_dir)}
    if extra["GENVEJ_TERMINAL"] != TERMINAL:
        print(f"What is announced goes to {extra['GENVEJ_TERMINAL']}.", flush=True)
    sys.exit(foreground.run(command(bin_dir, os.geteuid() == 0), extra))


if __name__ == "__main__":
    run_main(main)
