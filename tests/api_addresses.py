"""Addresses of the API, and what may be asked at each: for the tests that ask every address of the site."""

from public.api.tables import TABLES

API = "/api/v1/"
COUNCIL = "sometown-council"
OF_ONE = [
    f"{API}councils/{COUNCIL}",
    f"{API}letters/{COUNCIL}/2020",
    f"{API}measures/upheld",
    f"{API}decisions/25-000-001",
]

# One of each pattern but the page itself; all are answered to everybody.
READABLE = [
    f"{API}schema",
    f"{API}schema.json",
    f"{API}schema.yaml",
    *(f"{API}{table.table}{suffix}" for table in TABLES for suffix in ("", ".json", ".csv")),
    *(f"{address}{suffix}" for address in OF_ONE for suffix in ("", ".json")),
]


def asked_of(council: str) -> list[str]:
    """Each table by each of its filters and by several, in pages and whole, about a council and its letter of 2020."""
    return [
        *(f"{API}councils/{council}{suffix}" for suffix in ("", ".json")),
        *(f"{API}letters/{council}/{year}{suffix}" for year in (2020, 2019) for suffix in ("", ".json")),
        f"{API}measures/upheld",
        f"{API}measures/upheld.json",
        f"{API}decisions/25-000-001",
        f"{API}decisions/25-000-001.json",
        f"{API}schema",
        f"{API}schema.json",
        f"{API}schema.yaml",
        API,
        "/api/v1",
        f"{API}nothing",
        *(f"{API}{table.table}{suffix}" for table in TABLES for suffix in ("", ".json", ".csv")),
        *(f"{API}{table.table}?limit=1" for table in TABLES),
        *(f"{API}{table.table}.csv?limit=1" for table in TABLES),
        *(
            f"{API}{table}?{query}"
            for table in ("statistics", "letters")
            for query in (
                f"council={council}",
                f"council={council}&year_ending=2020",
                "year_ending=2020",
                "from_year=2020",
                "to_year=2020",
                "council_kind=district",
                "region=East+Midlands",
            )
        ),
        f"{API}statistics.csv?council={council}",
        f"{API}statistics?measure=upheld",
        f"{API}statistics?measure=upheld&year_ending=2020&council={council}&limit=1000",
        f"{API}editions?from_year=2020&to_year=2020",
        f"{API}councils?gss_code=E07000156",
        f"{API}councils?open_on=2020-03-31&kind=district",
        f"{API}successions?predecessor={council}",
        # What nobody may ask, by names that the database would know.
        *(
            f"{API}{table}?{query}"
            for table in ("statistics", "letters")
            for query in (
                "letter__publish_at__gt=2020-01-01",
                "publish_at=2020",
                "state=approved",
                "percent=87.31",
                "numerator=4711",
                "q=Zyxwold",
                "ordering=-received_at",
                "fields=file",
                "expand=letter",
                "page=2",
                "offset=1",
                "cursor=WyJjYW5hcnktY291bmNpbCJd.x",
                "format=csv",
                "id=1",
            )
        ),
    ]


def of_cases(council: str, reference: str) -> list[str]:
    """The tables of decisions, reports and improvements by each of their filters, in pages and whole."""
    named = reference.replace("-", "+")
    asked = {
        "decisions": ("outcome=report", "outcome=upheld", "year_ending=2026", "decided_from=2026-03-01",
                      "decided_to=2026-03-31", "subcategory=zyxwold", "category=housing&subcategory=zyxwold"),
        "public-reports": ("satisfied=satisfied", "published_from=2026-06-02", "published_to=2026-06-02",
                           "council_kind=district", "region=London"),
        "service-improvements": ("state=late", "year_ending=2026", "agreed_from=2026-03-01", "due_to=2026-03-31",
                                 "council_kind=district", "improvement=policy-or-procedure"),
    }  # fmt: skip
    shared = (
        f"council={council}",
        f"reference={named}",
        "limit=1",
        "category=zyxwold",
        "category=housing",
        "q=zyxwold",
    )
    return [
        *(f"{API}decisions/{reference}{suffix}" for suffix in ("", ".json")),
        *(f"{API}{table}{suffix}" for table in asked for suffix in ("", ".csv")),
        *(f"{API}{table}?{query}" for table, queries in asked.items() for query in (*queries, *shared)),
        *(f"{API}{table}.csv?council={council}" for table in asked),
    ]
