"""
The table book as an OpenDocument spreadsheet, the format that GOV.UK asks for.

Written as plain XML: a sheet is titles, a header row that says it is one, and typed
cells. There is no formula, no author and no clock anywhere in it.
"""

from xml.sax.saxutils import escape, quoteattr

from saferplan.reports.book import Cell, Sheet, longest
from saferplan.reports.zipped import zip_of

MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for short, full in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
START = '<?xml version="1.0" encoding="UTF-8"?>\n'
DECIMALS = (0, 1, 2, 3)


def to_ods(sheets: list[Sheet], title: str) -> bytes:
    """Write the sheets as a spreadsheet with `title` as its only property."""
    members = {
        "mimetype": MIME,
        "META-INF/manifest.xml": _manifest(),
        "content.xml": _content(sheets),
        "styles.xml": _styles(),
        "meta.xml": _meta(title),
    }
    texts = {name: text.encode() for name, text in members.items()}
    return zip_of(texts, stored=("mimetype",))


def _content(sheets: list[Sheet]) -> str:
    widths = sorted({width for sheet in sheets for width in _widths(sheet)})
    return (
        f'{START}<office:document-content {SPACES} office:version="1.3">'
        f"<office:automatic-styles>{_cell_styles(widths)}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>"
        + "".join(_sheet(sheet) for sheet in sheets)
        + f"<table:database-ranges>{_ranges(sheets)}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _cell_styles(widths: list[int]) -> str:
    wrap = (
        '<style:table-cell-properties fo:wrap-option="wrap" '
        'style:vertical-align="top"/>'
    )
    bold = '<style:text-properties fo:font-weight="bold"/>'
    large = '<style:text-properties fo:font-weight="bold" fo:font-size="16pt"/>'
    styles = [
        f'<style:style style:name="{name}" style:family="table-cell">'
        f"{properties}</style:style>"
        for name, properties in [
            ("words", wrap),
            ("heading", wrap + bold),
            ("title", large),
        ]
    ]
    for places in DECIMALS:
        styles.append(
            f'<number:number-style style:name="n{places}"><number:number '
            f'number:decimal-places="{places}" number:min-decimal-places="{places}" '
            f'number:min-integer-digits="1" number:grouping="true"/>'
            f"</number:number-style>"
            f'<style:style style:name="number{places}" style:family="table-cell" '
            f'style:data-style-name="n{places}">'
            f'<style:table-cell-properties style:vertical-align="top"/>'
            f'<style:paragraph-properties fo:text-align="end"/></style:style>'
        )
    styles += [
        f'<style:style style:name="wide{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width / 5:.1f}cm"/>'
        f"</style:style>"
        for width in widths
    ]
    return "".join(styles)


def _widths(sheet: Sheet) -> list[int]:
    if not sheet.headings:
        return [90]
    spans = [longest(sheet, at) + 2 for at in range(len(sheet.headings))]
    return [min(max(span, 12), 60) for span in spans]


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="wide{width}"/>'
        for width in _widths(sheet)
    )
    above = "words" if not sheet.headings else None
    lines = "".join(
        _row([_words(line, "title" if at == 0 else above)])
        for at, line in enumerate(sheet.lines)
    )
    rows = "".join(
        _row([_cell(sheet, at, down) for at in range(len(sheet.headings))])
        for down in range(len(sheet.rows))
    )
    header = _row([_words(heading.text, "heading") for heading in sheet.headings])
    if sheet.headings:
        header = f"<table:table-header-rows>{header}</table:table-header-rows>"
    else:
        header = ""
    return (
        f"<table:table table:name={quoteattr(sheet.name)}>"
        f"{columns}{lines}{header}{rows}</table:table>"
    )


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(sheet: Sheet, at: int, down: int) -> str:
    value: Cell = sheet.rows[down][at]
    if isinstance(value, str):
        if sheet.links and at == 0:
            return _link(value, sheet.links[down])
        return _words(value, "words")
    decimals = min(sheet.headings[at].decimals or 0, DECIMALS[-1])
    shown = f"{value:,.{decimals}f}"
    return (
        f'<table:table-cell table:style-name="number{decimals}" '
        f'office:value-type="float" office:value="{value!r}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _words(text: str, style: str | None) -> str:
    styled = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{styled} office:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _link(text: str, sheet: str) -> str:
    target = quoteattr(f"#{sheet}.A1")
    return (
        f'<table:table-cell office:value-type="string"><text:p>'
        f'<text:a xlink:type="simple" xlink:href={target}>{escape(text)}</text:a>'
        f"</text:p></table:table-cell>"
    )


def _ranges(sheets: list[Sheet]) -> str:
    """Name each table and say that its first row is its header."""
    return "".join(
        f"<table:database-range table:name={quoteattr(sheet.name + '_data')} "
        f'table:target-range-address="{sheet.name}.A{len(sheet.lines) + 1}:'
        f"{sheet.name}.{_letters(len(sheet.headings))}"
        f'{len(sheet.lines) + 1 + len(sheet.rows)}" '
        f'table:contains-header="true"/>'
        for sheet in sheets
        if sheet.headings
    )


def _letters(column: int) -> str:
    """
    >>> _letters(1), _letters(27)
    ('A', 'AA')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _styles() -> str:
    return (
        f'{START}<office:document-styles {SPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties '
        'fo:font-family="Arial" fo:font-size="11pt" fo:language="en" '
        'fo:country="GB"/></style:default-style>'
        "</office:styles></office:document-styles>"
    )


def _meta(title: str) -> str:
    return (
        f'{START}<office:document-meta {SPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>en-GB</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    parts = ("content.xml", "styles.xml", "meta.xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" '
        f'manifest:media-type="text/xml"/>'
        for part in parts
    )
    return (
        f'{START}<manifest:manifest {SPACES} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{MIME}"/>{entries}</manifest:manifest>'
    )
