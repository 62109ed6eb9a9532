"""The web server's door to the site."""

import os

from django.core.wsgi import get_wsgi_application

# No visitor waits for a statement longer than this; commands, such as an upgrade's, may take their time.
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "15")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
application = get_wsgi_application()
