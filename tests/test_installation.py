"""docs/operating.md, followed step by step: its blocks marked as tried are run as they stand, in the test's folders."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.process

TEXT = (ROOT / "docs" / "operating.md").read_text()
_BLOCK = re.compile(r"<!-- tried(?P<how>[^>]*?) -->\n```\n(?P<commands>.*?)```", re.DOTALL)
# The role that runs the site, where another one owns the tables.
SITE_ROLE = "performance"
# What the site's own user and the settings' file do on a machine of its own is done by whoever runs the test.
RUN = 'run() { (cd {site} && set -a && . {settings}/environment && exec "$@"); }'


def blocks():
    """How to run them, and the commands."""
    found = [(match["how"].strip(" :"), match["commands"]) for match in _BLOCK.finditer(TEXT)]
    assert {how for how, _ in found} == {"", "in the background", "with two roles"}
    return found


@pytest.fixture
def place(tmp_path):
    """The document's folders and port as the test has them."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    folders = {"/etc/performance": tmp_path / "settings", "/var/lib/performance": tmp_path / "data"}
    for folder in folders.values():
        folder.mkdir()
    return {"/opt/performance": str(ROOT), "127.0.0.1:8000": f"127.0.0.1:{port}"} | {
        name: str(folder) for name, folder in folders.items()
    }


def placed(text, place):
    for theirs, ours in place.items():
        text = text.replace(theirs, ours)
    return text


def have_server():
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")


@pytest.mark.skipif(not have_server(), reason="there is no PostgreSQL server on this machine")
def test_who_follows_the_document_has_a_running_site(place, tmp_path):
    script = tmp_path / "follow.sh"
    script.write_text("\n".join(["set -euo pipefail", *_steps(place)]))
    done = subprocess.run(
        ["scripts/with-postgres", "bash", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "BIND": place["127.0.0.1:8000"], "WEB_PROCESSES": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'ombudsman_part_up{part="database"} 1.0' in done.stdout
    assert 'ombudsman_part_up{part="storage"} 1.0' in done.stdout
    assert f"{SITE_ROLE} may run the site" in done.stdout
    assert "Backed up: the database" in done.stdout
    assert "Traceback" not in done.stderr


def _steps(place):
    """The document's commands, with the test's own database in the settings and a wait for what is started."""
    settings, site = place["/etc/performance"], place["/opt/performance"]
    yield RUN.replace("{site}", site).replace("{settings}", settings)
    # Each started part is a process group of its own, so that nothing of it is left behind.
    yield "set -m; trap 'for job in $(jobs -p); do kill -- -$job; done; wait' EXIT"
    for how, commands in blocks():
        if how == "with two roles":
            yield from _second_role(settings)
        lines = placed(commands, place).splitlines()
        yield from (f"{line} &" for line in lines) if how == "in the background" else lines
        if "environment.example" in commands:
            yield _edited(settings, place)
        if how == "in the background":
            asked = f"curl --fail --silent http://{place['127.0.0.1:8000']}/healthz"
            yield f"timeout 60 bash -c 'until {asked} >/dev/null; do sleep 0.2; done'"
    # The last block has given the role that runs the site what it needs, for this too.
    yield f"run .venv/bin/python manage.py on_record backup {settings}/backup"


def _second_role(settings):
    """The settings name another role than the one that made the tables, which only `owner` knows from then on."""
    owner, role = "//ombudsman@", f"//{SITE_ROLE}@"
    yield f'psql --quiet "$DATABASE_URL" --command "CREATE ROLE {SITE_ROLE} LOGIN"'
    yield f"grep -q {owner} {settings}/environment && sed -i -e 's#{owner}#{role}#' {settings}/environment"
    yield f'echo "$DATABASE_URL" >{settings}/database-owner'


def _edited(settings, place):
    """The settings' file as an editor would leave it."""
    changes = [f"s#{theirs}#{ours}#g" for theirs, ours in place.items()]
    changes.append("s#^DATABASE_URL=.*#DATABASE_URL='$DATABASE_URL'#")
    return f'sed -i -e "{"; ".join(changes)}" {settings}/environment'
