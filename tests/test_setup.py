"""scripts/setup: what it installs for which options, as told by stand-ins for the programs that it calls."""

import os
import shutil
import subprocess

import pytest

from tests.processes import ROOT

LISTS = ["", "-demo", "-ocr", "-s3", "-release", "-dev", "-installer", "-node"]
TELLS = 'echo "$(basename "$0") $*" >>log\n'
PROGRAMS = {
    ".venv/bin/python": TELLS + '[ "$1" != -c ] || echo sidecar',
    ".venv/bin/uv": TELLS + "[ ! -e offline ]",
    "bin/npm": TELLS + "mkdir -p static/build",
    "bin/node": "",
}
SIDECAR = "sidecar/static/drf_spectacular_sidecar/swagger-ui-dist"


class Project:
    """A folder with the script and all that it reads."""

    def __init__(self, folder):
        self.folder = folder
        for name in ["scripts", ".venv/bin", "bin", "static/src", "static/js", "static/images", SIDECAR]:
            (folder / name).mkdir(parents=True)
        shutil.copy(ROOT / "scripts" / "setup", folder / "scripts")
        for name in ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"]:
            (folder / SIDECAR / name).write_text("text\n")
        for name in ["package.json", "package-lock.json"]:
            (folder / name).write_text("{}")
        for name, lines in PROGRAMS.items():
            (folder / name).write_text(f"#!/bin/sh\n{lines}\n")
            (folder / name).chmod(0o755)
        self.upgrade("1")

    def upgrade(self, version):
        for name in LISTS:
            (self.folder / f"requirements{name}.txt").write_text(f"{name} {version}\n")

    def run(self, *options, **environment):
        (self.folder / "log").write_text("")
        return subprocess.run(
            ["bash", "scripts/setup", *options],
            cwd=self.folder,
            env={"PATH": f"{self.folder}/bin:{os.environ['PATH']}"} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self, *options, **environment):
        """The lists that were installed, in their order."""
        done = self.run(*options, **environment)
        assert done.returncode == 0, done.stderr
        told = (self.folder / "log").read_text().splitlines()
        return [line.split("requirements")[1].removesuffix(".txt") for line in told if line.startswith("uv ")]

    def makes_a_database(self, *options, **environment):
        assert self.run(*options, **environment).returncode == 0
        return "python manage.py migrate" in (self.folder / "log").read_text()


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("options", "lists"),
    [
        ([], [""]),
        (["--ocr"], ["-ocr"]),
        (["--s3", "--ocr", "--release"], ["-ocr", "-s3", "-release"]),
        (["--release", "--demo"], ["-demo"]),
        (["--dev", "--demo", "--ocr"], ["-dev"]),
    ],
)
def test_each_option_adds_its_list_and_a_second_run_nothing(project, options, lists):
    assert project.installed(*options) == lists
    assert project.installed(*options) == project.installed() == []


def test_an_upgrade_brings_all_up_to_date_that_was_ever_asked_for(project):
    assert project.installed() == [""]
    assert project.installed("--s3") == ["-s3"]
    assert project.installed("--ocr") == ["-ocr"]
    project.upgrade("2")
    assert project.installed() == ["-ocr", "-s3"]
    assert project.installed("--ocr", "--s3") == []


@pytest.mark.parametrize("word", ["ocr", "--ocr --s3", ""])
def test_an_option_that_it_does_not_know_is_refused_before_anything_is_done(project, word):
    done = project.run("--ocr", word)
    assert done.returncode == 2
    assert f"there is no option '{word}', so nothing was done" in done.stderr
    assert "--release" in done.stderr
    assert (project.folder / "log").read_text() == ""


def test_where_neither_uv_nor_pip_can_install_it_fails_and_tries_again_the_next_time(project):
    (project.folder / "offline").touch()
    pip = project.folder / ".venv" / "bin" / "python"
    working = pip.read_text()
    pip.write_text("#!/bin/sh\ncase $* in *requirements-installer.txt) ;; *) exit 1 ;; esac\n")
    assert project.run().returncode == 1
    (project.folder / "offline").unlink()
    pip.write_text(working)
    assert project.installed() == [""]


def test_a_site_whose_database_is_elsewhere_gets_no_second_one(project):
    assert not project.makes_a_database(DATABASE_URL="postgresql:///performance")
    assert not project.makes_a_database("--no-database")
    project.upgrade("2")
    assert not project.makes_a_database("--ocr")


def test_a_first_start_has_a_database(project):
    assert project.makes_a_database()
