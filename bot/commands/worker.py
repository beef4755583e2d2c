"""`python -m bot.commands.worker`: what happens without anybody asking: mails go out, old chats are deleted."""

import logging
import signal
import threading
from datetime import timedelta

from bot.bootstrap import Services, build_services
from bot.commands.logs import set_up_logs

log = logging.getLogger(__name__)
SECONDS_BETWEEN_DELIVERIES = 2
ROUNDS_BETWEEN_CLEANINGS = 1800


def delete_old_conversations(services: Services) -> int:
    """Delete conversations that have been silent for the days of the setting; return how many."""
    before = services.clock() - timedelta(days=services.settings.conversation_days)
    old = services.conversations.idle_since(before)
    for conversation_id in old:
        services.tracker.erase(conversation_id)
        services.conversations.erase(conversation_id)
    return len(old)


def delete_old_plans(services: Services) -> int:
    """Delete plans that nobody has looked at for the days of the setting; return how many."""
    return services.plans.delete_idle(services.clock() - timedelta(days=services.settings.conversation_days))


def work(services: Services, stopped: threading.Event) -> None:
    """Do what is due until stopped. A round that fails is logged, and the next one tries again."""
    rounds = 0
    while not stopped.is_set():
        try:
            services.outbox.deliver_due()
            if rounds % ROUNDS_BETWEEN_CLEANINGS == 0:
                log.info("deleted %s old conversations", delete_old_conversations(services))
                log.info("deleted %s old plans", delete_old_plans(services))
                services.staff.delete_expired_sessions(services.clock())
        except Exception as error:
            # The database may be away for a moment; the worker must outlive that.
            log.error("a round failed: %s", type(error).__name__)
        rounds += 1
        stopped.wait(SECONDS_BETWEEN_DELIVERIES)


def main() -> None:
    """Work until a signal says stop."""
    services = build_services()
    set_up_logs(services.settings.log_level)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    work(services, stopped)


if __name__ == "__main__":
    main()
