"""Installs Debian packages where this user may do so without being asked for a password."""

import os
import shutil
import subprocess
from typing import List, Optional

from tools import progress


def privilege() -> Optional[List[str]]:
    """Return what to put before apt-get: nothing as root, sudo where it asks nothing; None where neither works."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(
            ["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def install(package: str) -> bool:
    """Install a Debian package; tell whether it worked."""
    before = privilege()
    if before is None:
        return False
    quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try:
        progress.run("Reading the list of Debian packages", [*quiet, "update"])
    except progress.CommandFailed:
        pass  # one unreachable source is no reason to give up; the install says whether it mattered
    try:
        progress.run(f"Installing the Debian package {package}", [*quiet, "install", "-y", package])
    except progress.CommandFailed:
        return False
    return True
