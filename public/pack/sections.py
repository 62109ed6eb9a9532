"""The sections of a pack, each from what is published. A section without anything to say does not appear."""

from collections.abc import Callable, Iterable

from django.template.loader import render_to_string

from public import citing, figures, lineage
from public.addresses import full
from public.charts import trend as charts
from public.pack import decided, tables
from public.pack.blocks import Block, Drawing, Link, Pack, Paragraph, Point, Points, Section, Trend
from public.pack.facts import Facts, WithoutLetter
from public.pack.questions import Question, questions


def pack(facts: Facts) -> Pack:
    """The pack of the year, with a section for everything that there is."""
    day = facts.today
    return Pack(
        council=facts.council.name,
        title=f"Complaints to the Ombudsman, {facts.years}",
        kind=facts.council.get_kind_display(),
        made=figures.full_day(day),
        day=(day.year, day.month, day.day),
        notice=citing.notice(),
        sections=tuple(section for build in _SECTIONS if (section := build(facts)) is not None),
    )


def without_letter(facts: WithoutLetter) -> list[Section]:
    """What there is to put before a committee of a council of which no letter is published."""
    built = (decided.decisions(facts), decided.improvements(facts))
    return [section for section in built if section is not None]


def asked(found: Iterable[Question]) -> Points:
    """Questions with their reasons, numbered."""
    return Points(tuple(Point(each.ask, reason=each.because) for each in found), numbered=True)


def _in_short(facts: Facts) -> Section:
    said = [Paragraph(sentence) for sentence in (_letter(facts), *_put_right(facts), *_lineage(facts))]
    summaries = tuple(Point(panel.summary) for panel in facts.panels if panel.summary)
    if facts.panels and not any(panel.stated for panel in facts.panels):
        said.append(Paragraph("The letter states none of the headline figures."))
    if not facts.panels and facts.others:
        said.append(Paragraph("It has none of today’s headline figures. Those that it has follow here."))
    if not summaries:
        return Section("in-short", "In short", tuple(said))
    ours = Paragraph("Our summary, made by rule from the letter’s figures.", ours=True)
    return Section("in-short", "In short", (*said, Points(summaries), ours))


def _letter(facts: Facts) -> str:
    """Which letter it is."""
    letter = facts.letter
    dated = f", dated {figures.full_day(letter.letter_date)}," if letter.letter_date else ""
    said = [
        f"What the annual letter of the {citing.author(facts.year)} to {facts.council} says for {facts.years}.",
        f"The letter{dated} was published on {figures.full_day(letter.published_at)}.",
    ]
    if facts.replaced:
        said.append(f"It replaces one published on {figures.full_day(facts.replaced.published_at)}.")
        said.append(letter.replacement_reason)
    return " ".join(said).strip()


def _put_right(facts: Facts) -> list[str]:
    """What was wrong in earlier copies of this pack."""
    return [
        f"Corrected on {figures.full_day(each.at)}: {each.what} was {each.was}; it is {each.now}. {each.why}"
        for each in facts.put_right
    ]


def _lineage(facts: Facts) -> list[str]:
    became = lineage.what_became_of(facts.council, facts.today)
    came_from = lineage.where_it_came_from(facts.council, facts.today)
    return ["".join(str(part) for part in sentence) for sentence in (*became, *came_from)]


def _headline(facts: Facts) -> Section | None:
    if not facts.panels:
        return None
    stated = (panel.period for panel in facts.panels if panel.stated and panel.period != figures.NOT_STATED)
    periods = "; ".join(dict.fromkeys(stated))
    blocks: list[Block] = [tables.headline(facts)]
    if periods:
        blocks.append(Paragraph(f"Period: {periods}."))
    blocks.append(
        Paragraph(
            "Counts, rates and averages are as printed in the letter, but for counts marked as ours. The 95% interval "
            "is our calculation: chance alone could put the rate anywhere within it.",
            ours=True,
        )
    )
    return Section("headline", "The headline figures", tuple(blocks))


def _signs(facts: Facts) -> Section | None:
    if not facts.signs:
        return None
    points = tuple(
        Point(
            f"{sign.counts}{' (Ours, worked out from what is printed.)' if sign.ours else ''}",
            lead=f"{sign.about}: {sign.title}",
            reason=sign.reason,
        )
        for sign in facts.signs
    )
    ours = Paragraph(
        "Found by rules of ours. Each is a reason to ask, not a verdict: what lies behind it, the figures do not say.",
        ours=True,
    )
    rules = Link("How the rules are worked out", full("how-to-read-these-figures"))
    return Section("signs", "Signs to look into", (ours, Points(points), rules))


def _questions(facts: Facts) -> Section:
    return Section(
        "questions",
        "Questions that members may ask",
        (
            Paragraph(
                "Prompts of ours, chosen by rule from the figures and from what the Ombudsman’s letters advise. They "
                "find no fault with anyone.",
                ours=True,
            ),
            asked(questions(facts)),
        ),
    )


def _over_the_years(facts: Facts) -> Section | None:
    drawn = charts.trends(facts.series).drawings
    if not drawn:
        return None
    key = Paragraph(
        "In the drawings, round marks are this authority, hollow ones of fewer than 5 cases; diamonds are the average "
        "of similar authorities as printed; upright bars are the 95% interval (ours). A dashed line with a letter is a "
        "break in the series: figures before and after it do not compare, and no line is drawn across it.",
        ours=True,
    )
    return Section("over-the-years", "Over the years", (key, *(_trend(each, facts.year) for each in drawn)))


def _trend(drawn: charts.Trend, seen: int) -> Trend:
    measure = drawn.series.measure
    page = {"trend": drawn, "id": f"pack-{measure.slug}"}
    return Trend(
        measure.name,
        Drawing(
            render_to_string("public/charts/trend.svg.html", page),
            f"{measure.name}, {drawn.span}. {drawn.words}",
        ),
        tables.over_the_years(drawn.series, seen),
        tuple(Point(cut.note, lead=cut.letter) for cut in drawn.cuts),
    )


def _beside(facts: Facts) -> Section | None:
    group = facts.council.similar_group
    if group is None or not facts.rates:
        return None
    compare = full("compare", query=f"?council={facts.council.slug}&year={facts.year}")
    return Section(
        "beside",
        "Beside similar authorities",
        (
            tables.beside(facts),
            Paragraph(
                f"Similar authorities are all {group.label}. The average printed is the letter’s. Our average is the "
                "sum of counts over the sum of bases of the letters published here, this authority’s included. A rate "
                "is called higher or lower only if its whole 95% interval lies on one side of the average printed; "
                "that says nothing about why.",
                ours=True,
            ),
            Link("Who is in the average, and the figures of each", compare),
        ),
    )


def _all_figures(facts: Facts) -> Section | None:
    """Those of a year whose letters have no headline figures: they come first, before drawings of other years."""
    return None if facts.panels else _figures(facts, "The figures in the letter")


def _others(facts: Facts) -> Section | None:
    return _figures(facts, "Other figures in the letter") if facts.panels else None


def _figures(facts: Facts, heading: str) -> Section | None:
    if not facts.others:
        return None
    return Section("others", heading, (tables.others(facts, f"{heading} for {facts.years}"),))


def _where(facts: Facts) -> Section | None:
    table = tables.where(facts)
    if not table.rows:
        return None
    letter = Link("The letter (PDF)", full("pdf", facts.council.slug, facts.year))
    return Section("where", "Where each figure stands in the letter", (table, letter))


def _sources(facts: Facts) -> Section:
    meanings = tuple(Point(panel.measure.meaning, lead=panel.measure.name) for panel in facts.panels)
    terms = (
        f"Letters and their figures are the {citing.AUTHOR}’s. Its terms allow free re-use if its words "
        "and figures stay as they are, are not used in a misleading way, and it is named as the source. What is marked "
        "as ours is made from them by this site."
    )
    return Section(
        "sources",
        "What the figures mean, and where they come from",
        (
            *([Points(meanings)] if meanings else []),
            Paragraph(terms),
            Link("These figures, as they stand today", citing.address(facts.council, facts.year)),
            Link("How to read these figures", full("how-to-read-these-figures")),
            Link("This pack", full("committee-pack-pdf", facts.council.slug, facts.year)),
        ),
    )


# A part that brings more to say of a year adds its section here.
_SECTIONS: tuple[Callable[[Facts], Section | None], ...] = (
    _in_short,
    _headline,
    _all_figures,
    decided.decisions,
    decided.improvements,
    _signs,
    _questions,
    _over_the_years,
    _beside,
    _others,
    _where,
    _sources,
)
