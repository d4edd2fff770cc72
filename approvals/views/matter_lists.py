"""Lists over matters: what they wait for and ask for, the laws they rest on, and who acts on them."""

from __future__ import annotations

from flask_babel import lazy_gettext

from approvals.models.catalogue import (
    DepartmentRow,
    LegalBasisRow,
    MaterialRow,
    MatterRow,
    PrecedenceRow,
    ReviewGroupRow,
)
from approvals.views import code_words as words
from approvals.views.coded_fields import (
    departments,
    matters,
    review_groups,
    show_days,
    show_department,
    show_matter,
    show_review_group,
    show_word,
    words_of,
)
from approvals.views.column_labels import HINTS, LABELS
from approvals.views.draft_view import DraftView, coded
from concierge.kernel.crud import CrudInterface

DEPARTMENT = "Department"


class MatterListView(DraftView):
    """审批事项."""

    datamodel = CrudInterface(MatterRow)
    route_base = "/catalogue/matters"
    list_title = lazy_gettext("Approval matters")
    show_title = lazy_gettext("Approval matter")
    add_title = lazy_gettext("New approval matter")
    edit_title = lazy_gettext("Edit approval matter")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = [
        "code",
        "name_zh",
        "name_en",
        "stage",
        "lead_department",
        "examined_first_by",
        "kind",
        "promised_workdays",
        "statutory_days",
    ]
    order_columns = list_columns
    search_columns = [
        "code",
        "name_zh",
        "name_en",
        "stage",
        "lead_department",
        "kind",
        "review_group",
        "verification",
        "legal_basis",
        "notes",
    ]
    base_order = ("position", "asc")
    edit_columns = [
        "name_zh",
        "name_en",
        "stage",
        "lead_department",
        "kind",
        "promised_workdays",
        "statutory_days",
        "statutory_basis",
        "unspecified_as",
        "special_days",
        "special_basis",
        "special_note",
        "prep_workdays",
        "allows_deferral",
        "review_group",
        "result_document",
        "result_validity",
        "legal_basis",
        "verification",
        "notes",
    ]
    add_columns = ["code", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {
        "stage": coded(LABELS["stage"], words_of(words.STAGES)),
        "lead_department": coded(LABELS["lead_department"], departments),
        "examined_first_by": coded(LABELS["examined_first_by"], departments, optional=True),
        "kind": coded(LABELS["kind"], words_of(words.MATTER_KINDS)),
        "statutory_basis": coded(LABELS["statutory_basis"], words_of(words.BASES), optional=True),
        "unspecified_as": coded(LABELS["unspecified_as"], words_of(words.UNSPECIFIED_AS), optional=True),
        "special_basis": coded(LABELS["special_basis"], words_of(words.BASES), optional=True),
        "review_group": coded(LABELS["review_group"], review_groups, optional=True),
        "verification": coded(LABELS["verification"], words_of(words.VERIFICATIONS), optional=True),
    }
    formatters_columns = {
        "stage": show_word(words.STAGES),
        "lead_department": show_department,
        "examined_first_by": show_department,
        "kind": show_word(words.MATTER_KINDS),
        "statutory_days": show_days,
        "statutory_basis": show_word(words.BASES),
        "unspecified_as": show_word(words.UNSPECIFIED_AS),
        "special_basis": show_word(words.BASES),
        "review_group": show_review_group,
        "verification": show_word(words.VERIFICATIONS),
    }


class PrecedenceListView(DraftView):
    """前置关系."""

    datamodel = CrudInterface(PrecedenceRow)
    route_base = "/catalogue/precedences"
    list_title = lazy_gettext("Precedences")
    show_title = lazy_gettext("Precedence")
    add_title = lazy_gettext("New precedence")
    edit_title = lazy_gettext("Edit precedence")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["predecessor", "successor", "kind", "gate", "relaxable", "result_document"]
    order_columns = list_columns
    search_columns = [
        "predecessor",
        "successor",
        "kind",
        "gate",
        "relaxable",
        "result_document",
        "source_why",
    ]
    base_order = ("position", "asc")
    edit_columns = ["predecessor", "successor", "kind", "gate", "relaxable", "result_document", "source_why"]
    add_columns = edit_columns
    show_columns = [*edit_columns, "changed_at"]
    coded = {
        "predecessor": coded(LABELS["predecessor"], matters),
        "successor": coded(LABELS["successor"], matters),
        "kind": coded(LABELS["kind"], words_of(words.EDGE_KINDS)),
        "gate": coded(LABELS["gate"], words_of(words.GATES), description=HINTS["gate"]),
    }
    formatters_columns = {
        "predecessor": show_matter,
        "successor": show_matter,
        "kind": show_word(words.EDGE_KINDS),
        "gate": show_word(words.GATES),
    }


class MaterialListView(DraftView):
    """申请材料."""

    datamodel = CrudInterface(MaterialRow)
    route_base = "/catalogue/materials"
    list_title = lazy_gettext("Materials")
    show_title = lazy_gettext("Material")
    add_title = lazy_gettext("New material")
    edit_title = lazy_gettext("Edit material")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["matter", "code", "name_zh", "name_en", "is_main", "deferrable", "origin", "form_type"]
    order_columns = list_columns
    search_columns = [
        "matter",
        "code",
        "name_zh",
        "name_en",
        "is_main",
        "deferrable",
        "origin",
        "origin_ref",
        "form_type",
        "notes",
    ]
    base_order = ("position", "asc")
    edit_columns = [
        "matter",
        "name_zh",
        "name_en",
        "is_main",
        "deferrable",
        "make_good_workdays",
        "origin",
        "origin_ref",
        "paper_copies",
        "form_type",
        "alternative_group",
        "notes",
    ]
    add_columns = ["code", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {
        "matter": coded(LABELS["matter"], matters),
        "origin": coded(LABELS["origin"], words_of(words.ORIGINS)),
        "form_type": coded(LABELS["form_type"], words_of(words.FORM_TYPES)),
    }
    formatters_columns = {
        "matter": show_matter,
        "origin": show_word(words.ORIGINS),
        "form_type": show_word(words.FORM_TYPES),
    }


class ReviewGroupListView(DraftView):
    """联审组."""

    datamodel = CrudInterface(ReviewGroupRow)
    route_base = "/catalogue/review-groups"
    list_title = lazy_gettext("Joint review groups")
    show_title = lazy_gettext("Joint review group")
    add_title = lazy_gettext("New joint review group")
    edit_title = lazy_gettext("Edit joint review group")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["code", "name_zh", "name_en", "lead", "mode", "opinion_workdays", "silence"]
    order_columns = list_columns
    search_columns = ["code", "name_zh", "name_en", "lead", "members", "mode", "silence"]
    base_order = ("position", "asc")
    edit_columns = [
        "name_zh",
        "name_en",
        "lead",
        "members",
        "mode",
        "notice_workdays",
        "opinion_workdays",
        "silence",
    ]
    add_columns = ["code", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {
        "lead": coded(LABELS["lead"], departments),
        "mode": coded(LABELS["mode"], words_of(words.REVIEW_MODES)),
        "silence": coded(LABELS["silence"], words_of(words.SILENCES)),
    }
    formatters_columns = {
        "lead": show_department,
        "mode": show_word(words.REVIEW_MODES),
        "silence": show_word(words.SILENCES),
    }


class LegalBasisListView(DraftView):
    """法律依据."""

    datamodel = CrudInterface(LegalBasisRow)
    route_base = "/catalogue/legal-bases"
    list_title = lazy_gettext("Legal bases")
    show_title = lazy_gettext("Legal basis")
    add_title = lazy_gettext("New legal basis")
    edit_title = lazy_gettext("Edit legal basis")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["matter", "citation", "valid_from", "valid_to"]
    order_columns = list_columns
    search_columns = ["matter", "citation", "valid_from", "valid_to", "source"]
    base_order = ("position", "asc")
    edit_columns = ["matter", "citation", "valid_from", "valid_to", "source"]
    add_columns = edit_columns
    show_columns = [*edit_columns, "changed_at"]
    coded = {"matter": coded(LABELS["matter"], matters)}
    formatters_columns = {"matter": show_matter}


class DepartmentListView(DraftView):
    """部门."""

    class_permission_name = DEPARTMENT
    datamodel = CrudInterface(DepartmentRow)
    route_base = "/departments"
    list_title = lazy_gettext("Departments")
    show_title = lazy_gettext("Department")
    add_title = lazy_gettext("New department")
    edit_title = lazy_gettext("Edit department")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["code", "name_zh", "name_en", "typical_county_bureau", "level"]
    order_columns = list_columns
    search_columns = ["code", "name_zh", "name_en", "typical_county_bureau", "level", "role"]
    base_order = ("position", "asc")
    edit_columns = ["name_zh", "name_en", "typical_county_bureau", "level", "role"]
    add_columns = ["code", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {"level": coded(LABELS["level"], words_of(words.LEVELS))}
    formatters_columns = {"level": show_word(words.LEVELS)}
