"""A letter to 2018 with its tables as a web page that Chromium prints to PDF."""

from html import escape

from demonstration.printing.looks import Look
from demonstration.report_wording import PrintedTable, Report

_STYLE = """
@page { size: A4 WAY; margin: 20mm 16mm; @top-left { content: "NOTICE"; font: 8pt sans-serif }
  @bottom-right { content: counter(page); font: 8pt sans-serif } }
body { font: 11pt/1.5 "DejaVu Sans", sans-serif }
.report { break-before: page; font-size: SIZE; line-height: 1.2 }
table { border-collapse: collapse; width: 100%; margin-bottom: 6mm }
th, td { RULES padding: 1.2mm; text-align: ALIGN; font-weight: normal; vertical-align: bottom }
th:first-child, td:first-child { text-align: left }
.turned th:not(:first-child) { writing-mode: vertical-rl; transform: rotate(180deg); height: 45mm; text-align: left }
"""
_RULES = {"all": "border: 0.5pt solid #555;", "rows": "border-bottom: 0.5pt solid #555;", "none": ""}


def page(report: Report, look: Look) -> str:
    """The letter as one HTML document."""
    words = report.words
    style = _STYLE.replace("NOTICE", words.notice).replace("WAY", "landscape" if look.landscape else "")
    style = style.replace("SIZE", f"{look.size}pt").replace("RULES", _RULES[look.rules])
    tables = "".join(_table(table, look) for table in report.tables)
    body = "".join(
        f"<h2>{escape(each.text)}</h2>" if each.is_heading else f"<p>{escape(each.text)}"
        for each in words.body
    )
    return f"""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{escape(words.title)}</title>
<style>{style.replace("ALIGN", look.align)}</style>
<h1>{escape(words.letterhead)}</h1><p>{words.date}<p>By email
<p>{"<br>".join(map(escape, words.addressee_lines))}
<p>{escape(words.greeting)}<h1>{escape(words.title)}</h1>{body}<p>{"<br>".join(map(escape, words.sign_off))}
<div class="report"><h2>{escape(report.heading)}</h2><p>{report.period}</p>{tables}</div></html>"""


def _table(table: PrintedTable, look: Look) -> str:
    rows = [(table.corner, *table.headings), *((label, *cells) for label, cells in table.rows)]
    if look.down:
        rows = list(zip(*rows, strict=True))
    kind = ' class="turned"' if look.turned else ""
    head = "".join(f"<th>{escape(cell)}" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows[1:])
    title = f"<h3>{escape(table.title)}</h3>" if table.title else ""
    return f"{title}<table{kind}><thead><tr>{head}</thead>{body}</table><p>{escape(table.note)}</p>"
