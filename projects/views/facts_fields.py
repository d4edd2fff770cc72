"""The facts of a project as fields of a form, and what a form says of them.

A form carries what it was told (every value it showed) and the recorded facts it began with; only a field
that now says something else is taken for a change. So a fact nobody touched keeps its source: template,
rule or catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_of

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import Attribute, FactOfWrongType, FactValue, UnknownFact, known
from approvals.rules.project_facts import project_facts
from concierge.kernel.merging import packed, unpacked
from concierge.kernel.spoken import MU_IN_HECTARE, is_chinese
from concierge.kernel.web import language, say

PREFIX = "f-"
TOLD, OWN = "told", "own"
HECTARES = "ha"
LONGEST_WORD = 80


@dataclass(frozen=True, kw_only=True)
class TypedFacts:
    """What a form says: the recorded facts it comes to, and what could not be read, by field.

    Shape: ``sent`` holds what was typed where it could not be read, so that nothing is lost.
    """

    own: dict[str, object]
    errors: dict[str, str] = made_of(default_factory=dict)
    sent: dict[str, list[str]] = made_of(default_factory=dict)


def sent_of(attribute: Attribute, value: FactValue) -> list[str]:
    """What a form would send for a value; land in 亩, as the county measures it."""
    if attribute.kind == "bool":
        return ["true"] if value else []
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, int | float):
        return [f"{round(value * MU_IN_HECTARE if attribute.unit == HECTARES else value, 4):.12g}"]
    return [value]


def told_of(catalogue: Catalogue, values: Mapping[str, FactValue]) -> dict[str, list[str]]:
    """What a form of all facts would send as it is shown."""
    return {attribute.name: sent_of(attribute, values[attribute.name]) for attribute in catalogue.attributes}


def hidden(told: Mapping[str, Sequence[str]], own: Mapping[str, object]) -> dict[str, str]:
    """The two hidden fields of a form of facts."""
    return {TOLD: packed(told), OWN: json.dumps(own, ensure_ascii=False, default=list)}


def opened_own(form: MultiDict[str, str], field: str = OWN) -> dict[str, object]:
    """The recorded facts in a hidden field of a form; none where it was tampered with."""
    try:
        own = json.loads(form.get(field) or "{}")
    except ValueError:
        return {}
    return own if isinstance(own, dict) else {}


def typed_facts(form: MultiDict[str, str], catalogue: Catalogue, template_code: str) -> TypedFacts:
    """The recorded facts a form comes to: those it began with, and every field that was changed.

    Shape: a field set back to what the template or a rule says is no longer recorded.
    Raises: UnknownTemplate.
    """
    attributes = catalogue.attribute_of
    told = unpacked(form.get(TOLD) or "", attributes)
    result = TypedFacts(own={name: value for name, value in opened_own(form).items() if name in attributes})
    for name in (key.removeprefix(PREFIX) for key in form if key.startswith(PREFIX)):
        if name not in attributes:
            result.errors[name] = _unknown(name, attributes)
    changed = []
    for attribute in catalogue.attributes:
        name, posted = attribute.name, form.getlist(PREFIX + attribute.name)
        if (name not in told and not posted) or posted == told.get(name):
            continue
        try:
            result.own[name] = read_sent(attribute, posted)
            changed.append(name)
        except FactOfWrongType as error:
            result.errors[name] = say(error)
            result.sent[name] = posted
    _forget_assumed(catalogue, template_code, result.own, changed)
    return result


def read_sent(attribute: Attribute, posted: Sequence[str]) -> FactValue:
    """The value that a field sent.

    Raises: FactOfWrongType, naming the fact as the form does.
    """
    text = posted[0].strip() if posted else ""
    try:
        if attribute.kind == "bool":
            return bool(posted) and attribute.read(text) is True
        if attribute.kind == "list":
            members = [one for one in posted if one]
            return attribute.checked(members if attribute.values else _words(members))
        value = attribute.read(
            text.replace(",", "").replace("，", "") if attribute.kind == "number" else text
        )
    except FactOfWrongType:
        raise FactOfWrongType(
            fact=attribute.spoken(language()), value=text, allowed=_allowed(attribute), field=attribute.name
        ) from None
    if attribute.unit == HECTARES and isinstance(value, int | float):
        return round(value / MU_IN_HECTARE, 6)
    return value


def said_value(attribute: Attribute, value: FactValue) -> str:
    """A value as the form's reader reads it; land in 亩."""
    if attribute.unit == HECTARES and isinstance(value, int | float):
        return gettext("%(area)s mu", area=f"{round(value * MU_IN_HECTARE, 2):.12g}")
    return attribute.spoken_value(value, language())


def said_sent(attribute: Attribute, posted: Sequence[str]) -> str:
    """What a field sent, as a person reads it; as it was typed where it cannot be read."""
    try:
        return said_value(attribute, read_sent(attribute, posted))
    except FactOfWrongType:
        return "、".join(posted)


def _words(posted: Sequence[str]) -> list[str]:
    return [word.strip()[:LONGEST_WORD] for text in posted for word in text.split(",") if word.strip()]


def _allowed(attribute: Attribute) -> str:
    if attribute.kind == "number":
        unit = gettext("mu") if attribute.unit == HECTARES else attribute.unit_label.spoken(language())
        return (
            gettext("a number from 0 up, in %(unit)s", unit=unit) if unit else gettext("a number from 0 up")
        )
    labels = dict(attribute.value_labels)
    names: Iterable[str] = (labels[v].spoken(language()) if v in labels else v for v in attribute.values)
    return ("、" if is_chinese() else ", ").join(names) if attribute.values else gettext("yes or no")


def _unknown(name: str, attributes: Mapping[str, Attribute]) -> str:
    try:
        known([name[:LONGEST_WORD]], attributes)
    except UnknownFact as error:
        return say(error)
    return ""


def _forget_assumed(
    catalogue: Catalogue, template_code: str, own: dict[str, object], names: Sequence[str]
) -> None:
    template = catalogue.template(template_code)
    for name in names:
        others = {other: value for other, value in own.items() if other != name}
        if project_facts(catalogue, template, others)[name].value == own[name]:
            del own[name]
