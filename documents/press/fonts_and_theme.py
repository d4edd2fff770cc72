"""The parts Word asks of every file whether used or not: its table of fonts and a plain theme."""

from __future__ import annotations

from documents.press.ooxml import (
    BODY_FONT,
    DECLARED,
    HEAD_FONT,
    LATIN_FONT,
    NAMESPACES,
    NUMBER_FONT,
    SUB_FONT,
    TITLE_FONT,
)
from documents.press.styles import HEAD

_CHINESE, _LATIN = "86", "00"
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F2937",
    "lt2": "F3F4F6",
    "accent1": "1D4ED8",
    "accent2": "B91C1C",
    "accent3": "047857",
    "accent4": "B45309",
    "accent5": "6D28D9",
    "accent6": "0E7490",
    "hlink": "1D4ED8",
    "folHlink": "6D28D9",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def font_table_xml() -> str:
    """The fonts of the styles, each with its script."""
    fonts = [
        (LATIN_FONT, _LATIN, "roman"),
        (BODY_FONT, _CHINESE, "modern"),
        (HEAD_FONT, _CHINESE, "modern"),
        (SUB_FONT, _CHINESE, "modern"),
        (TITLE_FONT, _CHINESE, "script"),
        (NUMBER_FONT, _CHINESE, "auto"),
    ]
    told = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="{script}"/><w:family w:val="{family}"/></w:font>'
        for name, script, family in fonts
    )
    return f"{HEAD}<w:fonts {DECLARED}>{told}</w:fonts>"


def theme_xml() -> str:
    """A theme nothing here refers to; Word asks for one."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    faces = f'<a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{BODY_FONT}"/><a:cs typeface=""/>'
    return (
        f'{HEAD}<a:theme xmlns:a="{NAMESPACES["a"]}" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公文"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="公文"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
