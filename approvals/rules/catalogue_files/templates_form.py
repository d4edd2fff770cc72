"""templates.yaml: attributes, derived rules, conditions, joint review groups and project templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from approvals.rules.catalogue import (
    Condition,
    DerivedRule,
    Mode,
    Override,
    ReviewGroup,
    Template,
)
from approvals.rules.catalogue_files.sheets import GIVEN_TWICE, Fault
from approvals.rules.catalogue_files.yaml_fields import Fields
from approvals.rules.catalogue_files.yaml_text import Document, Place
from approvals.rules.conditions import ConditionUnreadable, Test, as_tree, parse
from approvals.rules.conditions import faults as condition_faults
from approvals.rules.facts import KINDS, Attribute, FactOfWrongType, FactValue, checked_facts
from concierge.kernel.errors import N_, Invalid

VERSION = 1
SILENCES = ("none", "deemed_agree")
_BLANKS: Mapping[str, FactValue] = {"bool": False, "number": 0, "list": (), "enum": ""}

VERSION_UNKNOWN = N_("This file says version %(version)s; version %(expected)s is the one read here.")
CONDITION_BROKEN = N_("The condition cannot be read at %(where)s: %(why)s.")
CONDITION_DOES_NOT_FIT = N_("The condition tests “%(fact)s” wrongly. Allowed: %(allowed)s.")
FACT_DOES_NOT_FIT = N_("“%(value)s” does not fit the fact “%(fact)s”. Allowed: %(allowed)s.")
FACT_UNKNOWN = N_("There is no fact “%(fact)s”. Known: %(allowed)s.")
WINDOW_IS_TWO = N_("The window of a cap is two steps: from, to.")


@dataclass
class TemplatesFile:
    """What templates.yaml holds, and the line each thing stands on."""

    source_note: str = ""
    attributes: tuple[Attribute, ...] = ()
    derived_rules: tuple[DerivedRule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    review_groups: tuple[ReviewGroup, ...] = ()
    templates: tuple[Template, ...] = ()
    lines: dict[Place, int] = field(default_factory=dict)


def read_templates(
    document: Document, list_members: Mapping[str, tuple[str, ...]], faults: list[Fault]
) -> TemplatesFile:
    """Everything in the document that could be read; everything wrong goes to ``faults``.

    Shape: ``list_members`` names the members of a list attribute whose ``values`` the file leaves out.
    """
    top = Fields(document, (), document.value, faults)
    top.only(
        (
            "version",
            "source_note",
            "attributes",
            "derived_rules",
            "applicability",
            "joint_review_groups",
            "templates",
        )
    )
    if top.values.get("version") != VERSION:
        top.fault(("version",), VERSION_UNKNOWN, version=top.values.get("version"), expected=VERSION)
    attributes = tuple(
        _attribute(name, at, list_members.get(name, ())) for name, at in top.below("attributes").each()
    )
    known = {attribute.name: attribute for attribute in attributes}
    return TemplatesFile(
        source_note=top.text("source_note"),
        attributes=attributes,
        derived_rules=tuple(_derived_rules(top, known)),
        conditions=tuple(_conditions(top, known)),
        review_groups=tuple(_group(name, at) for name, at in top.below("joint_review_groups").each()),
        templates=tuple(_templates(top, known)),
        lines=document.lines,
    )


def _attribute(name: str, at: Fields, list_members: tuple[str, ...]) -> Attribute:
    at.only(("type", "values", "default", "unit", "note", "derived_by"))
    kind = at.choice("type", KINDS, "bool")
    blank = Attribute(
        name=name,
        kind=kind,
        default=_BLANKS[kind],
        values=at.codes("values") or (list_members if kind == "list" else ()),
        unit=at.text("unit"),
        note=at.text("note"),
        derived_by=at.text("derived_by"),
    )
    default = at.values.get("default", next(iter(blank.values), None) if kind == "enum" else None)
    if default is None:
        return blank
    try:
        checked = blank.checked(default)
    except FactOfWrongType as wrong:
        facts = {"value": wrong.facts["value"], "fact": name, "allowed": blank.allowed()}
        at.fault(("default",), FACT_DOES_NOT_FIT, **facts)
        return blank
    return Attribute(**{**blank.__dict__, "default": checked})


def _condition(at: Fields, place: Place, tree: object, known: Mapping[str, Attribute]) -> Test | None:
    try:
        test = parse(tree)
    except ConditionUnreadable as broken:
        at.fault(place, CONDITION_BROKEN, **{k: broken.facts[k] for k in ("where", "why")})
        return None
    wrong = condition_faults(test, known)
    for fact, allowed in wrong:
        at.fault(place, CONDITION_DOES_NOT_FIT, fact=fact, allowed=allowed)
    return None if wrong else test


def _derived_rules(top: Fields, known: Mapping[str, Attribute]) -> Iterator[DerivedRule]:
    for name, at in top.below("derived_rules").each():
        tree = {key: value for key, value in at.values.items() if key != "full_list_note"}
        test = _condition(at, (), tree, known)
        if test is not None:
            yield DerivedRule(name, test, at.text("full_list_note"))


def _conditions(top: Fields, known: Mapping[str, Attribute]) -> Iterator[Condition]:
    for matter, at in top.below("applicability").each():
        test = _condition(at, (), at.values, known)
        if test is not None:
            yield Condition(matter, test)


def _group(code: str, at: Fields) -> ReviewGroup:
    at.only(("name_zh", "name_en", "lead", "members", "mode", "notice", "opinion", "silence"))
    return ReviewGroup(
        code=code,
        name_zh=at.text("name_zh", required=True),
        name_en=at.text("name_en", required=True),
        lead=at.code("lead"),
        members=at.codes("members"),
        mode=at.text("mode"),
        notice_workdays=at.number("notice") or 0,
        opinion_workdays=at.number("opinion") or 0,
        silence=at.choice("silence", SILENCES, "none"),
    )


def _templates(top: Fields, known: Mapping[str, Attribute]) -> Iterator[Template]:
    first: dict[str, int] = {}
    for at in top.members("templates"):
        template = _template(at, known)
        line = at.document.line(at.place)
        if template.code in first:
            at.fault(("code",), GIVEN_TWICE, key=template.code, first_row=first[template.code])
        elif template.code:
            first[template.code] = line
            yield template


def _template(at: Fields, known: Mapping[str, Attribute]) -> Template:
    at.only(
        (
            "code",
            "name_zh",
            "name_en",
            "exchange_type",
            "cap_working_days",
            "cap_window",
            "mode",
            "eligibility",
            "defaults",
            "steps",
            "overrides",
            "parallel_groups",
        )
    )
    window = at.codes("cap_window")
    if len(window) not in (0, 2):
        at.fault(("cap_window",), WINDOW_IS_TWO)
    steps = at.codes("steps")
    for position, step in enumerate(steps):
        if step in steps[:position]:
            at.fault(
                ("steps", position), GIVEN_TWICE, key=step, first_row=at.document.line((*at.place, "steps"))
            )
    return Template(
        code=at.code("code"),
        name_zh=at.text("name_zh", required=True),
        name_en=at.text("name_en", required=True),
        exchange_type=at.number("exchange_type") or 10,
        cap_workdays=at.number("cap_working_days"),
        cap_window=window,
        mode=_mode(at.below("mode")),
        eligibility=at.text("eligibility"),
        defaults=tuple(_defaults(at.below("defaults"), known)),
        steps=tuple(dict.fromkeys(steps)),
        overrides=tuple(_override(name, below, known) for name, below in at.below("overrides").each()),
        review_groups=at.codes("parallel_groups"),
    )


def _mode(at: Fields) -> Mode:
    at.only(
        (
            "start_on_land",
            "relax_edges",
            "issue_tail_working_days",
            "pre_review_seal",
            "issue_together",
            "merged",
        )
    )
    tail = at.number("issue_tail_working_days")
    return Mode(
        start_on_land=at.yes("start_on_land"),
        relax_edges=at.yes("relax_edges"),
        issue_tail_workdays=1 if tail is None else tail,
        pre_review_seal=at.text("pre_review_seal"),
        issue_together=at.codes("issue_together"),
        merged=at.list_of_codes("merged"),
    )


def _defaults(at: Fields, known: Mapping[str, Attribute]) -> Iterator[tuple[str, FactValue]]:
    for name, value in at.values.items():
        try:
            yield name, checked_facts({name: value}, known)[name]
        except FactOfWrongType as wrong:
            allowed = wrong.facts["allowed"]
            at.fault((name,), FACT_DOES_NOT_FIT, value=wrong.facts["value"], fact=name, allowed=allowed)
        except Invalid:
            at.fault((name,), FACT_UNKNOWN, fact=name, allowed=", ".join(known))


def _override(matter: str, at: Fields, known: Mapping[str, Attribute]) -> Override:
    at.only(("promised", "special", "prep", "note", "condition"))
    tree = at.values.get("condition")
    return Override(
        matter=matter,
        promised_workdays=at.number("promised"),
        special_days=at.number("special"),
        prep_workdays=at.number("prep"),
        note=at.text("note"),
        condition=None if tree is None else _condition(at, ("condition",), tree, known),
    )


def templates_as_plain(file: TemplatesFile) -> dict[str, object]:
    """The parts of templates.yaml as plain values, in the order a person reads them."""
    return {
        "version": VERSION,
        "source_note": file.source_note,
        "attributes": {a.name: _attribute_as_plain(a) for a in file.attributes},
        "derived_rules": {
            rule.name: as_tree(rule.test) | ({"full_list_note": rule.note} if rule.note else {})
            for rule in file.derived_rules
        },
        "applicability": {item.matter: as_tree(item.test) for item in file.conditions},
        "joint_review_groups": {group.code: _group_as_plain(group) for group in file.review_groups},
        "templates": [_template_as_plain(template) for template in file.templates],
    }


def _filled(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _plain(value: FactValue) -> object:
    return list(value) if isinstance(value, tuple) else value


def _attribute_as_plain(attribute: Attribute) -> dict[str, object]:
    return {
        "type": attribute.kind,
        **_filled({"values": list(attribute.values)}),
        "default": _plain(attribute.default),
        **_filled({"unit": attribute.unit, "note": attribute.note, "derived_by": attribute.derived_by}),
    }


def _group_as_plain(group: ReviewGroup) -> dict[str, object]:
    return {
        "name_zh": group.name_zh,
        "name_en": group.name_en,
        "lead": group.lead,
        "members": list(group.members),
        "mode": group.mode,
        "notice": group.notice_workdays,
        "opinion": group.opinion_workdays,
        "silence": group.silence,
    }


def _template_as_plain(template: Template) -> dict[str, object]:
    mode = template.mode
    return _filled(
        {
            "code": template.code,
            "name_zh": template.name_zh,
            "name_en": template.name_en,
            "exchange_type": template.exchange_type,
            "cap_working_days": template.cap_workdays,
            "cap_window": list(template.cap_window),
            "mode": {
                "start_on_land": mode.start_on_land,
                "relax_edges": mode.relax_edges,
                "issue_tail_working_days": mode.issue_tail_workdays,
                **_filled(
                    {
                        "pre_review_seal": mode.pre_review_seal,
                        "issue_together": list(mode.issue_together),
                        "merged": [list(members) for members in mode.merged],
                    }
                ),
            },
            "eligibility": template.eligibility,
            "defaults": {name: _plain(value) for name, value in template.defaults},
            "steps": list(template.steps),
            "overrides": {o.matter: _override_as_plain(o) for o in template.overrides},
            "parallel_groups": list(template.review_groups),
        }
    )


def _override_as_plain(override: Override) -> dict[str, object]:
    return _filled(
        {
            "promised": override.promised_workdays,
            "special": override.special_days,
            "prep": override.prep_workdays,
            "note": override.note,
            "condition": None if override.condition is None else as_tree(override.condition),
        }
    )
