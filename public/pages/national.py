"""The national picture of a year, and the Ombudsman's own review of it."""

from datetime import date, datetime
from itertools import groupby

from django.http import Http404
from django.shortcuts import render

from letters import clock, published
from letters.measures import HEADLINE, MEASURES
from public import changes, citing, figures, national
from public.addresses import full
from public.charts.boxes import box_plot
from public.pages.answering import public_page
from public.pages.letters_of import asked_year
from public.pages.pdf import answer_with_pdf
from public.spread import by_kind
from public.without_letter import Why, Without, without_letter
from public.year import Letters, letters_of


@public_page
def national_picture(request):
    """The picture of a year, or of the newest where the address names none."""
    now = clock.now()
    year = asked_year(request.GET)
    editions = list(published.editions(now))
    edition = next((each for each in editions if year in (None, each.year_ending)), None)
    if edition is None and year is not None:
        raise Http404
    page = {"editions": editions, "edition": edition}
    if edition is not None:
        page |= _picture(edition, now)
        page |= {"before": figures.years(edition.year_ending - 1), "letters_before": page["had"] is not None}
    return render(request, "public/national.html", page)


def _picture(edition, now: datetime) -> dict:
    year = edition.year_ending
    letters = letters_of((year, year - 1), HEADLINE, now)
    totals = [
        national.total(slug, letters.rows(year, slug))
        for slug in HEADLINE
        if MEASURES[slug].stated_in(year) or letters.state(year, slug)
    ]
    have, had = letters.years[year], letters.years.get(year - 1)
    without = _without(edition, letters, now)
    sentences = national.sentences(edition.years, len(have), totals)
    return {
        "address": full("national-picture", query=f"?year={year}"),
        "letters": len(have),
        "had": had,
        "in_both": len(set(have) & set(had or ())),
        "totals": totals,
        "sentences": sentences,
        "description": citing.described(" ".join(sentences[:2])),
        "spreads": [_spread(each) for each in totals],
        "changes": [_change(each, letters, year) for each in totals],
        "without": without,
        "without_number": sum(len(group) for _, group in without),
    }


def _spread(total: national.Total) -> dict:
    kinds = by_kind(total.rows)
    return {"measure": total.measure, "kinds": kinds, "boxes": box_plot(kinds)}


def _change(total: national.Total, letters: Letters, year: int) -> dict:
    """The figure's change since the year before, or why there is none to tell."""
    why_not = changes.not_comparable(total.measure, year)
    before = letters.rows(year - 1, total.measure.slug)
    change = None if why_not else changes.change(total.measure, year, before, total.rows)
    return {"measure": total.measure, "change": change, "why_not": why_not}


def _without(edition, letters: Letters, now: datetime) -> list[tuple[Why, list[Without]]]:
    """The bodies that existed in the year and have no letter, by reason and then by name."""
    year, last_day = edition.year_ending, date(edition.year_ending, 3, 31)
    withdrawn = {
        letter.council_id: letter
        for letter in published.withdrawn(now).filter(review=edition).order_by("number", "withdrawn_at")
    }
    said = dict(published.no_letters(now).filter(review=edition).values_list("council", "reason"))
    have = set(letters.years[year])
    found = [
        without_letter(each, year, withdrawn.get(each.pk), said.get(each.pk, ""))
        for each in letters.councils.values()
        if each.pk not in have and each.existed_in_year_of(last_day)
    ]
    found.sort(key=lambda each: (list(Why).index(each.why), each.council.name.casefold()))
    return [(why, list(group)) for why, group in groupby(found, key=lambda each: each.why)]


@public_page
def report_pdf(request, year):
    """The Review of Local Government Complaints, as staff have put it beside the year's letters."""
    edition = (
        published.editions(clock.now()).filter(year_ending=year).exclude(national_report_sha256="").first()
    )
    if edition is None:
        raise Http404
    stored = edition.national_report
    return answer_with_pdf(
        request,
        tag=edition.national_report_sha256,
        size=stored.size,
        name=f"review-of-local-government-complaints-{year}.pdf",
        opened=lambda: published.national_report(edition),
    )
