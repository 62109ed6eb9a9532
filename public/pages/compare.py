"""A council beside others: one figure in one year, as drawings and as a table."""

from django.conf import settings
from django.shortcuts import redirect, render

from councils.models import Council
from letters import clock, published
from letters.measures import HEADLINE, MEASURES
from public import asked as asking
from public import citing, comparison, figures, groups, sentences, stated
from public.asked import Asked, Refused
from public.charts.dots import dot_plot
from public.charts.funnel import funnel_plot
from public.comparison import Row, Sort
from public.finding import ANY_SLUG, Hit, look_up
from public.groups import Group
from public.pages.answering import forgotten, public_page


@public_page
def compare(request):
    """A council beside others; or the choice of a council, where the address names none."""
    now = clock.now()
    try:
        asked = asking.read(request.GET)
        return _compared(request, asked, now) if asked.council else _choose(request, now)
    except Refused as refused:
        page = {"message": refused.message}
        return render(request, "public/compare_refused.html", page, status=refused.status)


def _choose(request, now):
    search = look_up(request.GET, now)
    page = {"search": search, "goes_to": Asked(ANY_SLUG).address}
    answer = render(request, "public/compare_choose.html", page, status=search.status)
    return forgotten(answer) if search.by_postcode else answer


def _compared(request, asked: Asked, now):
    years = [edition.year_ending for edition in published.editions(now)]
    named = _named(asked)
    council = named[asked.council]
    asked = _completed(asked, council, years)
    searching = asked.group == Group.LIST and "q" in request.GET
    if not searching and request.META["QUERY_STRING"] != asked.query:
        return redirect(asked.address)
    search = look_up(request.GET if searching else {}, now)
    with_letter = stated.with_letter(asked.year, now)
    page = _page(asked, council, _rows(asked, council, named, with_letter, now)) | {
        "with_letter": with_letter
    }
    page |= _choices(council, years) | {"chosen": _chosen(asked, named), "search": search}
    page |= {name: _to_add(hits, asked) for name, hits in (("found", search.found), ("near", search.near))}
    page["goes_to"] = asked.adding(ANY_SLUG).address
    answer = render(request, "public/compare.html", page, status=search.status)
    return forgotten(answer) if search.by_postcode else answer


def _named(asked: Asked) -> dict[str, Council]:
    """Every council that the address names, by its slug; the one in view first."""
    slugs = [asked.council, *asked.councils]
    found = {council.slug: council for council in Council.objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in found]:
        raise asking.unknown(missing)
    return {slug: found[slug] for slug in slugs}


def _completed(asked: Asked, council: Council, years: list[int]) -> Asked:
    """With the choices that the address leaves open: the latest year, the first group that the council has."""
    if not years or asked.year not in (None, *years):
        raise asking.no_such_year()
    offered = groups.offered(council)
    if asked.group not in (None, *offered):
        raise Refused(404, f"{council} has no such group to be compared with.")
    return asked.but(year=asked.year or years[0], group=asked.group or offered[0])


def _rows(asked: Asked, council: Council, named: dict[str, Council], with_letter: set[int], now) -> list[Row]:
    """A row for each council of the group, in the order asked for."""
    if asked.group == Group.LIST:
        members = list(named.values())
    else:
        members = groups.members(asked.group, council, asked.year, with_letter)
    statistics = stated.by_council(asked.figure, asked.year, now)
    rows = (
        comparison.row(
            each, statistics.get(each.pk), stated.without(each, asked.year, each.pk in with_letter)
        )
        for each in members
    )
    return comparison.in_order(rows, asked.sort)


def _page(asked: Asked, council: Council, rows: list[Row]) -> dict:
    seen = next((row for row in rows if row.council == council), None)
    average, summary = comparison.our_average(rows), _summary(asked, council, seen)
    return {
        "asked": asked,
        "council": council,
        "years": figures.years(asked.year),
        "address": f"{settings.SITE_ADDRESS}{asked.address}",
        "group": groups.label(asked.group, council),
        "rows": rows,
        "seen": seen,
        "mixed": len({row.council.kind for row in rows}) > 1,
        "unlike": len({groups.peers_of(row.council) for row in rows}) > 1,
        "summary": summary,
        "description": citing.described(summary),
        "printed": _printed(council, seen, rows),
        "average": average,
        "undrawn": [row for row in rows if row.has_cases and not (row.drawn or comparison.is_counted(row))],
        "uncounted": [row for row in rows if row.drawn and not comparison.is_counted(row)],
        "counts_are_ours": any(row.count_is_ours for row in rows),
        "dots": dot_plot(rows, council),
        "funnel": funnel_plot(rows, council, average) if asked.group == Group.SIMILAR else None,
        "printed_words": figures.percent(_printed(council, seen, rows)),
        "averages_in": seen is not None and comparison.is_counted(seen),
        "by_base": asked.but(sort=Sort.BASE).address,
        "columns": [(each, asked.but(sort=each.sort).address) for each in comparison.columns(asked.sort)],
    }


def _summary(asked: Asked, council: Council, seen: Row | None) -> str:
    """The sentence on the council in view, or why there is none."""
    if seen is not None and seen.rate is not None:
        return sentences.summary(asked.figure, council.name, seen.rate)
    # A council that ended with the year and has no letter is in no group, and yet existed.
    without = seen.without if seen else stated.without(council, asked.year, has_letter=False)
    return f"{council}, {figures.years(asked.year)}: {figures.in_a_sentence(without)}."


def _printed(council: Council, seen: Row | None, rows: list[Row]):
    """The average in the letter to the council; without its figure, the one that all letters to its peers print."""
    if seen is not None and seen.rate is not None:
        return seen.rate.average
    group = council.similar_group
    averages = comparison.printed_averages(
        row for row in rows if group and row.council.similar_group == group
    )
    return averages[0] if len(averages) == 1 else None


def _choices(council: Council, years: list[int]) -> dict:
    """What the switches offer: values with their words."""
    return {
        "figures": [(slug, MEASURES[slug].name) for slug in HEADLINE],
        "all_years": [(year, figures.years(year)) for year in years],
        "groups": [(group, groups.label(group, council)) for group in groups.offered(council)],
    }


def _chosen(asked: Asked, named: dict[str, Council]) -> list[tuple[Council, str]]:
    """The councils of the visitor's list, each with the address of the comparison without it."""
    return [(named[slug], asked.without(slug).address) for slug in asked.councils]


def _to_add(hits: list[Hit], asked: Asked) -> list[tuple[Hit, str]]:
    """Each council that was found, with the address that adds it to the comparison."""
    return [(hit, _adding(asked, hit.council)) for hit in hits]


def _adding(asked: Asked, council: Council) -> str:
    """The address of the comparison with one more council; empty where it is there already, or ten are."""
    there = council.slug in (asked.council, *asked.councils)
    return "" if there or asked.is_full else asked.adding(council.slug).address
