"""Every setting of the site, read from the environment.

Out of the box: SQLite and local files under var/, on localhost. docs/operating.md lists what to set elsewhere.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ombudsman import production
from ombudsman.caches import cache
from ombudsman.databases import database
from ombudsman.environment import (
    addresses,
    choice,
    folder,
    networks,
    number,
    secret,
    site_address,
    switch,
    words,
)
from operating import logs

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = switch("DEBUG")

# A site full of made-up letters says so on every page and asks search engines to stay away.
DEMONSTRATION = switch("DEMONSTRATION")

SITE_ADDRESS = site_address("SITE_ADDRESS", "http://localhost:8000")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", "")

# A site that the public sees as the real one: nothing that matters is guessed there.
PRODUCTION = production.is_for(SITE_ADDRESS, DEMONSTRATION)
_given = os.environ | {name: secret(name) for name in ("SECRET_KEY", "DATABASE_URL")}
if PRODUCTION and (reasons := production.refusals(_given, DEBUG)):
    listed = "\n  * ".join(reasons)
    raise ImproperlyConfigured(f"The site at {SITE_ADDRESS} does not start like this:\n  * {listed}")

# Where the site keeps what is its own: database, letters, key. Never inside a served folder.
DATA_DIR = folder("DATA_DIR", BASE_DIR / "var")


def _secret_key() -> str:
    """SECRET_KEY; or, but not in production, one made once for this installation and kept in DATA_DIR."""
    if key := secret("SECRET_KEY"):
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists():
        # Written whole under a name of its own first: web server and worker may start at the same instant.
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR) as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()


SECRET_KEY = _secret_key()

# Whether what is public takes a second person, who confirms what the first proposes. One person shows a demonstration.
TWO_PEOPLE = switch("TWO_PEOPLE", default=not DEMONSTRATION)
# Whether staff need a second factor besides their password. On this machine alone, and in a demonstration, they don't.
SECOND_FACTOR = switch("SECOND_FACTOR", default=PRODUCTION)

# Where readers report a wrong figure. Without it the pages give the Ombudsman's telephone number.
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")

INSTALLED_APPS = [
    "history",  # first: what the command line does to users is recorded, too
    "django.contrib.admin",
    "ombudsman.renamed.People",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "ombudsman.renamed.BackgroundTasks",
    "csp",
    "caches",
    "councils",
    "letters",
    "cases",
    "guidance",
    "public",
    "operating",
    "staff",
]
if DEMONSTRATION:
    INSTALLED_APPS.append("demonstration")

MIDDLEWARE = [
    "operating.middleware.answer_probes",
    "operating.requests.note_requests",
    "public.middleware.keep_search_engines_away",
    "django.middleware.security.SecurityMiddleware",
    "letters.middleware.keep_private_by_default",
    "staff.middleware.only_what_forms_send",
    "staff.middleware.forget_at_signing_out",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.sessions.end_sessions",
    "staff.sent_in_vain.keep_what_was_sent",
    "staff.second_factor.demanding.demand_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ombudsman.urls"
WSGI_APPLICATION = "ombudsman.wsgi.application"
# The Ombudsman's own addresses have no trailing slash.
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "public.context.site",
                "staff.context.rules",
            ],
        },
    },
]

if DEMONSTRATION:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("demonstration.context.banner")

DATABASES = {"default": database(secret("DATABASE_URL"), DATA_DIR)}
# What may be lost at any time: a Redis that all hosts share, or a small memory in each process.
# Counts of requests have a place of their own, where nothing large pushes them out.
CACHES = {"default": cache(secret("CACHE_URL")), "counts": cache(secret("CACHE_URL"), most=10_000)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Letters under random names: streamed only by views that decide who may see them.
PRIVATE_FILES = DATA_DIR / "private"

# A letter has 2 to 7 pages and well under 1 MB; a year has some 400.
LETTER_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 1000
UPLOAD_MAX_BYTES = 1024 * 1024 * 1024
# What one person may have received within 24 hours: five years' letters.
DAY_MAX_FILES = 2000
DAY_MAX_BYTES = 2 * UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_FILES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "letters.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "letters.uploads.RoomForUpload",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "scans"]}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
FORMAT_MODULE_PATH = "ombudsman.formats"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "build", BASE_DIR / "static" / "js", BASE_DIR / "static" / "images"]
# Letters and tables: in PRIVATE_FILES; or, for several hosts without a common disk, in an S3-compatible bucket.
S3_BUCKET = os.environ.get("S3_BUCKET", "")
STORAGES = {
    "private": {"BACKEND": "letters.buckets.Bucket", "OPTIONS": {"bucket_name": S3_BUCKET}}
    if S3_BUCKET
    else {"BACKEND": "letters.storage.Disk"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "staff.passwords.SiteWordsValidator"},
    {"NAME": "staff.passwords.MaximumLengthValidator"},
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["operating.throttling.ByNetwork"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "public.api.schema.Described",
    "EXCEPTION_HANDLER": "public.api.problems.handled",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Your council’s performance",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}
# How much one network may ask of the API in a minute; 0 for as much as it likes.
API_REQUESTS_A_MINUTE = number("API_REQUESTS_A_MINUTE", 600)

LOGIN_URL = "admin:login"
# Where signing in leads when the address it was asked for is not one of this site.
LOGIN_REDIRECT_URL = "admin:index"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "staff.sent_in_vain.refuse_token"
# A session ends after a working day, and after half an hour without a request.
SESSION_COOKIE_AGE = number("SESSION_SECONDS", 12 * 60 * 60)
SESSION_IDLE_SECONDS = number("SESSION_IDLE_SECONDS", 30 * 60)

# HTTPS is on wherever the site's own address says so.
_HTTPS = SITE_ADDRESS.startswith("https://")
SECURE_SSL_REDIRECT = _HTTPS and switch("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:
    # By these names browsers take them from this host alone, and for all of it: no neighbour can set them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
# Whether all subdomains are served by HTTPS, and stand in browsers' lists, is for the domain's owner to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Where our own caching proxies take purges (deploy/nginx). Without one no answer says how long a proxy may keep it.
PROXY_PURGE = addresses("PROXY_PURGE")
BEHIND_PROXY = switch("BEHIND_PROXY")
if BEHIND_PROXY:
    # Only for a proxy that sets this header itself and drops what visitors send.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who may see /metrics; for everyone else there is no such page.
METRICS_NETWORKS = networks("METRICS_NETWORKS", "127.0.0.0/8,::1/128")

# One line of JSON for each event, or lines for people.
LOGGING = logs.configuration(
    lines=choice("LOG_FORMAT", "json" if PRODUCTION else "text", "json", "text"),
    level=choice("LOG_LEVEL", "info", "debug", "info", "warning", "error", "critical").upper(),
)
DEFAULT_EXCEPTION_REPORTER_FILTER = "operating.reports.NothingOfALetter"

# clamd, which scans uploads for viruses: the path of its socket, or host:port. Empty for none.
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "").strip()
# What makes the clean copy of a public report's PDF. `cases` needs it, and knows nothing of letters, which have it.
CLEAN_PDF = "letters.clean_pdfs.clean_pdf"

# How long a worker has for one letter before another may take it. It asks its reader for the figures, the words
# and the clean copy, each of which is allowed half a minute.
READING_LEASE_SECONDS = number("READING_LEASE_SECONDS", 120)
# The same for OCR of a scan, which is allowed five minutes.
OCR_LEASE_SECONDS = number("OCR_LEASE_SECONDS", 600)
