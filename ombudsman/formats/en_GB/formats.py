"""Times as the rest of the site writes them. Django's own for British English say "28 Nov 2026, 12:12 a.m."."""

DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
