"""Form fields that offer names and store codes, and how codes are shown in lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import g
from flask_babel import gettext
from markupsafe import Markup, escape
from wtforms import SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import Select

from approvals.models.catalogue import DepartmentRow, MatterRow, ReviewGroupRow
from approvals.models.template import TemplateRow
from approvals.queries import catalogue as queries
from approvals.rules.facts import Label
from approvals.views.code_words import Words, word
from concierge.kernel.db import db
from concierge.kernel.row_forms import LOOK
from concierge.kernel.showing import NOTHING
from concierge.kernel.web import language

Choices = Callable[[], list[tuple[str, str]]]


class Coded(SelectFieldBase):
    """One of the codes the catalogue knows, chosen by name; one it no longer knows is shown as such."""

    widget = Select()

    def __init__(self, label: Any, choices: Choices, *, may_be_empty: bool = False, **facts: Any) -> None:
        self.offered, self.may_be_empty = choices, may_be_empty
        checks = [Optional() if may_be_empty else InputRequired()]
        super().__init__(label, checks, render_kw=LOOK, **facts)

    def process_data(self, value: Any) -> None:
        """Take the code as the row has it."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the code that was sent."""
        self.data = valuelist[0] if valuelist else ""

    def iter_choices(self) -> Iterator[Choice]:
        """The known codes by name, and the present one if it is not among them."""
        known = self.offered()
        if self.may_be_empty or not self.data:
            yield Choice("", "", not self.data, {})
        if self.data and self.data not in dict(known):
            told = gettext("%(code)s (not in the catalogue)", code=self.data)
            yield Choice(self.data, told, True, {})
        for code, text in known:
            yield Choice(code, text, code == self.data, {})

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  (the library's signature)
        """Refuse a code nobody knows."""
        if self.data and self.data not in dict(self.offered()):
            raise ValidationError(gettext("Choose from the list."))

    def _value(self) -> str:
        return self.data or ""


def words_of(words: Words) -> Choices:
    """The fixed words of a code list as choices."""
    return lambda: [(code, str(text)) for code, text in words.items()]


def _labels(kind: Any) -> dict[str, Label]:
    kept: dict[Any, dict[str, Label]] = g.setdefault("approvals_labels", {})
    if kind not in kept:
        kept[kind] = queries.labels(db.session, kind)
    return kept[kind]


def _named(kind: Any) -> Choices:
    def choices() -> list[tuple[str, str]]:
        spoken = [(code, f"{label.spoken(language())} {code}") for code, label in _labels(kind).items()]
        return sorted(spoken, key=lambda choice: choice[1]) if language() == "en" else spoken

    return choices


def _shown(kind: Any) -> Callable[[str], Any]:
    def show(code: str) -> Any:
        if not code:
            return NOTHING
        label = _labels(kind).get(code)
        if label is None:
            return Markup('{} <span class="bd-sub bd-late">{}</span>').format(
                code, gettext("not in the catalogue")
            )
        return Markup('{} <span class="bd-sub">{}</span>').format(label.spoken(language()), code)

    return show


departments, show_department = _named(DepartmentRow), _shown(DepartmentRow)
matters, show_matter = _named(MatterRow), _shown(MatterRow)
review_groups, show_review_group = _named(ReviewGroupRow), _shown(ReviewGroupRow)
templates, show_template = _named(TemplateRow), _shown(TemplateRow)


def show_word(words: Words) -> Callable[[str], str]:
    """How a code of a fixed list is shown."""
    return lambda code: word(words, code) if code else NOTHING


def show_days(value: int | None) -> Any:
    """A number of days; none is a dash, which is another thing than 0."""
    return NOTHING if value is None else value


def show_text(value: str) -> Any:
    """A text cell with its lines kept."""
    return Markup('<pre class="bd-pre">{}</pre>').format(escape(value)) if value else NOTHING
