"""`make retention`: counts what is old enough to be deleted, and deletes nothing."""

from datetime import timedelta

from bot.bootstrap import Services, build_services


def report(services: Services) -> str:
    """Return what the worker would delete now, a line each."""
    settings, expired = services.settings, services.retention.expired()
    before = services.clock() - timedelta(days=settings.conversation_days)
    cases = f"{expired.cases} cases that ended more than {settings.case_days} days ago"
    if expired.not_exported:
        cases += f"; of {expired.not_exported} nobody has taken the records out since (docs/records.md)"
    if not settings.case_days:
        cases = "cases: GENVEJ_CASE_DAYS is not set, so that none is ever deleted"
    return "\n".join(
        [
            f"{len(services.conversations.idle_since(before))} conversations silent for more than "
            f"{settings.conversation_days} days",
            f"{services.plans.count_idle(before)} kept plans that nobody opened for as long",
            cases,
            f"{expired.mails} mails that went out more than {settings.mail_days} days ago and still have their text, "
            "or belong to no case",
            f"{expired.audit} lines of the log of who saw what that are older than {settings.audit_days} days",
        ]
    )


def main() -> None:
    """Print it."""
    print(report(build_services()))


if __name__ == "__main__":
    main()
