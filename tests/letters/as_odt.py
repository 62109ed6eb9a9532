"""A letter as a flat OpenDocument text for LibreOffice, with the curly quotes and dashes of an office."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from demonstration.wording import Paragraph, StatisticBlock, Wording

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name="DejaVu Serif"
  fo:font-family="DejaVu Serif" fo:font-size="11pt" fo:language="en" fo:country="GB"/></style:default-style>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
  fo:margin="2.2cm"/><style:header-style/><style:footer-style/></style:page-layout>
"""
_BOX = 'fo:text-align="center" fo:background-color="#e5ecf1"'
_STYLES = {
    "plain": ('fo:margin-bottom="0.35cm" fo:line-height="125%"', 'fo:font-size="11pt"'),
    "line": ("", 'fo:font-size="11pt"'),
    "heading": (
        'fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        'fo:font-size="13pt" fo:font-weight="bold" fo:color="#184868"',
    ),
    "break": ('fo:break-before="page"', 'fo:font-size="11pt"'),
    "rate": ("", 'fo:font-size="26pt" fo:font-weight="bold" fo:color="#184868"'),
    "number": (
        'fo:text-align="center" fo:background-color="#e5ecf1"',
        'fo:font-size="18pt" fo:font-weight="bold"',
    ),
    "label": (
        'fo:text-align="center" fo:background-color="#e5ecf1" fo:margin-bottom="0.3cm"',
        'fo:font-size="9pt"',
    ),
    "small": ('fo:margin-bottom="0.2cm"', 'fo:font-size="8pt" fo:color="#555555"'),
}


def document(words: Wording, addressee: tuple[str, ...], side_by_side: bool) -> str:
    """The letter as one flat ODT file (.fodt)."""
    body = [
        paragraph(words.letterhead, "heading"),
        *(paragraph(text) for text in (words.date, "By email")),
        *(paragraph(text, "line") for text in addressee),
        paragraph(""),
        paragraph(words.greeting),
        paragraph(words.title, "heading"),
        *map(_running, words.body),
        *(paragraph(text) for text in words.sign_off),
        paragraph(words.overview or "", "break"),
        _table(words.blocks) if side_by_side else "".join(map(_block, words.blocks)),
    ]
    return "".join(
        [HEAD, *styles(), pages(words.notice), *body, "</office:text></office:body></office:document>"]
    )


def styles() -> Iterable[str]:
    for name, (paragraph, text) in _STYLES.items():
        yield (
            f'<style:style style:name="{name}" style:family="paragraph">'
            f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
        )
    yield (
        '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        '</style:style><style:style style:name="cell" style:family="table-cell">'
        '<style:table-cell-properties fo:padding="0.2cm" fo:border="none"/></style:style>'
    )


def pages(notice: str) -> str:
    return (
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard"'
        f' style:page-layout-name="A4"><style:header>{paragraph(notice, "small")}</style:header>'
        f"<style:footer>{paragraph(notice, 'small')}</style:footer></style:master-page>"
        "</office:master-styles><office:body><office:text>"
    )


def _running(each: Paragraph) -> str:
    return paragraph(each.text, "heading" if each.is_heading else "plain")


def _table(blocks: Iterable[StatisticBlock]) -> str:
    cells = [
        f'<table:table-cell table:style-name="cell">{_block(block)}</table:table-cell>' for block in blocks
    ]
    columns = f'<table:table-column table:number-columns-repeated="{len(cells)}"/>'
    return f"<table:table>{columns}<table:table-row>{''.join(cells)}</table:table-row></table:table>"


def _block(block: StatisticBlock) -> str:
    return "".join(
        [
            paragraph(block.heading, "heading"),
            paragraph(block.rate, "rate") if block.rate else "",
            *map(paragraph, block.sentences),
            *map(paragraph, block.count or (), ("number", "label")),
            *(paragraph(note, "small") for note in block.small_print),
        ]
    )


def paragraph(text: str, style: str = "plain") -> str:
    parts = escape(text.replace("'", "\u2019").replace(" - ", " \u2013 ")).split("**")
    runs = (
        f'<text:span text:style-name="bold">{part}</text:span>' if i % 2 else part
        for i, part in enumerate(parts)
    )
    return f'<text:p text:style-name="{style}">{"".join(runs)}</text:p>'
