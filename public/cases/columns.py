"""What the columns of decisions, public reports and service improvements are: told once, as those of figures are."""

from public.tidy.columns import Column, Several, as_of_figures, day, text, whole

_OF_WHICH = "in the order of councils"
_COUNCILS = (
    Several(
        "councils", "Councils’ addresses", description="Each names an authority that it is about, for good."
    ),
    Several("council_names", "Councils", description=f"Their official names, {_OF_WHICH}."),
    Several(
        "gss_codes_now",
        "Their GSS codes now",
        description="The codes of the Office for National Statistics that they bear now, or bore last,"
        f" {_OF_WHICH}. One that is not known is an empty word.",
        ours=True,
    ),
    Several(
        "council_kinds",
        "Kinds of authority",
        description=f"As in the table of councils, {_OF_WHICH}.",
        ours=True,
    ),
    Several(
        "regions",
        "Regions",
        description=f"The regions of England that they lie in, {_OF_WHICH}. One that is in none is an empty word.",
        ours=True,
    ),
)
_REFERENCE = text("reference", "Reference", "The Ombudsman’s reference of the case, such as 19 012 345.")
_SERVICE = (
    text(
        "category", "Category’s address", "What the complaint was about: its part of the decision’s address."
    ),
    text("category_name", "Category", "The same in the Ombudsman’s words."),
    text(
        "subcategory", "Sub-category’s address", "Which part of the category, as in the decision’s address."
    ),
    text("subcategory_name", "Sub-category", "The same in the Ombudsman’s words."),
)
_PAGE = text("page", "Page", "Its permanent address on this site.")

DECISIONS: tuple[Column, ...] = (
    _REFERENCE,
    *_COUNCILS,
    *_SERVICE,
    text(
        "outcome",
        "Outcome",
        "upheld; not-upheld; closed: after initial enquiries; or report: in a public report.",
    ),
    text("kind", "Kind", "How the decision is told: statement or report."),
    day("decided_on", "Decided on", "The day on which the Ombudsman decided."),
    *as_of_figures("year_ending", "year"),
    day(
        "public_on",
        "Public from",
        "The day from which it is public: three months after the decision, as a date in London.",
        ours=True,
    ),
    text("summary", "Summary", "The Ombudsman’s own summary. Null if there is none.", True),
    text("remedy", "Remedy", "What was to be done to put things right. Null if nothing is stated.", True),
    _PAGE,
)
"""The decisions that anyone may read. Of a withheld one there is no row: nothing but its number is public.

The whole text of a decision stands on its page, and at its own address of the API.
"""
REPORTS: tuple[Column, ...] = (
    _REFERENCE,
    Several(
        "references", "All references", description="Of all cases that the report is about, this one first."
    ),
    *_COUNCILS,
    text("title", "Title", "The report’s title."),
    day("published_on", "Published on", "The day on which the Ombudsman published it."),
    text("summary", "Summary", "The Ombudsman’s own summary. Null if there is none.", True),
    text("response", "Response", "What the council answered. Null if no answer is published here.", True),
    text(
        "satisfied",
        "Did the response satisfy",
        "satisfied or not-satisfied, as the Ombudsman said; waiting: for the council’s response; or not-stated.",
    ),
    text("pdf", "PDF", "The permanent address of its file. Null if it is not here.", True),
    text("pdf_sha256", "SHA-256 of the PDF", "The digest of that file’s bytes, in hexadecimal digits.", True),
    whole("pdf_bytes", "Size of the PDF", "In bytes.", True),
    _PAGE,
)
IMPROVEMENTS: tuple[Column, ...] = (
    text("reference", "Reference", "The Ombudsman’s reference of the decision that it was agreed with."),
    whole("number", "Number", "Which of the improvements of that decision, counted from 1."),
    *as_of_figures("council", "council_name", "gss_code_now", "council_kind", "region"),
    text("improvement", "Kind’s address", "What kind of thing was agreed, as in addresses of the tracker."),
    text("improvement_name", "Kind of improvement", "The same in the Ombudsman’s words."),
    *_SERVICE,
    text("text", "As agreed", "What the council agreed to do, in the words of the decision."),
    day("agreed_on", "Agreed on", "The day of the agreement."),
    *as_of_figures("year_ending", "year"),
    day("due_on", "Due on", "The day by which the council was to show that it has done it."),
    day(
        "evidence_on",
        "Evidence received on",
        "When the Ombudsman received evidence of it. Null until then.",
        True,
    ),
    text(
        "state",
        "State",
        "How it stood in London on the day that this table was made: due; late: from the day after due_on, without"
        " evidence; done; or done-late.",
        ours=True,
    ),
    whole(
        "days_taken", "Days taken", "From the agreement to the evidence. Null until then.", True, ours=True
    ),
    whole(
        "days_late",
        "Days late",
        "From the day it was due to the evidence, or else to the day that this table was made. Null if it is not late.",
        True,
        ours=True,
    ),
    _PAGE,
)
KEYS: dict[str, tuple[str, ...]] = {
    "decisions": ("reference",),
    "reports": ("reference",),
    "improvements": ("reference", "number"),
}
"""The columns that name a row of each table for good."""
