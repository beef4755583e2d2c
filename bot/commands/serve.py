"""`python -m bot.commands.serve web|console`: one listener in one process."""

import sys

from bot.bootstrap import build_services
from bot.commands.logs import set_up_logs
from bot.settings import Settings
from bot.web import console_app, public_app


def main(listener: str) -> int:
    """Serve until stopped."""
    settings = Settings.from_environment()
    set_up_logs(settings.log_level)
    services = build_services(settings)
    create, host, port = {
        "web": (public_app.create_app, settings.host, settings.web_port),
        "console": (console_app.create_app, settings.console_host, settings.console_port),
    }[listener]
    create(services).run(host, port, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
