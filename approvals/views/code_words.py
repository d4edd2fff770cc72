"""The words people read for the codes the catalogue stores. Shape: code → lazily translated word."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

from approvals.rules.catalogue_files.forms import (
    ATTRIBUTE_NAMES,
    DEPARTMENTS,
    HOLIDAYS,
    LEGAL_BASES,
    MATERIALS,
    MATTERS,
    PRECEDENCES,
    TEMPLATES_FILE,
)

Words = Mapping[str, str]

STAGES: Words = {
    "land_planning": lazy_gettext("Project approval and land-use planning"),
    "construction_planning": lazy_gettext("Works planning permission"),
    "construction_permit": lazy_gettext("Construction permission"),
    "utilities_parallel": lazy_gettext("Parallel items"),
    "acceptance": lazy_gettext("Completion acceptance"),
}
MATTER_KINDS: Words = {
    "permit": lazy_gettext("Administrative permit"),
    "filing": lazy_gettext("Filing"),
    "registration": lazy_gettext("Registration"),
    "contract": lazy_gettext("Contract"),
    "assessment": lazy_gettext("Assessment"),
    "technical_review": lazy_gettext("Technical review"),
    "hearing_or_site_visit": lazy_gettext("Hearing or site visit"),
    "public_service": lazy_gettext("Public service"),
}
BASES: Words = {
    "working": lazy_gettext("Working days"),
    "calendar": lazy_gettext("Calendar days"),
    "unspecified": lazy_gettext("Days, unit not stated"),
}
UNSPECIFIED_AS: Words = {"working": lazy_gettext("Working days"), "calendar": lazy_gettext("Calendar days")}
EDGE_KINDS: Words = {
    "hard": lazy_gettext("Required by law"),
    "soft": lazy_gettext("Usual order"),
    "info": lazy_gettext("Notice only, no time"),
}
GATES: Words = {
    "accept": lazy_gettext("Before acceptance"),
    "issue": lazy_gettext("Before the decision"),
}
ORIGINS: Words = {
    "applicant": lazy_gettext("From the enterprise"),
    "intermediary": lazy_gettext("From a firm it hires"),
    "produced": lazy_gettext("Result of another matter"),
    "shared": lazy_gettext("Shared by a department"),
    "system": lazy_gettext("Made by this system"),
}
FORM_TYPES: Words = {
    "certificate": lazy_gettext("Certificate"),
    "commitment": lazy_gettext("Commitment"),
    "contract": lazy_gettext("Contract"),
    "drawing": lazy_gettext("Drawing"),
    "form": lazy_gettext("Form"),
    "proof": lazy_gettext("Proof"),
    "report": lazy_gettext("Report"),
}
VERIFICATIONS: Words = {
    "text": lazy_gettext("Law was read"),
    "secondary": lazy_gettext("Quoted by a secondary source"),
    "recall": lazy_gettext("Not read again"),
    "typical": lazy_gettext("Practice, no limit cited"),
    "seed": lazy_gettext("From the seed texts"),
    "text+secondary": lazy_gettext("Law was read; secondary source beside it"),
    "text+recall": lazy_gettext("Law was read; in part not again"),
}
LEVELS: Words = {
    "county": lazy_gettext("County"),
    "county-branch": lazy_gettext("County branch of a higher level"),
    "zone": lazy_gettext("Development zone"),
    "city": lazy_gettext("City"),
    "province": lazy_gettext("Province"),
    "township": lazy_gettext("Township"),
    "village": lazy_gettext("Village"),
    "utility": lazy_gettext("Utility company"),
    "market": lazy_gettext("Market"),
    "enterprise": lazy_gettext("Enterprise"),
}
REVIEW_MODES: Words = {
    "parallel": lazy_gettext("In parallel"),
    "site_visit": lazy_gettext("Site visit"),
    "one_form": lazy_gettext("One form"),
    "expert_meeting": lazy_gettext("Expert meeting"),
    "meeting_or_online": lazy_gettext("Meeting or online"),
    "result_reuse": lazy_gettext("Results reused"),
    "on_site": lazy_gettext("On site"),
    "online": lazy_gettext("Online"),
}
SILENCES: Words = {
    "none": lazy_gettext("Nothing follows"),
    "deemed_agree": lazy_gettext("Counts as agreement"),
}
FACT_KINDS: Words = {
    "enum": lazy_gettext("One of a list"),
    "bool": lazy_gettext("Yes or no"),
    "number": lazy_gettext("A number"),
    "list": lazy_gettext("Some of a list"),
}
HOLIDAY_KINDS: Words = {
    "holiday": lazy_gettext("Day off"),
    "makeup_workday": lazy_gettext("Make-up workday"),
}
YEAR_STATUSES: Words = {
    "official": lazy_gettext("Official"),
    "provisional_law_only": lazy_gettext("Provisional, by the law alone"),
}
FILE_NAMES: Words = {
    DEPARTMENTS.file: lazy_gettext("Departments"),
    MATTERS.file: lazy_gettext("Approval matters"),
    PRECEDENCES.file: lazy_gettext("Precedences"),
    MATERIALS.file: lazy_gettext("Materials"),
    HOLIDAYS.file: lazy_gettext("Holidays"),
    LEGAL_BASES.file: lazy_gettext("Legal bases"),
    ATTRIBUTE_NAMES.file: lazy_gettext("Names of project facts"),
    TEMPLATES_FILE: lazy_gettext("Templates, conditions and review groups"),
}
CHANGES: Words = {
    "added": lazy_gettext("Added"),
    "changed": lazy_gettext("Changed"),
    "removed": lazy_gettext("Removed"),
}
SEVERITIES: Words = {
    "error": lazy_gettext("Error"),
    "warning": lazy_gettext("Warning"),
    "notice": lazy_gettext("Notice"),
}


def word(words: Words, code: str) -> str:
    """The word for a code; the code itself where there is none, so that nothing is hidden."""
    return str(words[code]) if code in words else code


def yes_or_no(value: object) -> str:
    """A yes or a no."""
    return gettext("Yes") if value else gettext("No")
