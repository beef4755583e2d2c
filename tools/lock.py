"""`make lock`: rewrites every requirements*.txt from its .in file."""

from typing import List

from tools import progress, uv
from tools.errors import SetupFailed, run_main
from tools.requirements import ROOT, RUN, TEST, TOOLS

# No index address may end up in a lock: every machine fetches from where it is set up to fetch.
OPTIONS = "--universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header"


def command(executable: str, lock: str) -> List[str]:
    """Return the command that writes one lock; pins already in it are kept where they still fit."""
    return [executable, "pip", "compile", *OPTIONS.split(), lock.replace(".txt", ".in"), "-o", lock]


def main() -> None:
    """Rewrite the locks; the tests' lock comes after the product's, which constrains it."""
    executable = uv.obtain(ROOT)
    for lock in (RUN, TEST, TOOLS):
        try:
            progress.run(f"Locking {lock}", command(executable, lock), cwd=ROOT)
        except progress.CommandFailed as error:
            reason = "\n".join(progress.last_lines(error.output))
            raise SetupFailed(f"{lock} could not be resolved:\n{reason}") from error


if __name__ == "__main__":
    run_main(main)
