"""Set-up of Genvej: standard library only, for whatever Python 3 the machine has."""

import sys

if sys.version_info < (3, 9):
    sys.exit("Genvej's set-up needs Python 3.9 or newer, but python3 is {}.{}.".format(*sys.version_info[:2]))
