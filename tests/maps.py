"""What tests of the map have in common: a year of letters to the register's councils, and the map read back."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import time_machine
from django.contrib.auth.models import User
from django.db import connection

from councils.models import Council
from letters import workflow
from tests import factories
from tests.visitors import words_of

LONDON = ZoneInfo("Europe/London")


def hour_of(year):
    return DateTime(year, 7, 23, 9, 30, tzinfo=LONDON)


def rate(measure, year, count, base, percent=None, **values):
    """A rate; its per cent is that of the count unless told otherwise."""
    if percent is None and count is not None and base:
        percent = (200 * count + base) // (2 * base)
    percent = None if percent is None else Decimal(percent)
    return factories.figure(measure, year, numerator=count, denominator=base, percent=percent, **values)


def per_100_000(year, value):
    return factories.figure(
        "upheld-per-100000", year, value=Decimal(value), percent=None, numerator=None, denominator=None
    )


def publish(year, figures_of):
    """A letter for the year to each council of the register, named by its slug, public since the year's hour."""
    staff = User.objects.first() or factories.staff()
    with time_machine.travel(hour_of(year) - timedelta(days=2), tick=False):
        for slug, figures in figures_of.items():
            council = Council.objects.get(slug=slug)
            factories.public_letter(factories.edition(year), staff, council, figures=figures)
        workflow.schedule(factories.edition(year), hour_of(year), staff, acknowledged=True)
    settle()


def settle():
    """Let PostgreSQL see how many rows there are, as it does by itself between transactions: a test is one of them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def address(year=2025, figure="upheld", kind="councils", rest=""):
    return f"/map?figure={figure}&year={year}&kind={kind}{rest}"


def main(html):
    return html.split("<main")[1].split("</main>")[0].split(">", 1)[1]


def shapes(html):
    """The areas that are drawn, as look, title, address and path."""
    drawing = html.split('<g id="map-areas">')[1].split("</svg>")[0].split('<g id="map-inset">')[0]
    found = []
    for look, group in re.findall(r'<g class="map__([a-z0-9-]+)"[^>]*>(.*?)</g>', drawing, re.DOTALL):
        for link, title, path in re.findall(
            r'<a href="([^"]+)" tabindex="-1"><title>(.*?)</title><path[^>]* d="([^"]+)"/></a>', group
        ):
            found.append((look, unescape(title), unescape(link), path))
    return found


def looks(html):
    """How each authority's area looks."""
    return {title.split(": ")[0]: look for look, title, _, _ in shapes(html)}


def table(html):
    """The table's lines as words, by the authority's name."""
    if 'class="compared' not in html:
        return {}
    body = html.split('class="compared')[1].split("<tbody")[1].split("</table>")[0]
    lines = {}
    for row in body.split("<tr ")[1:]:
        name = words_of(re.search(r"<a [^>]*>(.*?)</a>", row)[1])
        lines[name] = [words_of(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    return lines


def box(path):
    """The ends of an area's path, which starts its lines at a place and goes on by steps: left, top, right, bottom."""
    xs, ys = [], []
    for part in path.split("M")[1:]:
        numbers = [int(each) for each in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        for step_x, step_y in [(0, 0), *zip(numbers[2::2], numbers[3::2], strict=True)]:
            x, y = x + step_x, y + step_y
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def start(path):
    """The middle of a hexagon, where its path begins."""
    return tuple(map(int, re.match(r"M(\d+) (\d+)", path).groups()))
