"""Prints by Chromium, as a web page is printed."""

from collections.abc import Iterable, Iterator
from html import escape

from playwright.sync_api import sync_playwright

from tests import chromium

from .page import Break, Cells, Node, Page, Text, runs

_FONTS = {
    "sans": "DejaVu Sans, sans-serif",
    "serif": "Liberation Serif, serif",
    "odd": "P052, Georgia, serif",
}
_RULES = {"all": "border: 1px solid #555", "rows": "border-bottom: 1px solid #555", "none": ""}


def printed(pages: Iterable[Page]) -> Iterator[bytes]:
    """The letters as PDFs, one after another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        tab = browser.new_page()
        for page in pages:
            tab.set_content(_document(page))
            yield tab.pdf(prefer_css_page_size=True)
        browser.close()


def _document(page: Page) -> str:
    way = "landscape" if page.landscape else "portrait"
    return f"""<!doctype html><html lang="en-GB"><meta charset="utf-8"><style>
@page {{ size: A4 {way}; margin: {page.margin}mm; @top-left {{ content: "{page.header}"; font-size: 8pt }}
 @bottom-right {{ content: "{page.footer} " counter(page); font-size: 8pt }} }}
body {{ margin: 0; font-family: {_FONTS[page.font]}; line-height: 1.25 }} p {{ margin: 0 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 3mm }}
td {{ vertical-align: top; padding: 1.5mm; overflow-wrap: anywhere }} .break {{ break-before: page }}
</style>{"".join(map(_node, page.nodes))}</html>"""


def _node(node: Node) -> str:
    if isinstance(node, Break):
        return '<div class="break"></div>'
    return _text(node) if isinstance(node, Text) else _table(node)


def _text(text: Text) -> str:
    style = f"font-size: {text.size}pt; color: {text.colour}; text-align: {text.align}; margin-bottom: {text.after}pt"
    style += f"; letter-spacing: {text.tracking}pt" if text.tracking else ""
    style += "; font-variant: small-caps" if text.small_caps else ""
    style += "; font-weight: bold" if text.bold else ""
    return f'<p style="{style}">{"".join(_run(*run) for run in runs(text.text))}</p>'


def _run(text: str, bold: bool, raised: bool) -> str:
    marked = f"<b>{escape(text)}</b>" if bold else escape(text)
    return f"<sup>{marked}</sup>" if raised else marked


def _table(cells: Cells) -> str:
    shares = "".join(f'<col style="width: {100 * share / sum(cells.widths):.2f}%">' for share in cells.widths)
    rows = "".join(f"<tr>{''.join(_cell(cell, cells.rules) for cell in row)}</tr>" for row in cells.rows)
    return f"<table>{shares}{rows}</table>"


def _cell(nodes: Iterable[Node], rules: str) -> str:
    return f'<td style="{_RULES[rules]}">{"".join(map(_node, nodes))}</td>'
