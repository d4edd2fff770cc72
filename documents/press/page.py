"""Composing a template: GB/T 9704 paragraphs, tables and signature, with tags where the values will stand.

A kind's ``compose`` is given a ``Page`` and writes on it from top to bottom. What it leaves out that every
document must carry (its number, the law it rests on, where its fields came from) the page adds itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from documents.press import ooxml
from documents.press.drawings import foot_box
from documents.press.form import Form, measures_of, twips
from documents.press.ooxml import Cell, Control, ControlKind, Paragraph, run

LABEL_SHARE, VALUE_SHARE = 25, 53
LEVELS = {1: "Heading1", 2: "Heading2", 3: "Heading3", 4: "Heading4"}
BASIS = (
    "{% for law in basis %}《{{ law.title }}》{{ law.wenhao }}{{ law.articles }}"
    "{% if not loop.last %}；{% endif %}{% endfor %}。"
)
SOURCES = (
    "预填来源：{% for one in prefilled %}{{ one.field }}取自{{ one.source }}"
    "{% if one.on %}（{{ one.on|cndate }}）{% endif %}{% if not loop.last %}；{% endif %}{% endfor %}。"
)
QUERY = "办理进度查询：扫描二维码，或登录{{ query.place }}输入查询码{{ query.code }}。"
QR_MM = 22
EDITION = (
    "数据截至{{ data_on|cndate }}，第{{ version }}版{% if changes %}。本版变更：{{ changes }}{% endif %}。"
)


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Units: ``width_mm`` counts in proportion to its neighbours; the table fills the text block.
    Shape: ``value`` is text with tags over the loop variable ``row`` (``{{ row.name }}``) or
        ``{{ loop.index }}``; ``align`` is left, center or right. ``control`` names a content control around
        the value (it may be a tag itself, ``{{ row.control }}``); ``alias`` is its label, else the heading.
    """

    heading: str
    width_mm: float
    value: str
    align: str = "left"
    control: str = ""
    alias: str = ""
    control_kind: ControlKind = ControlKind.TEXT
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Field:
    """A label and its value in a form.

    Shape: ``span`` counts label/value pairs the value stretches over; ``control`` names the content control a
        department fills in, empty for plain text; ``lines`` is the room it leaves at least, in lines.
    """

    label: str
    value: str = ""
    span: int = 1
    control: str = ""
    control_kind: ControlKind = ControlKind.TEXT
    choices: Sequence[str] = ()
    lines: int = 1


class Page:
    """One template being composed, from top to bottom."""

    def __init__(self, form: Form = Form.LETTER) -> None:
        self.form = form
        self.measures = measures_of(form)
        self.has_number = self.has_basis = self.has_sources = False
        self.letterhead_of = ""
        self._blocks: list[Paragraph | str] = []

    @property
    def is_sheet(self) -> bool:
        """Whether this is a sheet of tables rather than a letter."""
        return self.form in (Form.SHEET, Form.WIDE_SHEET)

    # -- the head -------------------------------------------------------------------------------------------

    def letterhead(self, of: str = "office.name") -> None:
        """Who issues it: in red above a letter and on a red head, small above a sheet.

        Shape: ``of`` is the value with the name; a department's own paper names the department.
        Source: S80, 7.2.4 and 10.1.
        """
        self.letterhead_of = of
        if self.form is Form.RED_HEAD:
            self._add(f"{{{{r {of}|redhead }}}}", "RedHead")
        elif self.is_sheet:
            self._add(f"{{{{ {of} }}}}", "SheetHead")

    def number(self) -> None:
        """The number of the document: at the right edge of a letter, centred above the rule of a red head."""
        self.has_number = True
        style = {Form.LETTER: "NumberRight", Form.RED_HEAD: "NumberRuled"}.get(self.form, "NumberSheet")
        text = "编号：{{ number }}" if self.is_sheet else "{{ number }}"
        self._add(text, style)

    def title(self, text: str) -> None:
        """The heading, centred; a line end in ``text`` is where it breaks."""
        self._add(text, "SheetTitle" if self.is_sheet else "DocumentTitle")

    def addressee(self) -> None:
        """Who receives it, flush left with a colon."""
        self._add("{{ addressee }}：", "Addressee")

    # -- the body -------------------------------------------------------------------------------------------

    def text(self, line: str) -> None:
        """A paragraph of the body, its first line two characters in."""
        self._add(line, "BodyText")

    def heading(self, level: int, line: str) -> None:
        """一、 at level 1, （一） at 2, 1. at 3, （1） at 4; the numbering is part of ``line``."""
        self._add(line, LEVELS[level])

    def caption(self, line: str) -> None:
        """A centred line over a table or under a picture."""
        self._blocks.append(Paragraph(run(line), "Caption", keeps_next=True))

    def note(self, text: str) -> None:
        """附注: in brackets, two lines below whatever stands above, so that a seal leaves it free."""
        self._gap(2)
        self._add(f"（{text}）", "BodyText")

    def small(self, text: str) -> None:
        """A line in small type: instructions for filling in, a footing."""
        self._add(text, "SmallText")

    def page_break(self) -> None:
        """What follows starts a new page."""
        self._blocks.append(Paragraph('<w:r><w:br w:type="page"/></w:r>', "TableText"))

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What the block composes is printed only where the condition holds."""
        self._tag(f"if {condition}")
        yield
        self._tag("endif")

    @contextmanager
    def each(self, name: str, sequence: str) -> Iterator[None]:
        """What the block composes is printed once for each entry of a sequence."""
        self._tag(f"for {name} in {sequence}")
        yield
        self._tag("endfor")

    # -- tables, forms and pictures -------------------------------------------------------------------------

    def table(self, columns: Sequence[Column], rows: str) -> None:
        """A ruled table over the sequence named ``rows``; its header stands again on every page."""
        widths = ooxml.scaled([one.width_mm for one in columns], self._text_twips())
        header = ooxml.row(
            [
                Cell(content=Paragraph(run(one.heading), "TableHead").xml(), width=width)
                for one, width in zip(columns, widths, strict=True)
            ],
            is_header=True,
        )
        values = ooxml.row(
            [Cell(content=_cell_text(one), width=width) for one, width in zip(columns, widths, strict=True)]
        )
        marks = [_tag_row(f"for row in {rows}", widths), values, _tag_row("endfor", widths)]
        self._blocks.append(ooxml.table(widths, [header, *marks]))
        self._blocks.append(Paragraph("", "TableGap"))

    def fields(self, rows: Sequence[Field | Sequence[Field]]) -> None:
        """A form of labels and values: each row one field or several side by side; the last stretches."""
        lines = [[one] if isinstance(one, Field) else list(one) for one in rows]
        pairs = max(sum(one.span for one in line) for line in lines)
        widths = ooxml.scaled([LABEL_SHARE, VALUE_SHARE] * pairs, self._text_twips())
        self._blocks.append(ooxml.table(widths, [_field_row(line, pairs, widths) for line in lines]))
        self._blocks.append(Paragraph("", "TableGap"))

    def picture(self, name: str, width_mm: float = 0) -> None:
        """A picture of the facts, as wide as the text block unless told."""
        width = min(width_mm or self.measures.text_width, self.measures.text_width)
        self._add(f"{{{{ pictures.{name}|at({width:g}) }}}}", "Picture")

    # -- the foot -------------------------------------------------------------------------------------------

    def basis(self, own: str = "", before: str = "依据：") -> None:
        """The law it rests on: what the matter names, then the laws in force on the day of the data.

        Shape: ``own`` is the value with the matter's own law, ``before`` the words that lead in. A sheet
            names the laws in its small print.
        Source: R-LAW-1.
        """
        self.has_basis = True
        if self.is_sheet and not own:
            return
        named = f"{{% if {own} %}}{{{{ {own} }}}}{{% if basis %}}；{{% endif %}}{{% endif %}}" if own else ""
        with self.when(f"basis or {own}" if own else "basis"):
            self._add(f"{before}{named}{BASIS}", "BodyText")

    def prefilled(self) -> None:
        """Which fields came from which earlier result, the day of the data, and the version.

        Shape: it stands at the end of the page wherever it is asked for, below the signature, so that small
            print never parts the signature from the words it signs.
        """
        self.has_sources = True

    def close(self) -> None:
        """What every document carries, where the kind left it out, and the small print at the end."""
        if not self.has_number:
            self.small("编号：{{ number }}")
        if not self.has_basis and not self.is_sheet:
            self.basis()
        self._before_small_print()
        if self.is_sheet:
            with self.when("basis"):
                self._colophon(f"依据：{BASIS}", keeps_next=True)
        with self.when("prefilled"):
            self._colophon(SOURCES, keeps_next=True)
        self._colophon(EDITION)

    def _before_small_print(self) -> None:
        """Room for the lower edge of a seal below a signature.

        The small print is not held to it: LibreOffice then carries the signature over without its words.
        """
        last = self._blocks[-1] if self._blocks else ""
        if isinstance(last, Paragraph) and last.style == "Signature":
            self._gap(1)
        else:
            self._blocks.append(Paragraph("", "TableGap", keeps_next=True))

    def _colophon(self, text: str, *, keeps_next: bool = False) -> None:
        self._blocks.append(Paragraph(run(text), "Colophon", keeps_next=keeps_next))

    def query(self) -> None:
        """Where the progress can be asked for, as a code to scan and one to type; nothing where none is open.

        Source: PL-13.
        """
        with self.when("query"):
            self.small(QUERY)
            self._add(f"{{{{ pictures.query|at({QR_MM}) }}}}", "Picture")

    def sign(self, name: str = "{{ office.name }}", day: str = "{{ made_on|cndate }}") -> None:
        """署名 and 成文日期 on one centre, with room for a seal; never alone on a page.

        Source: S80, 7.3.5.
        """
        self._hold_last()
        self._gap(2)
        for text in (name, day):
            self._blocks.append(
                Paragraph("<w:r><w:tab/></w:r>" + run(text), "Signature", keeps_next=text == name)
            )

    def copies(self, text: str) -> None:
        """版记: who receives copies, at the foot of the last page between its rules. Source: S80, 7.4."""
        self._blocks.append(foot_box(text, self._text_twips()))

    # -- how the pieces are kept ----------------------------------------------------------------------------

    def body(self) -> str:
        """Everything composed so far as WordprocessingML."""
        return "".join(one if isinstance(one, str) else one.xml() for one in self._blocks)

    def _add(self, text: str, style: str) -> None:
        self._blocks.append(Paragraph(run(text), style))

    def _tag(self, words: str) -> None:
        self._add(f"{{%p {words} %}}", "")

    def _gap(self, lines: int) -> None:
        self._blocks.extend(Paragraph("", "Blank", keeps_next=True) for _ in range(lines))

    def _hold_last(self) -> None:
        """The last paragraph of words stays with what follows."""
        for block in reversed(self._blocks):
            if isinstance(block, str):
                return
            if block.content and "{%p" not in block.content:
                block.keeps_next = True
                return

    def _text_twips(self) -> int:
        return twips(self.measures.text_width)


def _cell_text(column: Column) -> str:
    if not column.control:
        return Paragraph(run(column.value), "TableText", justified=column.align).xml()
    control = Control(
        alias=column.alias or column.heading,
        tag=column.control,
        kind=column.control_kind,
        choices=column.choices,
    )
    return Paragraph(ooxml.controlled(control, column.value), "TableText", justified=column.align).xml()


def _tag_row(words: str, widths: Sequence[int]) -> str:
    cell = Cell(
        content=Paragraph(run(f"{{%tr {words} %}}"), "TableText").xml(), width=sum(widths), span=len(widths)
    )
    return ooxml.row([cell])


def _field_row(line: Sequence[Field], pairs: int, widths: Sequence[int]) -> str:
    cells: list[Cell] = []
    at = 0
    for place, one in enumerate(line):
        span = one.span if place + 1 < len(line) else pairs - at
        label, value = widths[2 * at], sum(widths[2 * at + 1 : 2 * (at + span)])
        cells.append(Cell(content=Paragraph(run(one.label), "TableHead").xml(), width=label))
        cells.append(Cell(content=_field_value(one), width=value, span=2 * span - 1))
        at += span
    room = max(one.lines for one in line)
    return ooxml.row(cells, least_twips=340 * room + 60, may_split=room > 1)


def _field_value(field: Field) -> str:
    if not field.control:
        return Paragraph(run(field.value), "TableText").xml()
    control = Control(alias=field.label, tag=field.control, kind=field.control_kind, choices=field.choices)
    return Paragraph(ooxml.controlled(control, field.value), "TableText").xml()
