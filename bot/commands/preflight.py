"""Before the start: says in one sentence each what would keep Genvej from running.

Settings that cannot be read, ports in use, a full disk, content or YAML files with mistakes.
"""

import shutil
import sys
from pathlib import Path
from typing import Iterable, Iterator, List

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.bootstrap import load_content, load_gateways
from bot.commands.ports import Port
from bot.commands.ports import problems as port_problems
from bot.core.errors import InvalidContent, InvalidSetting
from bot.settings import Settings

NEEDED_BYTES = 1024**3
RASA_FILES = ("config.yml", "domain.yml", "endpoints.yml", "deploy/endpoints.yml", "credentials.yml")
RASA_FOLDERS = ("data/nlu", "data/rules", "data/stories", "data/responses")


def ports_of(settings: Settings) -> List[Port]:
    """Return every port the settings ask for."""
    return [
        Port("GENVEJ_WEB_PORT", settings.host, settings.web_port),
        Port("GENVEJ_CONSOLE_PORT", settings.console_host, settings.console_port),
        Port("GENVEJ_RASA_PORT", "127.0.0.1", settings.rasa_port),
        Port("GENVEJ_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    ]


def disk_problems(free: int, needed: int = NEEDED_BYTES) -> Iterator[str]:
    """Complain when fewer than the needed bytes are free."""
    if free < needed:
        yield (
            f"the disk is nearly full: {free / 1024**3:.1f} GB are free, "
            f"but Genvej needs at least {needed / 1024**3:.0f} GB."
        )


def folder_problems(var_dir: Path) -> Iterator[str]:
    """Complain when the folder for everything that Genvej keeps cannot be made or written to."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        probe = var_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield f"GENVEJ_VAR_DIR is {str(var_dir)!r}, a folder that cannot be written to: {error.strerror}."


def rasa_yaml_files(root: Path) -> List[Path]:
    """Return every YAML file that Rasa reads."""
    files = [root / name for name in RASA_FILES if (root / name).exists()]
    for folder in RASA_FOLDERS:
        files += sorted(path for path in (root / folder).rglob("*") if path.suffix in (".yml", ".yaml"))
    return files


def yaml_problems(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Complain about every file that is not valid YAML, with file, line and reason."""
    for path in files:
        name = path.relative_to(root).as_posix()
        try:
            YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            yield f"{name}, line {line}: not valid YAML: {str(error.problem).splitlines()[0]}."
        except UnicodeDecodeError:
            yield f"{name}: the file is not UTF-8 text."
        except YAMLError as error:
            yield f"{name}: not valid YAML: {str(error).splitlines()[0]}."


def content_problems(settings: Settings, root: Path) -> Iterator[str]:
    """Complain once about data/: the worst problem, and how many more there are."""
    try:
        load_content(settings, root)
    except InvalidContent as error:
        # A file that cannot be parsed is why others miss what it holds, so it comes first.
        worst = min(error.problems, key=lambda problem: "not valid YAML" not in str(problem))
        more = len(error.problems) - 1
        rest = f" ({more} more: `make content` lists them)" if more else ""
        yield f"{str(worst).rstrip('.')}{rest}."
    except OSError as error:
        yield f"{error.filename} cannot be read: {error.strerror}."


def problems(settings: Settings, root: Path, free: int) -> Iterator[str]:
    """Give one sentence for everything that would keep Genvej from running."""
    yield from port_problems(ports_of(settings))
    yield from disk_problems(free)
    yield from folder_problems(settings.var_dir)
    broken = list(yaml_problems(rasa_yaml_files(root), root))
    yield from broken or content_problems(settings, root)


def notices(settings: Settings) -> Iterator[str]:
    """Give one sentence for what keeps nothing from running, but somebody has to decide."""
    if not settings.case_days:
        yield "GENVEJ_CASE_DAYS is not set: ended cases are never deleted. The municipality decides for how long."


def main() -> int:
    """Return 0 when Genvej can start; else print why not and return 1."""
    try:
        settings = Settings.from_environment()
        load_gateways(settings)
        found = list(problems(settings, Path.cwd(), shutil.disk_usage(Path.cwd()).free))
        for notice in notices(settings):
            print(f"Note: {notice}")
    except InvalidSetting as error:
        found = [f"{error}."]
    for sentence in found:
        print(f"Genvej cannot start: {sentence}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
