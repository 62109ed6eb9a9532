"""What the environment makes of the settings: looked at in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments, **environment):
    """A command on a new installation that knows these variables and no others."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ombudsman.settings", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_site_with_https_passes_djangos_check_for_deployment(tmp_path):
    process = run(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        DATA_DIR=str(tmp_path),
        SITE_ADDRESS="https://council-letters.example",
        ALLOWED_HOSTS="council-letters.example",
    )
    output, _ = process.communicate()
    assert process.returncode == 0, output


def test_processes_that_start_together_share_one_key_that_only_its_owner_reads(tmp_path):
    show = "from django.conf import settings; print(settings.SECRET_KEY)"
    processes = [run("-c", show, DATA_DIR=str(tmp_path)) for _ in range(4)]
    keys = {process.communicate()[0] for process in processes}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["DEBUG", "DEMONSTRATION", "BEHIND_PROXY"])
def test_a_switch_is_on_or_off_and_nothing_else(tmp_path, name):
    process = run("manage.py", "check", DATA_DIR=str(tmp_path), **{name: "maybe"})
    output, _ = process.communicate()
    assert process.returncode != 0
    assert f"{name} is 'maybe': say 1 or 0." in output
