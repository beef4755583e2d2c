"""Which certificates are trusted, and which addresses need none."""

import ipaddress
import ssl

from bot.core.errors import InvalidSetting


def trust(ca_file: str) -> ssl.SSLContext:
    """Return what checks certificates: the system's authorities, and the municipality's own in a PEM file.

    InvalidSetting when the file cannot be read.
    """
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise InvalidSetting(f"GENVEJ_CA_FILE is {ca_file!r}, which holds no certificates") from error
    return context


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, so that what is sent there crosses no network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
