"""From a kind to its template: what ``compose`` wrote, with what every document carries, as a .docx."""

from __future__ import annotations

from xml.sax.saxutils import escape

from documents.press.docx_file import packed
from documents.press.edges import edge_parts, section
from documents.press.fonts_and_theme import font_table_xml, theme_xml
from documents.press.kind import DocumentKind
from documents.press.ooxml import DECLARED
from documents.press.page import Page
from documents.press.styles import HEAD, SETTINGS, styles_xml

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_STILL = "2026-01-01T00:00:00Z"


def write(kind: DocumentKind) -> bytes:
    """The template of a kind as a .docx; composing again gives the same bytes.

    Effects: none; what the kind leaves out of number, legal basis and sources is added at the end.
    """
    page = Page(kind.form)
    kind.compose(page)
    page.close()
    if kind.is_for_owner:
        page.query()
    return packed({name: part.encode() for name, part in _parts(kind, page).items()})


def _parts(kind: DocumentKind, page: Page) -> dict[str, str]:
    edges = edge_parts(kind.form, letterhead_of=page.letterhead_of)
    return {
        "[Content_Types].xml": _content_types(edges),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(kind),
        "word/document.xml": (
            f"{HEAD}<w:document {DECLARED}><w:body>{page.body()}{section(kind.form)}</w:body></w:document>"
        ),
        "word/styles.xml": styles_xml(kind.form),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": font_table_xml(),
        "word/theme/theme1.xml": theme_xml(),
        "word/_rels/document.xml.rels": _relations(
            [
                ("rIdStyles", f"{_RELATIONS}/styles", "styles.xml"),
                ("rIdSettings", f"{_RELATIONS}/settings", "settings.xml"),
                ("rIdFontTable", f"{_RELATIONS}/fontTable", "fontTable.xml"),
                ("rIdTheme", f"{_RELATIONS}/theme", "theme/theme1.xml"),
                *((_relation(name), f"{_RELATIONS}/{_noun(name)}", name) for name in sorted(edges)),
            ]
        ),
        **{f"word/{name}": part for name, part in edges.items()},
    }


def _noun(name: str) -> str:
    return name[:6]


def _relation(name: str) -> str:
    return f"rId{name.removesuffix('.xml').capitalize()}"


def _relations(rows: list[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>' for id_, type_, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _content_types(edges: dict[str, str]) -> str:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/theme/theme1.xml": _THEME,
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/{name}": f"{_WORD}.{_noun(name)}+xml" for name in sorted(edges)},
    }
    told = "".join(
        f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _core(kind: DocumentKind) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(kind.title_zh)}</dc:title><dc:identifier>{kind.code}</dc:identifier>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_STILL}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_STILL}</dcterms:modified></cp:coreProperties>'
    )
