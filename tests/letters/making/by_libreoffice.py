"""Prints by LibreOffice, as a letter written in an office is."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from .page import Break, Cells, Node, Page, Text, runs

_FONTS = {"sans": "Liberation Sans", "serif": "Liberation Serif", "odd": "P052"}
_RULES = {"all": 'fo:border="0.5pt solid #555555"', "none": 'fo:border="none"'}
_RULES["rows"] = 'fo:border="none" fo:border-bottom="0.5pt solid #555555"'
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>"""


def printed(pages: Mapping[str, Page]) -> dict[str, bytes]:
    """The letters as PDFs, by their names; all of them in one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, page in pages.items():
            Path(folder, f"{name}.fodt").write_text(_Office(page).document())
            sources.append(str(Path(folder, f"{name}.fodt")))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=900)
        return {name: Path(folder, f"{name}.pdf").read_bytes() for name in pages}


class _Office:
    """One letter as a flat OpenDocument text. Styles get a name when they are first used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.styles: dict[str, str] = {}

    def document(self) -> str:
        body = "".join(map(self._node, self.page.nodes))
        header = self._text(Text(self.page.header, size=8))
        name = self._text_style(Text("", size=8))
        number = "<text:page-number>1</text:page-number>"
        footer = f'<text:p text:style-name="{name}">{escape(self.page.footer)} {number}</text:p>'
        styles = "".join(self.styles.values())
        return (
            f"{_HEAD}{self._layout()}{styles}</office:automatic-styles><office:master-styles>"
            '<style:master-page style:name="Standard" style:page-layout-name="A4">'
            f"<style:header>{header}</style:header><style:footer>{footer}</style:footer></style:master-page></office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )

    def _layout(self) -> str:
        wide, high = ("29.7cm", "21cm") if self.page.landscape else ("21cm", "29.7cm")
        return (
            '<style:page-layout style:name="A4"><style:page-layout-properties'
            f' fo:page-width="{wide}" fo:page-height="{high}" fo:margin="{self.page.margin - 8}mm"/>'
            "<style:header-style/><style:footer-style/></style:page-layout>"
            '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/>'
            '</style:style><style:style style:name="up" style:family="text"><style:text-properties'
            ' style:text-position="super 58%"/></style:style>'
            '<style:style style:name="new" style:family="paragraph"><style:paragraph-properties'
            ' fo:break-before="page"/></style:style>'
        )

    def _node(self, node: Node) -> str:
        if isinstance(node, Break):
            return '<text:p text:style-name="new"/>'
        return self._text(node) if isinstance(node, Text) else self._table(node)

    def _text(self, text: Text) -> str:
        parts = "".join(_run(*run) for run in runs(text.text))
        return f'<text:p text:style-name="{self._text_style(text)}">{parts}</text:p>'

    def _text_style(self, text: Text) -> str:
        align = {"left": "start", "right": "end"}.get(text.align, text.align)
        weight = ' fo:font-weight="bold"' if text.bold else ""
        caps = ' fo:font-variant="small-caps"' if text.small_caps else ""
        form = (
            f'style:family="paragraph"><style:paragraph-properties fo:text-align="{align}"'
            f' fo:margin-bottom="{text.after}pt"/><style:text-properties fo:font-family="{_FONTS[self.page.font]}"'
            f' fo:font-size="{text.size}pt" fo:color="{text.colour}"'
            f' fo:letter-spacing="{text.tracking}pt"{weight}{caps}'
            ' fo:language="en" fo:country="GB"/></style:style>'
        )
        return self._named(form)

    def _named(self, form: str) -> str:
        name = f"s{len(self.styles)}" if form not in self.styles else self.styles[form].split('"')[1]
        self.styles.setdefault(form, f'<style:style style:name="{name}" {form}')
        return name

    def _table(self, cells: Cells) -> str:
        padded = 'style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm"'
        style = self._named(f"{padded} {_RULES[cells.rules]}/></style:style>")
        columns = "".join(
            '<table:table-column table:style-name="{}"/>'.format(
                self._named(
                    'style:family="table-column"><style:table-column-properties'
                    f' style:rel-column-width="{int(1000 * share)}*"/></style:style>'
                )
            )
            for share in cells.widths
        )
        rows = "".join(self._row(row, style) for row in cells.rows)
        return f"<table:table>{columns}{rows}</table:table>{self._text(Text('', size=6))}"

    def _row(self, row: tuple[tuple[Node, ...], ...], style: str) -> str:
        cells = "".join(
            f'<table:table-cell table:style-name="{style}">{"".join(map(self._node, cell))}</table:table-cell>'
            for cell in row
        )
        return f"<table:table-row>{cells}</table:table-row>"


def _run(text: str, bold: bool, raised: bool) -> str:
    style = "up" if raised else "bold" if bold else ""
    words = escape(text.replace("'", "\u2019"))
    return f'<text:span text:style-name="{style}">{words}</text:span>' if style else words
