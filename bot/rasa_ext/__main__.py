"""`python -m bot.rasa_ext train ...`: Rasa's own command, made faster before it reads anything."""

from bot.rasa_ext import faster_rasa

if __name__ == "__main__":
    faster_rasa.install()
    from rasa.__main__ import main

    main()
