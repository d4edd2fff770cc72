"""Lists over templates and what makes them: facts, conditions, derived rules, and the matters in order."""

from __future__ import annotations

from flask_babel import lazy_gettext

from approvals.models.template import (
    AttributeRow,
    ConditionRow,
    DerivedRuleRow,
    TemplateRow,
    TemplateStepRow,
)
from approvals.views import code_words as words
from approvals.views.coded_fields import (
    matters,
    show_days,
    show_matter,
    show_template,
    show_text,
    show_word,
    templates,
    words_of,
)
from approvals.views.column_labels import HINTS, LABELS
from approvals.views.draft_view import DraftView, coded
from concierge.kernel.crud import CrudInterface


class AttributeListView(DraftView):
    """项目条件."""

    datamodel = CrudInterface(AttributeRow)
    route_base = "/catalogue/attributes"
    list_title = lazy_gettext("Project facts")
    show_title = lazy_gettext("Project fact")
    add_title = lazy_gettext("New project fact")
    edit_title = lazy_gettext("Edit project fact")
    label_columns = LABELS
    description_columns = {**HINTS, "name": HINTS["code"]}
    list_columns = ["name", "label_zh", "label_en", "kind", "default_value", "unit_zh", "derived_by"]
    order_columns = list_columns
    search_columns = ["name", "label_zh", "label_en", "kind", "note", "derived_by"]
    base_order = ("position", "asc")
    edit_columns = [
        "label_zh",
        "label_en",
        "kind",
        "default_value",
        "values",
        "value_labels",
        "unit",
        "unit_zh",
        "unit_en",
        "derived_by",
        "note",
    ]
    add_columns = ["name", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {"kind": coded(LABELS["kind"], words_of(words.FACT_KINDS))}
    formatters_columns = {"kind": show_word(words.FACT_KINDS), "value_labels": show_text}


class ConditionListView(DraftView):
    """适用条件."""

    datamodel = CrudInterface(ConditionRow)
    route_base = "/catalogue/conditions"
    list_title = lazy_gettext("Conditions")
    show_title = lazy_gettext("Condition")
    add_title = lazy_gettext("New condition")
    edit_title = lazy_gettext("Edit condition")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["matter", "test"]
    order_columns = ["matter"]
    search_columns = ["matter", "test"]
    base_order = ("position", "asc")
    edit_columns = ["matter", "test"]
    add_columns = edit_columns
    show_columns = [*edit_columns, "changed_at"]
    coded = {"matter": coded(LABELS["matter"], matters)}
    formatters_columns = {"matter": show_matter, "test": show_text}


class DerivedRuleListView(DraftView):
    """推定规则."""

    datamodel = CrudInterface(DerivedRuleRow)
    route_base = "/catalogue/derived-rules"
    list_title = lazy_gettext("Derived facts")
    show_title = lazy_gettext("Derived fact")
    add_title = lazy_gettext("New rule for a derived fact")
    edit_title = lazy_gettext("Edit rule for a derived fact")
    label_columns = LABELS
    description_columns = {**HINTS, "name": HINTS["code"]}
    list_columns = ["name", "test"]
    order_columns = ["name"]
    search_columns = ["name", "test", "note"]
    base_order = ("position", "asc")
    edit_columns = ["test", "note"]
    add_columns = ["name", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    formatters_columns = {"test": show_text}


class TemplateListView(DraftView):
    """项目模板."""

    datamodel = CrudInterface(TemplateRow)
    route_base = "/catalogue/templates"
    list_title = lazy_gettext("Project templates")
    show_title = lazy_gettext("Project template")
    add_title = lazy_gettext("New project template")
    edit_title = lazy_gettext("Edit project template")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["code", "name_zh", "name_en", "exchange_type", "cap_workdays", "relax_edges"]
    order_columns = list_columns
    search_columns = ["code", "name_zh", "name_en", "exchange_type", "eligibility"]
    base_order = ("position", "asc")
    edit_columns = [
        "name_zh",
        "name_en",
        "exchange_type",
        "cap_workdays",
        "cap_window",
        "start_on_land",
        "relax_edges",
        "issue_tail_workdays",
        "pre_review_seal",
        "issue_together",
        "merged",
        "eligibility",
        "defaults",
        "review_groups",
    ]
    add_columns = ["code", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    formatters_columns = {"cap_workdays": show_days, "defaults": show_text, "merged": show_text}


class TemplateStepListView(DraftView):
    """模板环节."""

    datamodel = CrudInterface(TemplateStepRow)
    route_base = "/catalogue/template-steps"
    list_title = lazy_gettext("Matters of the templates")
    show_title = lazy_gettext("Matter of a template")
    add_title = lazy_gettext("Add a matter to a template")
    edit_title = lazy_gettext("Edit a matter of a template")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = [
        "template",
        "position",
        "matter",
        "promised_workdays",
        "special_days",
        "prep_workdays",
        "note",
    ]
    order_columns = list_columns
    search_columns = ["template", "matter", "note"]
    base_order = ("position", "asc")
    edit_columns = ["position", "promised_workdays", "special_days", "prep_workdays", "test", "note"]
    add_columns = ["template", "matter", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {
        "template": coded(LABELS["template"], templates),
        "matter": coded(LABELS["matter"], matters),
    }
    formatters_columns = {
        "template": show_template,
        "matter": show_matter,
        "promised_workdays": show_days,
        "special_days": show_days,
        "prep_workdays": show_days,
        "test": show_text,
    }
