"""New installations for tests: processes of their own that know what they are told and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR"


def whole(folder: Path) -> dict[str, str]:
    """All that an installation which the public sees must be told."""
    return {
        "SITE_ADDRESS": "https://council-letters.example",
        "ALLOWED_HOSTS": "council-letters.example",
        "BEHIND_PROXY": "1",
        "SECRET_KEY": KEY,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DATA_DIR": str(folder),
    }


def run(*arguments: str, **variables: str) -> subprocess.Popen:
    """A command on a new installation that knows these variables and no others."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ombudsman.settings", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
