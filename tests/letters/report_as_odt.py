"""A letter to 2018 with its tables as a flat OpenDocument text for LibreOffice."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from demonstration.printing.looks import Look
from demonstration.report_wording import PrintedTable, Report

from .as_odt import HEAD, pages, paragraph, styles

_RULES = {"all": "0.5pt solid #555555", "rows": "none", "none": "none"}


def document(report: Report, look: Look) -> str:
    """The letter as one flat ODT file (.fodt)."""
    words = report.words
    body = [
        paragraph(words.letterhead, "heading"),
        *(paragraph(text) for text in (words.date, "By email")),
        *(paragraph(text, "line") for text in words.addressee_lines),
        paragraph(""),
        paragraph(words.greeting),
        paragraph(words.title, "heading"),
        *(paragraph(each.text, "heading" if each.is_heading else "plain") for each in words.body),
        *(paragraph(text) for text in words.sign_off),
        paragraph(report.heading, "break"),
        paragraph(report.period),
        *(_table(table, look) for table in report.tables),
    ]
    return "".join(
        [
            HEAD,
            *styles(),
            _cells(look),
            pages(words.notice),
            *body,
            "</office:text></office:body></office:document>",
        ]
    )


def _cells(look: Look) -> str:
    """The styles of the tables' cells: ruled as asked for, small print, numbers aligned as asked for."""
    align = {"left": "start", "center": "center", "right": "end"}[look.align]
    turn = ' style:rotation-angle="90"' if look.turned else ""
    below = ' fo:border-bottom="0.5pt solid #555555"' if look.rules == "rows" else ""
    rules = f'fo:padding="0.1cm" fo:border="{_RULES[look.rules]}"{below}'
    text = f'<style:text-properties fo:font-size="{look.size}pt"/>'
    return (
        f'<style:style style:name="ruled" style:family="table-cell"><style:table-cell-properties {rules}/>'
        "</style:style>"
        f'<style:style style:name="head" style:family="table-cell"><style:table-cell-properties {rules}{turn}/>'
        "</style:style>"
        f'<style:style style:name="number-cell" style:family="paragraph"><style:paragraph-properties'
        f' fo:text-align="{align}"/>{text}</style:style>'
        f'<style:style style:name="label-cell" style:family="paragraph">{text}</style:style>'
    )


def _table(table: PrintedTable, look: Look) -> str:
    rows = [(table.corner, *table.headings), *((label, *cells) for label, cells in table.rows)]
    if look.down:
        rows = list(zip(*rows, strict=True))
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    title = paragraph(table.title, "heading") if table.title else ""
    printed = "".join(_row(row, "head" if index == 0 else "ruled") for index, row in enumerate(rows))
    return f"{title}<table:table>{columns}{printed}</table:table>{paragraph(table.note)}"


def _row(cells: Sequence[str], style: str) -> str:
    printed = (
        f'<table:table-cell table:style-name="{style if index else "ruled"}">'
        f'<text:p text:style-name="{"number-cell" if index else "label-cell"}">{escape(cell)}</text:p>'
        "</table:table-cell>"
        for index, cell in enumerate(cells)
    )
    return f"<table:table-row>{''.join(printed)}</table:table-row>"
