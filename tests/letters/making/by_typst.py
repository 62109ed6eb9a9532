"""Prints by Typst: tagged pages, ligatures, words set apart by placing them."""

import json

import typst

from .page import Break, Cells, Node, Page, Text, runs

_FONTS = {"sans": "DejaVu Sans Mono", "serif": "Libertinus Serif", "odd": "New Computer Modern"}
_RULES = {"all": "0.5pt", "none": "none", "rows": "(bottom: 0.5pt)"}


def printed(page: Page) -> bytes:
    """The letter as a PDF; the same bytes for the same letter."""
    source = (
        f'#set page(paper: "a4", flipped: {str(page.landscape).lower()}, margin: {page.margin}mm,'
        f" header: text(8pt, {_said(page.header)}),"
        f" footer: context align(right, text(8pt, {_said(page.footer + ' ')} + counter(page).display())))\n"
        f'#set text(font: "{_FONTS[page.font]}", lang: "en", region: "gb", hyphenate: true)\n'
        "#set par(leading: 0.55em, spacing: 0.6em)\n"
    )
    source += "\n".join(map(_node, page.nodes))
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, timestamp=946684800)


def _said(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _node(node: Node) -> str:
    if isinstance(node, Break):
        return "#pagebreak(weak: true)"
    return _text(node) if isinstance(node, Text) else _cells(node)


def _text(text: Text) -> str:
    pieces = []
    for piece, bold, raised in runs(text.text, text.bold):
        weight = "bold" if bold else "regular"
        look = f'weight: "{weight}", fill: rgb("{text.colour}"), tracking: {text.tracking}pt'
        said = f"#text({text.size}pt, {look}, {_said(piece)})"
        pieces.append(f"#super[{said}]" if raised else said)
    words = "".join(pieces)
    if text.small_caps:
        words = f"#smallcaps[{words}]"
    return f"#block(below: {text.after + 2}pt, width: 100%, align({text.align})[{words}])"


def _cells(cells: Cells) -> str:
    widths = ", ".join(f"{share}fr" for share in cells.widths)
    stated = ", ".join("[" + "".join(map(_node, cell)) + "]" for row in cells.rows for cell in row)
    return f"#table(columns: ({widths},), stroke: {_RULES[cells.rules]}, inset: 4pt, {stated})"
