"""The day the letters are dated, and the hour that they are published at."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TODAY = DateTime(2020, 7, 22, 12, 0, tzinfo=LONDON)
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
