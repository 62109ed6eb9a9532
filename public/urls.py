"""Every address an anonymous visitor can reach. They are permanent: the Ombudsman's own where it has one."""

from django.urls import path, re_path

from guidance.shipped import SHIPPED
from public.api.addresses import urlpatterns as api
from public.pages.access_lists import access_lists
from public.pages.addresses import right_address
from public.pages.annual_letters import annual_letters
from public.pages.before_publication import (
    ask_before,
    before_publication,
    letter_before,
    pdf_before,
)
from public.pages.card import card
from public.pages.committee_pack import committee_pack, committee_pack_pdf
from public.pages.compare import compare
from public.pages.corrections import corrections
from public.pages.data import data, latest_file, latest_release, release, release_file
from public.pages.decisions import council_decisions, decision, decisions
from public.pages.feeds import (
    corrections_feed,
    council_decisions_feed,
    council_feed,
    council_reports_feed,
    decisions_feed,
    letters_feed,
    publication_dates,
    reports_feed,
)
from public.pages.finding import councils, home, performance, suggest
from public.pages.guidance import all_guidance, guidance, icon, robots, staff_guidance
from public.pages.letter import letter, letter_page
from public.pages.letters import letters
from public.pages.map import map_page
from public.pages.national import national_picture, report_pdf
from public.pages.oembed import oembed
from public.pages.pdf import letter_pdf
from public.pages.picture import letter_picture
from public.pages.public_reports import council_reports, public_report, public_report_pdf, public_reports
from public.pages.replaced import replaced_letter, replaced_pdf
from public.pages.service_improvements import council_improvements, service_improvements
from public.pages.sitemaps import (
    all_sitemaps,
    sitemap_decisions,
    sitemap_pages,
    sitemap_reports,
    sitemap_year,
)
from public.pages.social_picture import social_picture
from public.pages.statistics import council, statistics
from public.pages.take_along import take_along

_LETTER = "your-councils-performance/<council:slug>/annualletters/<year:year>"

urlpatterns = [
    path("", home, name="home"),
    path("councils", councils, name="councils"),
    path("councils/suggest", suggest, name="suggest"),
    path("letters", letters, name="letters"),
    path("compare", compare, name="compare"),
    path("national-picture", national_picture, name="national-picture"),
    path("national-picture/<year:year>.pdf", report_pdf, name="national-report"),
    path("map", map_page, name="map"),
    path("corrections", corrections, name="corrections"),
    path("pre-release-access", access_lists, name="access-lists"),
    path("before-publication/<token:token>", before_publication, name="before-publication"),
    path("before-publication/<token:token>/<council:slug>", letter_before, name="letter-before"),
    path("before-publication/<token:token>/<council:slug>.pdf", pdf_before, name="pdf-before"),
    path("before-publication/<token:token>/<council:slug>/ask", ask_before, name="ask-before"),
    path("your-councils-performance", performance),
    path("your-councils-performance/<council:slug>", council, name="council"),
    path("your-councils-performance/<council:slug>/statistics", statistics, name="statistics"),
    path("your-councils-performance/<council:slug>/annualletters", annual_letters, name="annual-letters"),
    path("your-councils-performance/<council:slug>/decisions", council_decisions, name="council-decisions"),
    path("your-councils-performance/<council:slug>/reports", council_reports, name="council-reports"),
    path(
        "your-councils-performance/<council:slug>/serviceimprovements",
        council_improvements,
        name="council-improvements",
    ),
    path("decisions", decisions, name="decisions"),
    path("decisions/<council:category>/<council:part>/<reference:reference>", decision, name="decision"),
    path("public-reports", public_reports, name="public-reports"),
    path("public-reports/<reference:reference>", public_report, name="public-report"),
    path("public-reports/<reference:reference>.pdf", public_report_pdf, name="public-report-pdf"),
    path("service-improvements", service_improvements, name="service-improvements"),
    path(f"{_LETTER}.pdf", letter_pdf, name="pdf"),
    path(_LETTER, letter, name="letter"),
    path(f"{_LETTER}/pages/<number:number>", letter_page, name="letter-page"),
    path(f"{_LETTER}/pages/<number:number>.webp", letter_picture, name="letter-picture"),
    path(f"{_LETTER}/replaced/<number:number>", replaced_letter, name="replaced-letter"),
    path(f"{_LETTER}/replaced/<number:number>.pdf", replaced_pdf, name="replaced-pdf"),
    *(path(slug, guidance, {"slug": slug}, name=slug) for slug in SHIPPED),
    path("guidance", all_guidance, name="guidance"),
    path("guidance/<council:slug>", staff_guidance, name="staff-guidance"),
    path("your-councils-performance/<council:slug>/take-along", take_along, name="take-along"),
    path("your-councils-performance/<council:slug>/committee-pack", committee_pack, name="committee-pack"),
    path(
        "your-councils-performance/<council:slug>/committee-pack/<year:year>.pdf",
        committee_pack_pdf,
        name="committee-pack-pdf",
    ),
    path("your-councils-performance/<council:slug>/card", card, name="card"),
    path(
        "your-councils-performance/<council:slug>/social-picture/<year:year>.png",
        social_picture,
        name="social-picture",
    ),
    path("data", data, name="data"),
    path("data/latest", latest_release, name="latest-release"),
    path("data/latest/<file:name>", latest_file, name="latest-file"),
    path("data/<release:number>", release, name="release"),
    path("data/<release:number>/<file:name>", release_file, name="release-file"),
    path("oembed", oembed, name="oembed"),
    *api,
    path("letters.atom", letters_feed, name="letters-feed"),
    path("corrections.atom", corrections_feed, name="corrections-feed"),
    path("your-councils-performance/<council:slug>/annualletters.atom", council_feed, name="council-feed"),
    path("decisions.atom", decisions_feed, name="decisions-feed"),
    path("public-reports.atom", reports_feed, name="reports-feed"),
    path(
        "your-councils-performance/<council:slug>/decisions.atom",
        council_decisions_feed,
        name="council-decisions-feed",
    ),
    path(
        "your-councils-performance/<council:slug>/reports.atom",
        council_reports_feed,
        name="council-reports-feed",
    ),
    path("publication-dates.ics", publication_dates, name="publication-dates"),
    path("sitemap.xml", all_sitemaps, name="sitemap"),
    path("sitemaps/pages.xml", sitemap_pages, name="sitemap-pages"),
    path("sitemaps/<year:year>.xml", sitemap_year, name="sitemap-year"),
    path("sitemaps/decisions/<year:year>/<number:number>.xml", sitemap_decisions, name="sitemap-decisions"),
    path("sitemaps/public-reports/<number:number>.xml", sitemap_reports, name="sitemap-reports"),
    path("robots.txt", robots),
    path("favicon.ico", icon),
    re_path(r"^(?P<path>.+)$", right_address),
]
