"""The web server of an installation: gunicorn --config deploy/gunicorn.conf.py ombudsman.wsgi."""

import os

from ombudsman.environment import choice, number
from operating import logs, templates

bind = os.environ.get("BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = number("WEB_PROCESSES", 2, least=1)
threads = 4
# As much as there can be, and as nginx takes: what is too long is then refused by the site, which says what is wrong.
limit_request_line = 8190
# A year's letters in one request of up to 1 GB over a slow line.
timeout = 300
# How long requests under way may take when the server is told to stop; systemd waits a little longer.
graceful_timeout = 30
# What a process has gathered in memory is given back now and then, not by all at once.
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = logs.configuration(
    lines=choice("LOG_FORMAT", "json", "json", "text"),
    level=choice("LOG_LEVEL", "info", "debug", "info", "warning", "error", "critical").upper(),
)
# systemd tells it what to do. A socket for that would lie in the home of the site's user, among its data.
control_socket_disable = True


def post_worker_init(worker):
    """Before a process takes requests: it goes on with its own version while an upgrade puts another in place."""
    templates.load_all()
