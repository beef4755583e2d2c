"""The services the actions work with, built once for the action server."""

from functools import lru_cache

from bot.bootstrap import Services, build_services


@lru_cache(maxsize=1)
def services() -> Services:
    """Return the action server's services."""
    return build_services()
