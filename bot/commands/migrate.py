"""`python -m bot.commands.migrate`: bring the database to the newest version."""

from bot.bootstrap import build_services

if __name__ == "__main__":
    build_services().database.migrate()
