"""The form of a project's facts as plain values for its template: what matters first, the rest by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import Attribute
from approvals.rules.periods import DaysMode
from approvals.rules.project_facts import FactSource, ProjectFact, values_of
from concierge.kernel.errors import N_
from concierge.kernel.spoken import is_chinese
from concierge.kernel.web import language
from projects.press.charted import short_name
from projects.rules.fact_groups import ASKED_FIRST, ASSESSMENTS, GATES, STAGED, SpeedUp, speed_ups, themes
from projects.rules.scenarios import Effect, Scenarios, deciding_facts, first_of
from projects.rules.terms import GatesMode, PlanTerms
from projects.views.facts_fields import HECTARES, PREFIX, hidden, said_value, sent_of, told_of

MOST_SITUATIONS = 8
MOST_NAMED = 2
SOURCES: Mapping[FactSource, str] = {
    FactSource.CATALOGUE: N_("catalogue"),
    FactSource.TEMPLATE: N_("template"),
    FactSource.DERIVED: N_("follows from other facts"),
    FactSource.PROJECT: N_("recorded"),
}
NO_EFFECT = Effect()


@dataclass(frozen=True)
class FactsSheet:
    """The facts of one project as a form; ``sent`` and ``errors`` are what was typed and cannot be read."""

    catalogue: Catalogue
    template: str
    facts: Mapping[str, ProjectFact]
    own: Mapping[str, object]
    scenarios: Scenarios | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The reader's language."""
        return language()

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The facts some step of this template looks at."""
        return deciding_facts(self.catalogue, self.template)

    def hidden(self) -> dict[str, str]:
        """What the form remembers of the values it shows."""
        return hidden(told_of(self.catalogue, values_of(self.facts)), self.own)

    def first(self) -> list[dict[str, Any]]:
        """The facts every project is asked for first."""
        return [self._field(name) for name in ASKED_FIRST if name in self.facts]

    def situations(self) -> list[dict[str, Any]]:
        """The yes-or-no facts that change a project of this kind most."""
        return [self._field(name) for name in self._situations]

    def speed_ups(self) -> list[dict[str, Any]]:
        """The ways to be quicker that are facts, the gates apart."""
        return [self._speed_up(way) for way in self._ways if way.fact]

    def assessments(self) -> dict[str, Any] | None:
        """The regional assessments a project may use, where some step asks for them."""
        if ASSESSMENTS not in self.deciding:
            return None
        every = self.catalogue.attribute_of[ASSESSMENTS].values
        effect = self.scenarios.effect_of(ASSESSMENTS, every, ()) if self.scenarios else NO_EFFECT
        return {**self._field(ASSESSMENTS), "effect": said_effect(effect)}

    def themes(self) -> Iterable[dict[str, Any]]:
        """Every other fact, by theme, folded; a theme says how many of its facts somebody recorded."""
        shown = {*ASKED_FIRST, *self._situations, *(way.fact for way in self._ways), ASSESSMENTS}
        if ASSESSMENTS not in self.deciding:
            shown.discard(ASSESSMENTS)
        for theme in themes(self.catalogue):
            names = [name for name in theme.facts if name not in shown]
            if names:
                fields = [self._field(name) for name in names]
                yield {
                    "key": theme.key,
                    "name": gettext(theme.name),
                    "fields": fields,
                    "count": len(fields),
                    "is_open": any(one["error"] for one in fields),
                }

    @cached_property
    def _ways(self) -> tuple[SpeedUp, ...]:
        return speed_ups(self.catalogue, self.template)

    @cached_property
    def _situations(self) -> tuple[str, ...]:
        chosen = _usual_situations(_Known(self.catalogue, self.template))
        ways = {way.fact for way in self._ways}
        return tuple(name for name in chosen if name not in ways)

    def _speed_up(self, way: SpeedUp) -> dict[str, Any]:
        effect = self.scenarios.effect_of(way.fact, True, False) if self.scenarios else NO_EFFECT
        shown = {**self._field(way.fact), "label": gettext(way.name), "note": gettext(way.note)}
        shown["effect"] = said_effect(effect)
        if shown["effect"]["start"]:
            shown["note"] += gettext("; ") + shown["effect"]["start"]
        if way.key == STAGED and effect.groundwork_workdays:
            days = effect.groundwork_workdays
            shown["note"] = ngettext(
                "The groundwork may begin %(num)s working day before the permit",
                "The groundwork may begin %(num)s working days before the permit",
                days,
            )
        return shown

    def _field(self, name: str) -> dict[str, Any]:
        attribute, fact = self.catalogue.attribute_of[name], self.facts[name]
        sent = list(self.sent.get(name, sent_of(attribute, fact.value)))
        shown: dict[str, Any] = {
            "name": PREFIX + name,
            "kind": "words" if attribute.kind == "list" and not attribute.values else attribute.kind,
            "label": attribute.spoken(language()),
            "unit": gettext("mu")
            if attribute.unit == HECTARES
            else attribute.unit_label.spoken(language()) or attribute.unit,
            "sent": sent,
            "text": "、".join(sent),
            "options": _options(attribute),
            "source": gettext(SOURCES[fact.source]),
            "is_recorded": fact.source is FactSource.PROJECT,
            "is_derived": bool(attribute.derived_by),
            "error": self.errors.get(name),
            "note": "",
        }
        if self.scenarios is not None and name in self.deciding and attribute.kind in ("bool", "enum"):
            shown.update(self._effects(attribute, fact))
        return shown

    def _effects(self, attribute: Attribute, fact: ProjectFact) -> dict[str, Any]:
        if self.scenarios is None:
            return {}
        if attribute.kind == "bool":
            effect = self.scenarios.effect_of(attribute.name, True, False)
            return {"effect": said_effect(effect), "note": self._named(effect)}
        for option in (options := _options(attribute)):
            if option["value"] != fact.value:
                effect = self.scenarios.effect_of(attribute.name, option["value"], fact.value)
                option["text"] += gettext(" (%(effect)s)", effect=said_effect(effect)["text"])
        return {"options": options}

    def _named(self, effect: Effect) -> str:
        parts = []
        for codes, message in (
            (effect.added, N_("adds “%(steps)s”")),
            (effect.removed, N_("takes out “%(steps)s”")),
        ):
            if codes:
                matters = [self.catalogue.matter(code) for code in codes[:MOST_NAMED]]
                names = [short_name(matter, language()) for matter in matters]
                steps = gettext("”, “").join(names)
                more = gettext(" and others") if len(codes) > MOST_NAMED else ""
                parts.append(gettext(message, steps=steps) + more)
        start = said_effect(effect)["start"]
        return gettext(", ").join([*parts, start] if start else parts)


def gates_choice(sheet: FactsSheet, *, is_on: bool) -> dict[str, Any]:
    """The way to be quicker that is no fact: relaxed gates."""
    way = next(way for way in speed_ups(sheet.catalogue, sheet.template) if way.key == GATES)
    effect = NO_EFFECT
    if sheet.scenarios and isinstance(way.having, GatesMode) and isinstance(way.lacking, GatesMode):
        effect = sheet.scenarios.effect_of_gates(way.having, way.lacking)
    said = said_effect(effect)
    return {
        "name": "relaxed",
        "label": gettext(way.name),
        "note": gettext(way.note) + (gettext("; ") + said["start"] if said["start"] else ""),
        "is_on": is_on,
        "effect": said,
    }


def said_effect(effect: Effect) -> dict[str, Any]:
    """An effect in a few words: +1 step, +8 days; and the start of building where that differs."""
    parts = []
    if effect.steps:
        parts.append(
            ngettext(
                "%(sign)s%(num)s step", "%(sign)s%(num)s steps", abs(effect.steps), **_sign(effect.steps)
            )
        )
    days = effect.permit_workdays
    parts.append(ngettext("%(sign)s%(num)s day", "%(sign)s%(num)s days", abs(days), **_sign(days)))
    later, start = effect.start_workdays, ""
    if not later and days:
        start = gettext("the start of building stays")
    elif later != days:
        start = ngettext(
            "start of building %(sign)s%(num)s day",
            "start of building %(sign)s%(num)s days",
            abs(later),
            **_sign(later),
        )
    text = ("　" if is_chinese() else ", ").join(parts)
    return {"text": text, "start": start, "is_gain": days < 0, "is_none": effect.is_none}


def said_fact(catalogue: Catalogue, fact: ProjectFact) -> dict[str, str]:
    """One fact as a line: name, value, who says so."""
    attribute = catalogue.attribute_of[fact.name]
    return {
        "name": attribute.spoken(language()),
        "value": said_value(attribute, fact.value),
        "source": gettext(SOURCES[fact.source]),
    }


def _sign(number: int) -> dict[str, str]:
    return {"sign": "+" if number > 0 else "−" if number < 0 else ""}


def _options(attribute: Attribute) -> list[dict[str, Any]]:
    labels = dict(attribute.value_labels)
    return [
        {"value": value, "text": labels[value].spoken(language()) if value in labels else value}
        for value in attribute.values
    ]


@dataclass(frozen=True, eq=False)
class _Known:
    """A template of one catalogue, told apart by the catalogue's fingerprint."""

    catalogue: Catalogue
    template: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str]:
        return self.catalogue.digest, self.template


@lru_cache(maxsize=64)
def _usual_situations(known: _Known) -> tuple[str, ...]:
    """The situations shown first, weighed on the template's own facts: ticking one never reorders them."""
    catalogue, template = known.catalogue, known.template
    scenarios = Scenarios(catalogue, template, {}, PlanTerms(days=DaysMode.ELAPSED))
    deciding = deciding_facts(catalogue, template)
    names = [a.name for a in catalogue.attributes if a.kind == "bool" and a.name in deciding]
    ways = {way.fact for way in speed_ups(catalogue, template)}
    effects = {name: scenarios.effect_of(name, True, False) for name in names if name not in ways}
    return first_of(effects, effects, MOST_SITUATIONS)
