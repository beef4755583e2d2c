"""What every process of ours writes to its log: no text of visitors, no tokens."""

import logging


def set_up_logs(level: str) -> None:
    """Write lines with time, level and place to standard error."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
