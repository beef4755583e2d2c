"""`make setup`: the environments of the product (`run`), of its tests (`test`) and of its tools (`check`)."""

import functools
import sys

from tools import chromium, environments, uv
from tools.errors import run_main
from tools.requirements import ROOT, RUN, TEST, TOOLS


def main() -> None:
    """Set up what the words on the command line name, in that order."""
    obtain_uv = functools.lru_cache(maxsize=None)(lambda: uv.obtain(ROOT))
    for purpose in sys.argv[1:] or ["run"]:
        if purpose == "run":
            environments.sync(ROOT / ".venv", [RUN], ROOT, obtain_uv)
        elif purpose == "test":
            environments.sync(ROOT / ".venv", [RUN, TEST], ROOT, obtain_uv)
            chromium.obtain(ROOT / ".venv/bin/python")
        elif purpose == "check":
            environments.sync(ROOT / ".venv-tools", [TOOLS], ROOT, obtain_uv)
        else:
            sys.exit(f"Genvej: there is nothing to set up for {purpose!r}; say run, test or check.")


if __name__ == "__main__":
    run_main(main)
