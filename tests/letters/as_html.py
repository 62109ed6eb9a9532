"""A letter as a web page that Chromium prints to PDF."""

from html import escape

from demonstration.wording import Paragraph, StatisticBlock, Wording

_STYLE = """
@page { size: A4; margin: 27mm 25mm 24mm; @top-left { content: "NOTICE"; font: 8pt sans-serif; color: #555 }
  @bottom-right { content: counter(page); font: 8pt sans-serif } }
body { font: 11.5pt/1.55 "DejaVu Sans", sans-serif; }
h1, h2 { color: #184868; line-height: 1.2; margin: 1.2em 0 0.4em }
h1 { font-size: 15pt } h2 { font-size: 12pt }
p { margin: 0 0 0.9em; orphans: 3 }
.statistics { break-before: page; font-size: 10pt; line-height: 1.35 }
.beside { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm }
.rate { font-size: 26pt; font-weight: bold; color: #184868 }
.count { background: #e5ecf1; padding: 2mm; text-align: center; margin-bottom: 3mm }
.count b { display: block; font-size: 18pt }
small { font-size: 7.5pt; color: #555; display: block; margin-bottom: 2mm }
"""


def page(words: Wording, addressee: tuple[str, ...], side_by_side: bool) -> str:
    """The letter as one HTML document."""
    blocks = "".join(map(_block, words.blocks))
    return f"""<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{escape(words.title)}</title>
<style>{_STYLE.replace("NOTICE", words.notice)}</style>
<h1>{escape(words.letterhead)}</h1><p>{words.date}<p>By email<p>{"<br>".join(map(escape, addressee))}
<p>{escape(words.greeting)}<h1>{escape(words.title)}</h1>{"".join(map(_paragraph, words.body))}
<p>{"<br>".join(map(escape, words.sign_off))}
<div class="statistics">{_sentence(words.overview) if words.overview else ""}
<div class="{"beside" if side_by_side else ""}">{blocks}</div></div></html>"""


def _paragraph(paragraph: Paragraph) -> str:
    return f"<h2>{escape(paragraph.text)}</h2>" if paragraph.is_heading else _sentence(paragraph.text)


def _block(block: StatisticBlock) -> str:
    count = '<div class="count"><b>{}</b>{}</div>'.format(*block.count) if block.count else ""
    notes = "".join(f"<small>{escape(note)}</small>" for note in block.small_print)
    rate = f'<div class="rate">{block.rate}</div>' if block.rate else ""
    sentences = "".join(map(_sentence, block.sentences))
    return f"<section><h2>{escape(block.heading)}</h2>{rate}{sentences}{count}{notes}</section>"


def _sentence(text: str) -> str:
    parts = (
        f"<b>{escape(part)}</b>" if index % 2 else escape(part) for index, part in enumerate(text.split("**"))
    )
    return f"<p>{''.join(parts)}</p>"
