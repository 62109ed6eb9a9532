"""Markdown to safe HTML: what comes through, what never does, and what is refused before it is kept."""

import re
from html.parser import HTMLParser

import pytest

from guidance.checks import LONGEST, problems, written_anchors
from guidance.markdown import contents, fill, to_html
from guidance.placeholders import PLACEHOLDERS
from guidance.shipped import SHIPPED


class Elements(HTMLParser):
    """Every element of some HTML with its attributes, as a browser would find them."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict]]:
    return Elements(to_html(text)).found


HARMFUL = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<p onclick=alert(1) style='color:red'>x</p>",
    "<style>body { display: none }</style>",
    "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)>",
    "<!-- --!><script>alert(1)</script> -->",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/png;base64,AAAA)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/1)",
    "[x](//example.org/)",
    "[x](/\\example.org/)",
    "[x](\\\\example.org)",
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "![x](https://example.org/pixel.png)",
    "![x](javascript:alert(1))",
    '[x](/privacy "{{ report }}")',
    '[x](/privacy "\' onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "[x](https://example.org/{{contact}})",
    '``` " onload=alert(1)\nx\n```',
    "```{{contact}}\nx\n```",
    '## x {#a"onclick="alert(1)}',
    "|a|\n|:-:|\n|<b onclick=alert(1)>|",
    "&#xE000;contact&#xE001;",
    "\ue000../../settings\ue001",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_harmful_comes_through(text):
    for tag, attributes in elements(text):
        assert tag in {"p", "a", "pre", "code", "h2", "table", "thead", "tbody", "tr", "th", "td"}
        assert set(attributes) <= {"class", "href", "id", "scope"}
        if href := attributes.get("href"):
            assert re.match(r"https://example\.org/|/privacy\Z|/%5Cexample\.org/\Z", href)
    assert "\ue000" not in to_html(text)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1&c=2#d",
        "http://example.org",
        "mailto:a@example.org",
        "tel:+443000610614",
        "/privacy",
        "/compare?year=2020",
        "#a",
    ],
)
def test_links_of_known_kinds_work(address):
    assert ("a", {"href": address}) in elements(f"[words]({address})")
    assert problems(f"## A\n\n[words]({address})") == []


def test_html_is_shown_as_the_letters_it_is():
    text = "<em>x</em> <a href='//example.org'>y</a>\n\n<h2 id='content'>z</h2>"
    assert [tag for tag, _ in elements(text)] == ["p", "p"]
    assert "&lt;em&gt;x&lt;/em&gt;" in to_html(text)


def test_the_look_of_the_sites_own_pages():
    html = to_html(
        "Short answer.\n\nMore.\n\n## Head\n\n### Below\n\n* one\n\n1. one\n\n> set apart\n\n|a|b|\n|-|-:|\n|1|2|"
    )
    for part in (
        '<p class="govuk-body-l">Short answer.</p>\n<p>More.</p>',
        '<h2 id="head" class="govuk-heading-m">Head</h2>',
        '<h3 id="below" class="govuk-heading-s">Below</h3>',
        '<ul class="govuk-list govuk-list--bullet">',
        '<ol class="govuk-list govuk-list--number">',
        '<blockquote class="govuk-inset-text">',
        '<th scope="col">a</th>',
        '<td class="guidance-table__number">2</td>',
    ):
        assert part in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## Chance and luck", ["chance-and-luck"]),
        ("## Chance and luck {#chance}", ["chance"]),
        ("## A\n\n## A\n\n## A-2", ["a", "a-2", "a-2-2"]),
        ("## Content", ["content-2"]),
        ("## ١٢", ["part"]),
        ("## Words {#Not One}", ["words-not-one"]),
    ],
)
def test_headings_have_anchors_unlike_any_other(text, anchors):
    assert [attributes["id"] for tag, attributes in elements(text)] == anchors


def test_headings_begin_below_the_title_whatever_is_written():
    assert [tag for tag, _ in elements("# a\n\nb\n=\n\n###### c")] == ["h2", "h2", "h4"]


def test_the_contents_are_the_headings_below_the_title():
    text = "## One & *all* {#all}\n\n### Below\n\n## <b>\n\n## [Two](/privacy)"
    assert contents(text) == (("all", "One & all"), ("b", "<b>"), ("two", "Two"))


def test_placeholders_are_filled_in_where_they_may_stand():
    text = "{{ contact }}. Or `{{ contact }}`.\n\n{{ report }}\n\nIn a line {{ report }}, {{ nothing }}, {{Contact}}."
    filled = fill(to_html(text), lambda name: f"<b>{name}</b>")
    assert filled == (
        '<p class="govuk-body-l"><b>contact</b>. Or <code>{{ contact }}</code>.</p>\n'
        "<b>report</b><p>In a line {{ report }}, {{ nothing }}, {{Contact}}.</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Title", "Begin the heading “Title” with ##"),
        ("Title\n===", "Begin the heading “Title” with ##"),
        ("## A\n\n#### B", "Begin the heading “B” with ###"),
        ("### B", "Begin the heading “B” with ##:"),
        ("## A\n\n### B\n\n#### C\n\n##### D", "Begin the heading “D” with ####"),
        ("## A {#a}\n\n## B {#a}", "Two headings have the anchor {#a}"),
        ("[x](javascript:alert(1))", "“javascript:alert(1)” cannot be linked to"),
        ("[x](how-to-complain)", "“how-to-complain” cannot be linked to"),
        ("[x](//example.org)", "“//example.org” cannot be linked to"),
        ("[x](#nowhere)", "No heading of this page has the anchor #nowhere"),
        ("![x](/static/x.png)", "Pictures cannot be shown"),
        ("{{ contct }}", "There is no placeholder {{ contct }}. There are: contact,"),
        ("{{ Contact }}", "is not a placeholder"),
        ("{{ contact", "is not a placeholder"),
        ("{{ contact|safe }}", "is not a placeholder"),
        ("contact }}", "is not a placeholder"),
        ("See {{ report }}", "{{ report }} must stand alone"),
        ("* {{ unknown }}", "There is no placeholder {{ unknown }}"),
        ("one\n\ntwo \u202egnihton", "Line 3 has a character that nobody can see (U+202E)"),
        ("\u2066x", "U+2066"),
        ("\ue000contact\ue001", "U+E000"),
        ("soft\u200bly", "U+200B"),
        ("> " * 20 + "x", "too deep"),
        ("* " * 20 + "x", "too deep"),
        ("".join(f"{'  ' * depth}* x\n" for depth in range(30)), "too deep"),
        ("x" * (LONGEST + 1), "This text has 30,001 characters. A page may have 30,000"),
        ("x" * 1_000_000, "This text has 1,000,000 characters"),
    ],
)
def test_what_would_come_out_otherwise_than_meant_is_refused(text, said):
    found = problems(text)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "* a\n  * b\n    * c",
        "> a\n>\n> * b",
        "5 < 6 & 7 > 3, <b>, AT&T",
        "A family 👩‍👩‍👧, é, “quotes”",
        "`{{ anything }}`",
        "Ends with ! [a link](/privacy)",
        "",
    ],
)
def test_what_is_right_is_not_refused(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "> " * 15_000,
        "* " * 10_000,
        "[" * LONGEST,
        "[a](" * 7_000,
        "*a " * 10_000,
        "![[" * 9_000,
        "`a" * 9_000,
        "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "|b\n" * 5_000,
        "## a\n" * 6_000,
        "\\" * LONGEST,
        "<" * LONGEST,
    ],
)
def test_the_oddest_texts_come_to_an_end(text):
    """Nested without end, or thousands of what is looked at pairwise: no recursion error, no harm."""
    problems(text)
    assert "<script" not in to_html(text)


def test_an_anchor_that_other_pages_link_to_is_kept():
    needed = written_anchors("## Chance {#chance}\n\n## Other")
    assert needed == {"chance"}
    assert problems("## Luck {#chance}", needed) == problems("## Chance", needed) == []
    assert problems("## Luck", needed) == [
        "Other pages link to #chance of this page: write {#chance} behind the heading they mean."
    ]


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_text_that_the_site_comes_with_could_be_kept(slug):
    text = SHIPPED[slug]
    assert problems(text.text) == []
    assert not text.text.startswith(("#", "*"))
    assert len(text.title) <= 60


def test_every_placeholder_says_what_it_means():
    assert all(each.meaning for each in PLACEHOLDERS.values())
