"""The machine's own Chromium; the tests fetch none."""

import os
from shutil import which

# The shell is the same browser without windows of its own to draw: half the work of headless Chromium.
NAMES = ("chromium-headless-shell", "chromium")
# Without --disable-gpu, drawing takes a detour over a graphics card that no server has.
ARGUMENTS = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def path() -> str | None:
    """Where it is: what CHROMIUM names, else the first that is found; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(which, NAMES)), None)
