"""`make preview`: write var/preview/index.html, every topic as a visitor reads it, to be opened from the disk."""

import argparse
import shutil
import sys
from pathlib import Path

from bot.bootstrap import now
from bot.commands.options import content_or_exit, day, settings_or_exit
from bot.web.listener import STATIC
from bot.web.preview import render

# What the page needs of the public web's static files.
STYLES = ("base.css", "chat.css", "vendor/dkfds")


def write(html: str, folder: Path) -> Path:
    """Write the page and the styles beside it and return its path; OSError when the folder cannot be written."""
    for name in STYLES:
        source, target = STATIC / name, folder / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
    page = folder / "index.html"
    page.write_text(html, encoding="utf-8")
    return page


def main() -> int:
    """Write the page and return 0; SystemExit with a sentence when the content is wrong or it cannot be written."""
    parser = argparse.ArgumentParser(prog="make preview", description=__doc__.splitlines()[0])
    parser.add_argument("--day", type=day, help="the day on which it is read; default: today")
    today = parser.parse_args().day or now().date()
    settings = settings_or_exit()
    content = content_or_exit(settings, Path.cwd())
    try:
        page = write(render(content, today), settings.var_dir / "preview")
    except OSError as error:
        sys.exit(f"{error.filename} cannot be written: {error.strerror}.")
    print(f"{page}: {len(content.knowledge.topics)} topics as they are read on {today}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
