"""The sheets of the catalogue: which columns each file has, and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from approvals.rules.catalogue import STAGES
from approvals.rules.catalogue_files.sheets import CellFault, Column, SheetForm
from concierge.kernel.errors import N_

BASES = ("working", "calendar", "unspecified")
MATTER_KINDS = (
    "permit",
    "filing",
    "registration",
    "contract",
    "assessment",
    "technical_review",
    "hearing_or_site_visit",
    "public_service",
)
ORIGINS = ("applicant", "intermediary", "produced", "shared", "system")
FORM_TYPES = ("certificate", "commitment", "contract", "drawing", "form", "proof", "report")
MOST_DAYS = 3660

NOT_A_CODE = N_("“%(value)s” is not a code: letters, digits, hyphens and underscores, 64 at most.")
NOT_A_NUMBER_OF_DAYS = N_("“%(value)s” is not a whole number from 0 to %(limit)s.")
NOT_A_DATE = N_("“%(value)s” is not a date like 2026-04-15.")
NOT_YES_OR_NO = N_("“%(value)s” is neither yes nor no.")
NOT_AMONG = N_("“%(value)s” is not one of: %(choices)s.")

_LONGEST_CODE = 64


def code(text: str) -> str:
    """A stable code: ASCII letters, digits, hyphens and underscores."""
    value = text.strip()
    sound = value.isascii() and value.replace("-", "").replace("_", "").isalnum()
    if value and (not sound or len(value) > _LONGEST_CODE):
        raise CellFault(NOT_A_CODE, value=value)
    return value


def number(text: str) -> int:
    """A whole number of days or copies; an empty cell is 0."""
    value = text.strip()
    if not value:
        return 0
    if not (value.isascii() and value.isdigit() and int(value[:9]) <= MOST_DAYS and len(value) <= 9):
        raise CellFault(NOT_A_NUMBER_OF_DAYS, value=value, limit=MOST_DAYS)
    return int(value)


def number_if_any(text: str) -> int | None:
    """A whole number, or None for an empty cell: no limit is another thing than a limit of 0."""
    return number(text) if text.strip() else None


def day(text: str) -> date:
    """A civil day, written 2026-04-15 or 2026/4/15."""
    value = text.strip()
    try:
        year, month, of_month = value.replace("/", "-").split("-")
        return date(int(year), int(month), int(of_month))
    except ValueError:
        raise CellFault(NOT_A_DATE, value=value) from None


def day_if_any(text: str) -> date | None:
    """A civil day, or None for an empty cell."""
    return day(text) if text.strip() else None


def yes_or_no(text: str) -> bool:
    """yes or no, in either language."""
    value = text.strip().lower()
    if value in ("yes", "true", "是"):
        return True
    if value in ("no", "false", "否"):
        return False
    raise CellFault(NOT_YES_OR_NO, value=value)


def one_of(choices: Collection[str], *, or_empty: bool = False) -> Callable[[str], str]:
    """A reader that allows these words only."""

    def read(text: str) -> str:
        value = text.strip()
        if value in choices or (or_empty and not value):
            return value
        raise CellFault(NOT_AMONG, value=value, choices=", ".join(choices))

    return read


def _main_or_secondary(text: str) -> bool:
    return one_of(("main", "secondary"))(text) == "main"


def _as_yes_or_no(value: object) -> str:
    return "yes" if value else "no"


def _if_any(value: object) -> str:
    return "" if value is None else str(value)


def _text(heading: str, field: str = "", *, required: bool = False) -> Column:
    return Column(heading=heading, field=field or heading, required=required)


def _code(heading: str, field: str = "", *, required: bool = True) -> Column:
    return Column(heading=heading, field=field or heading, read=code, required=required)


def _days(heading: str, field: str) -> Column:
    return Column(heading=heading, field=field, read=number)


def _choice(heading: str, choices: Collection[str], *, or_empty: bool = False) -> Column:
    return Column(heading=heading, field=heading, read=one_of(choices, or_empty=or_empty))


def _yes(heading: str, field: str = "") -> Column:
    return Column(heading=heading, field=field or heading, read=yes_or_no, write=_as_yes_or_no)


DEPARTMENTS: Final = SheetForm(
    "departments.csv",
    (
        _code("code"),
        _text("name_zh", required=True),
        _text("name_en", required=True),
        _text("typical_county_bureau"),
        _text("level"),
        _text("role"),
    ),
    ("code",),
)

MATTERS: Final = SheetForm(
    "steps.csv",
    (
        _code("code"),
        _text("name_zh", required=True),
        _text("name_en", required=True),
        _choice("stage", STAGES),
        _code("lead_department"),
        _choice("kind", MATTER_KINDS),
        Column(heading="statutory_working_days", field="statutory_days", read=number_if_any, write=_if_any),
        Column(heading="statutory_day_basis", field="statutory_basis", read=one_of(BASES, or_empty=True)),
        _days("typical_promised_working_days", "promised_workdays"),
        _days("special_procedure_days", "special_days"),
        Column(heading="special_day_basis", field="special_basis", read=one_of(BASES, or_empty=True)),
        _text("special_procedure_note", "special_note"),
        _days("applicant_prep_working_days", "prep_workdays"),
        _yes("allows_deferral"),
        _code("joint_review_group", "review_group", required=False),
        _text("result_document_zh", "result_document"),
        _text("result_validity"),
        _text("legal_basis"),
        _text("verification"),
        _text("notes"),
        Column(
            heading="unspecified_as",
            field="unspecified_as",
            read=one_of(("working", "calendar"), or_empty=True),
            optional=True,
        ),
        Column(heading="examined_first_by", field="examined_first_by", optional=True),
    ),
    ("code",),
)

PRECEDENCES: Final = SheetForm(
    "dependencies.csv",
    (
        _code("predecessor"),
        _code("successor"),
        _choice("kind", ("hard", "soft", "info")),
        _choice("gate", ("accept", "issue")),
        _yes("relaxable"),
        _text("result_document"),
        _text("source_why"),
    ),
    ("predecessor", "successor"),
)

MATERIALS: Final = SheetForm(
    "materials.csv",
    (
        _code("step_code", "matter"),
        _code("material_code", "code"),
        _text("name_zh", required=True),
        _text("name_en", required=True),
        Column(
            heading="main_or_secondary",
            field="is_main",
            read=_main_or_secondary,
            write=lambda is_main: "main" if is_main else "secondary",
        ),
        Column(
            heading="main_or_secondary_zh",
            field="is_main_zh",
            read=one_of(("主件", "副件"), or_empty=True),
        ),
        _yes("deferrable"),
        _days("max_days_to_make_good", "make_good_workdays"),
        _choice("origin", ORIGINS),
        _text("origin_ref"),
        _days("paper_copies", "paper_copies"),
        _choice("form_type", FORM_TYPES),
        _code("alternative_group", required=False),
        _text("notes"),
    ),
    ("matter", "code"),
)

HOLIDAYS: Final = SheetForm(
    "holidays.csv",
    (
        Column(heading="date", field="on", read=day, required=True),
        Column(heading="weekday", optional=True),
        _choice("kind", ("holiday", "makeup_workday")),
        _text("detail"),
        _text("holiday_zh", "name_zh", required=True),
        _text("holiday_en", "name_en", required=True),
        _yes("is_workday"),
        _text("source", required=True),
        _text("status", required=True),
        Column(heading="checked_against", optional=True),
    ),
    ("on",),
)

LEGAL_BASES: Final = SheetForm(
    "legal_bases.csv",
    (
        _code("matter"),
        _text("citation", required=True),
        Column(heading="valid_from", field="valid_from", read=day_if_any, write=_if_any),
        Column(heading="valid_to", field="valid_to", read=day_if_any, write=_if_any),
        _text("source"),
    ),
    ("matter", "citation", "valid_from"),
)

ATTRIBUTE_NAMES: Final = SheetForm(
    "attribute_names.csv",
    (
        _code("attribute"),
        _code("value", required=False),
        _text("name_zh", required=True),
        _text("name_en", required=True),
        _text("unit_zh"),
    ),
    ("attribute", "value"),
)

SHEETS: Final[Mapping[str, SheetForm]] = {
    form.file: form
    for form in (DEPARTMENTS, MATTERS, PRECEDENCES, MATERIALS, HOLIDAYS, LEGAL_BASES, ATTRIBUTE_NAMES)
}
TEMPLATES_FILE: Final = "templates.yaml"
FILES: Final = (*SHEETS, TEMPLATES_FILE)
