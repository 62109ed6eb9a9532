"""What lies in deploy/ fits the site: each variable, each command and each file it names exists."""

import configparser
import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.template import loader
from django.template.loaders import filesystem

from operating import metrics

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]

# Whatever reads a variable is called with its name.
_READ = re.compile(r'\w\(\s*"([A-Z][A-Z0-9_]+)"')
# What tells Django where its settings are, and a part of those.
_NOT_OURS = {"DJANGO_SETTINGS_MODULE", "OPTIONS"}


def variables():
    """Every variable of the environment that the site reads."""
    sources = [*(ROOT / "ombudsman").glob("*.py"), DEPLOY / "gunicorn.conf.py"]
    found = {name for source in sources for name in _READ.findall(source.read_text())} - _NOT_OURS
    assert len(found) > 15
    return found


def test_the_example_of_an_environment_names_every_variable_and_no_other():
    lines = (DEPLOY / "environment.example").read_text().splitlines()
    named = {match[1] for line in lines if (match := re.match(r"#?([A-Z][A-Z0-9_]+)=", line))}
    assert {name.removesuffix("_FILE") for name in named} == variables()


def test_a_web_process_goes_on_with_the_templates_that_it_was_started_with(monkeypatch):
    """An upgrade puts others in their place while it answers."""
    runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))["post_worker_init"](None)

    def of_another_version(_, origin):
        raise AssertionError(f"{origin} was read only now")

    monkeypatch.setattr(filesystem.Loader, "get_contents", of_another_version)
    for path in (ROOT / "templates").rglob("*.*"):
        loader.get_template(str(path.relative_to(ROOT / "templates")))


def test_the_document_for_operators_explains_every_variable():
    text = (ROOT / "docs" / "operating.md").read_text()
    assert variables() - set(re.findall(r"^\| `([A-Z0-9_]+)`", text, re.MULTILINE)) == set()


def test_a_value_with_signs_of_the_shell_is_read_as_the_document_writes_it(tmp_path):
    """The site's user reads the file by a shell; systemd takes the quotes off itself."""
    [quoted] = re.findall(
        r"^`(DATABASE_URL='.*?&.*?')`", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE
    )
    (tmp_path / "environment").write_text(f"{quoted}\nBIND=x\n")
    read = 'set -a; . "$0/environment"; printf "%s %s" "$DATABASE_URL" "$BIND"'
    done = subprocess.run(["sh", "-c", read, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == quoted.removeprefix("DATABASE_URL=").strip("'") + " x"


def parsed(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    return parser


def started(unit):
    """The site's command that a service runs, behind `manage.py`; nothing for the web server."""
    words = shlex.split(parsed(unit)["Service"]["ExecStart"])
    return words[2:] if words[1] == "manage.py" else []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_service_may_do_little_and_what_it_runs_exists(unit):
    service = parsed(unit)["Service"]
    for name in ["NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "RestrictSUIDSGID"]:
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["User"] == "performance"
    assert service["EnvironmentFile"] == "/etc/performance/environment"
    commands = started(unit)[: 2 if started(unit)[:1] == ["on_record"] else 1]
    assert set(commands) <= set(get_commands())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze on this machine")
def test_systemd_understands_the_units(tmp_path):
    bin = tmp_path / "bin"
    bin.mkdir()
    for name in ["python", "gunicorn"]:
        (bin / name).write_text("#!/bin/sh\n")
        (bin / name).chmod(0o755)
    copies = []
    for unit in UNITS:
        copies.append(tmp_path / unit.name.replace("@.", "@1."))
        copies[-1].write_text(unit.read_text().replace("/opt/performance/.venv/bin", str(bin)))
    done = subprocess.run(["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "performance-" in line] == []


def test_the_containers_fit_together():
    """No engine runs them here: what can be held against the file itself is."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    assert set(services) == {"database", "migrate", "web", "worker", "backup", "check"}
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        mounted = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert mounted <= set(compose["volumes"])
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
            assert {name.removesuffix("_FILE") for name in service["environment"]} <= variables()
    # An image of its own for what runs at night would be built at night, of whatever stands in the folder by then.
    assert len({service["image"] for service in services.values() if "build" in service}) == 1
    # Each command that is run stands in the site, and what is to be done each night is done by what the host starts.
    run = {name: str(service.get("command", "")) for name, service in services.items()}
    assert set(re.findall(r"manage\.py (?:on_record )?(\w+)", " ".join(run.values()))) <= set(get_commands())
    nightly = " ".join(run[name] for name in services if services[name].get("profiles"))
    assert re.findall(r"manage\.py on_record (\w+)", nightly) == list(metrics.REGULAR)
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    # Bookworm's pg_dump is of version 15, and dumps no later server.
    image = (DEPLOY / "Dockerfile").read_text()
    assert "bookworm\n" in image
    assert " postgresql-client " in image
    assert services["database"]["image"] == "postgres:15"


@pytest.mark.parametrize("name", ["proxy.md", "operating.md"])
def test_whoever_copies_what_a_document_says_has_all_that_nginx_includes(tmp_path, name):
    places = {"/opt/performance": str(ROOT), "/var/cache/nginx": str(tmp_path), "/etc/nginx": str(tmp_path)}
    text = (ROOT / "docs" / name).read_text()
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "performance").mkdir()
    # An upgrade leaves the operator's own files alone.
    for own in ["listen.conf", "purge.conf"] if name == "operating.md" else []:
        (tmp_path / "performance" / own).touch()
    commands = re.findall(r"^ *((?:cd|cp|mkdir)\b.*deploy/nginx.*?)(?: +#.*)?$", text, re.MULTILINE)
    for command in commands:
        line = re.sub("|".join(places), lambda found: places[found[0]], command.split(" && editor")[0])
        subprocess.run(["bash", "-c", line], cwd=ROOT, check=True)
    included = re.findall(
        r"/etc/nginx/(performance/[\w./]+)", " ".join(map(Path.read_text, tmp_path.rglob("*.conf")))
    )
    assert len(included) > 8
    assert [path for path in included if not (tmp_path / path).exists()] == []
