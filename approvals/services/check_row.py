"""Check one row of the draft before it is kept: what a single form can get wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from approvals.models import draft_text
from approvals.models.calendar import HolidayRow
from approvals.models.catalogue import LegalBasisRow, MaterialRow, MatterRow, PrecedenceRow, ReviewGroupRow
from approvals.models.draft_text import LabelUnreadable, NotFields, NotYaml, TextUnreadable
from approvals.models.template import (
    AttributeRow,
    ConditionRow,
    DerivedRuleRow,
    TemplateRow,
    TemplateStepRow,
)
from approvals.queries import catalogue as queries
from approvals.rules import conditions
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import NOT_A_CODE, code
from approvals.rules.catalogue_files.references import broken_references
from approvals.rules.catalogue_files.sheets import CellFault, Fault
from approvals.rules.conditions import ConditionUnreadable, Test
from approvals.rules.facts import FactOfWrongType, UnknownFact, checked_facts
from approvals.rules.loops import loop_with
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work

_SATURDAY = 5


class NotACode(Invalid):
    """A code that files and addresses could not carry."""

    message = NOT_A_CODE


class DraftCodeUnknown(Invalid):
    """A code that names nothing in the catalogue."""

    message = N_("The catalogue has no “%(value)s”.")


class CitationMissing(Invalid):
    """A period without the kind of its days."""

    message = N_("A period of %(days)s days needs its kind: working days, calendar days, or not stated.")


class WaitsInARing(Refusal):
    """A precedence that would close a ring; ``loop`` are the codes of its matters, in the order they wait."""

    message = N_("These matters would wait for each other: %(ring)s. Nothing was saved.")


class ConditionDoesNotFit(Invalid):
    """A condition that tests a fact in a way the fact does not allow."""

    message = N_("The condition tests “%(fact)s” in a way it does not allow. Allowed: %(allowed)s.")


class ValuesMissing(Invalid):
    """A fact that is one of a list, without the list."""

    message = N_("Name the values it may take.")


class WindowIsTwo(Invalid):
    """A cap that does not say from which step to which."""

    message = N_("A cap runs from one step to another: give two codes, or none.")


class EndsBeforeItBegins(Invalid):
    """A law that would end before it begins."""

    message = N_("The last day is before the first.")


class KindAndDayDiffer(Invalid):
    """A make-up workday that is not worked, or a day off that is."""

    message = N_("A make-up workday is worked, a day off is not. Change one of the two.")


class WorkedAnyway(Invalid):
    """A make-up workday on a weekday."""

    message = N_("%(day)s is a weekday and worked anyway; a make-up workday is a Saturday or Sunday.")


class StillNamed(Refusal):
    """Something else in the catalogue names this row."""

    message = N_(
        "“%(value)s” is still named in the catalogue, at %(count)s places (%(places)s). Change those first."
    )


def check_row(w: Work, row: Any) -> None:
    """Say what is wrong with a row that was just filled in and flushed.

    Raises: Invalid with the ``field``; WaitsInARing.
    """
    with _beside_its_field(row):
        _codes_are_codes(row)
        check = _CHECKS.get(type(row))
        if check is not None:
            check(row, queries.draft_catalogue(w.session))


def remove_row(w: Work, row: Any) -> None:
    """Delete a row that nothing else names.

    Raises: StillNamed, with the first places.
    """
    before = _named_in_vain(queries.draft_catalogue(w.session))
    w.session.delete(row)
    w.session.flush()
    left = [
        fault
        for fault in broken_references(queries.draft_catalogue(w.session), {})
        if str(fault) not in before
    ]
    if left:
        places = "; ".join(_place(fault) for fault in left[:3])
        raise StillNamed(value=left[0].facts.get("value", ""), count=len(left), places=places)


def _named_in_vain(catalogue: Catalogue) -> set[str]:
    return {str(fault) for fault in broken_references(catalogue, {})}


def _place(fault: Fault) -> str:
    return f"{fault.file}: {fault.row}" if fault.row else f"{fault.file}: {fault.column}"


@contextmanager
def _beside_its_field(row: Any) -> Iterator[None]:
    """Put errors of the rules beside the column they are about."""
    column = {AttributeRow: "default_value", TemplateRow: "defaults"}.get(type(row), "test")
    try:
        yield
    except (ConditionUnreadable, NotYaml, TextUnreadable, NotFields, FactOfWrongType, UnknownFact) as error:
        raise type(error)(**{**error.facts, "field": column}) from error
    except LabelUnreadable as error:
        raise type(error)(**{**error.facts, "field": "value_labels"}) from error


def _codes_are_codes(row: Any) -> None:
    for column in ("code", "name"):
        if hasattr(row, column):
            try:
                code(getattr(row, column))
            except CellFault as fault:
                raise NotACode(**fault.facts, field=column) from fault


def _known(column: str, written: Collection[str], known: Collection[str]) -> None:
    for value in written:
        if value not in known:
            raise DraftCodeUnknown(value=value, field=column)


def _matter(row: MatterRow, _catalogue: Catalogue) -> None:
    if row.statutory_days is not None and not row.statutory_basis:
        raise CitationMissing(days=row.statutory_days, field="statutory_basis")
    if row.special_days and not row.special_basis:
        raise CitationMissing(days=row.special_days, field="special_basis")


def _precedence(row: PrecedenceRow, catalogue: Catalogue) -> None:
    loop = loop_with(catalogue, row.facts(), instead_of=(row.predecessor, row.successor))
    if loop:
        raise WaitsInARing(loop=loop, ring=" → ".join((*loop, loop[0])))


def _material(row: MaterialRow, catalogue: Catalogue) -> None:
    if row.origin == "produced":
        _known("origin_ref", row.facts().producers or ("",), catalogue.matter_of)


def _review_group(row: ReviewGroupRow, catalogue: Catalogue) -> None:
    _known("members", draft_text.codes(row.members), catalogue.department_of)


def _attribute(row: AttributeRow, _catalogue: Catalogue) -> None:
    if row.kind == "enum" and not draft_text.codes(row.values):
        raise ValuesMissing(field="values")
    row.facts()


def _test(test: Test, catalogue: Catalogue) -> None:
    for fact, allowed in conditions.faults(test, catalogue.attribute_of):
        raise ConditionDoesNotFit(fact=fact, allowed=allowed, field="test")


def _condition(row: ConditionRow | DerivedRuleRow, catalogue: Catalogue) -> None:
    _test(draft_text.tree(row.test), catalogue)


def _template(row: TemplateRow, catalogue: Catalogue) -> None:
    fact = row.facts(())
    if len(fact.cap_window) not in (0, 2):
        raise WindowIsTwo(field="cap_window")
    for column in ("cap_window", "issue_together"):
        _known(column, draft_text.codes(getattr(row, column)), catalogue.matter_of)
    _known("merged", [code for merged in fact.mode.merged for code in merged], catalogue.matter_of)
    _known("review_groups", fact.review_groups, catalogue.review_group_of)
    checked_facts(dict(fact.defaults), catalogue.attribute_of)


def _template_step(row: TemplateStepRow, catalogue: Catalogue) -> None:
    test = draft_text.tree_if_any(row.test)
    if test is not None:
        _test(test, catalogue)


def _legal_basis(row: LegalBasisRow, _catalogue: Catalogue) -> None:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise EndsBeforeItBegins(field="valid_to")


def _holiday(row: HolidayRow, _catalogue: Catalogue) -> None:
    if row.is_workday != (row.kind == "makeup_workday"):
        raise KindAndDayDiffer(field="is_workday")
    if row.is_workday and row.day.weekday() < _SATURDAY:
        raise WorkedAnyway(day=row.day, field="day")


_CHECKS: Mapping[type[Any], Callable[[Any, Catalogue], None]] = {
    MatterRow: _matter,
    PrecedenceRow: _precedence,
    MaterialRow: _material,
    ReviewGroupRow: _review_group,
    AttributeRow: _attribute,
    ConditionRow: _condition,
    DerivedRuleRow: _condition,
    TemplateRow: _template,
    TemplateStepRow: _template_step,
    LegalBasisRow: _legal_basis,
    HolidayRow: _holiday,
}
