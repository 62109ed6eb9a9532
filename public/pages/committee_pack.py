"""What a committee needs of a council's letter in one document, as a page and as a PDF."""

from django.shortcuts import get_object_or_404, render

from councils.models import Council
from letters import clock
from public import record as records
from public.by_year import by_year
from public.pack import printing, questions
from public.pack.facts import gather, gather_without_letter
from public.pack.sections import asked, pack, without_letter
from public.pages.answering import public_page
from public.pages.files import PDF
from public.pages.letters_of import asked_year, of_year
from public.pages.missing import withdrawn_or_not_found
from public.pages.printed import answer_with_printed
from public.pages.statistics import about
from public.without_letter import Why


@public_page
def committee_pack(request, slug):
    """The pack of a year, or of the newest letter where the address names none; without a letter, what to ask."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    record, year = records.of(council, now), asked_year(request.GET)
    letter = of_year(record.own, year)
    if letter is None and year is not None:
        return withdrawn_or_not_found(request, now, slug, year)
    page = about(council, now, "committee-pack") | {"letter": letter, "letters": record.own}
    if letter is None:
        page["without"] = newest = next(iter(by_year(council, now)), None)
        is_known = newest is not None and newest.why not in (None, Why.NOT_KNOWN)
        page["questions"] = None if is_known else asked(questions.without_letter(council))
        facts = gather_without_letter(council, now)
        page["sections"] = without_letter(facts) if facts else []
    else:
        page["pack"] = pack(gather(record, letter, now))
        page["address"] += f"?year={letter.review.year_ending}"
    return render(request, "public/pack/page.html", page)


@public_page
def committee_pack_pdf(request, slug, year):
    """The same as a tagged PDF, at an address of its own for each year."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    record = records.of(council, now)
    letter = of_year(record.own, year)
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    data = printing.as_json(pack(gather(record, letter, now)))
    version = printing.version_of(data)
    return answer_with_printed(
        request,
        version,
        lambda: printing.kept_pdf(version, data),
        PDF,
        **{"Content-Disposition": f'inline; filename="{slug}-committee-pack-{year}.pdf"'},
    )
