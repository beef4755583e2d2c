"""The one error of the set-up, and how a command line ends with it."""

import signal
import sys
from typing import Callable


class SetupFailed(Exception):
    """Something the set-up needs is not there; the message is one sentence that says what to do."""


def run_main(main: Callable[[], None]) -> None:
    """Run a command's main function and end the process: a sentence on stderr instead of a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what it started is stopped too
    try:
        main()
    except SetupFailed as error:
        print(f"Genvej: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
