"""What the desk of forms calls states, places, samples and findings."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask_babel import gettext

from concierge.kernel import spoken
from concierge.kernel.errors import N_
from documents.models.template import TemplateFindingRow
from documents.press.fields import FieldKind
from documents.press.kind import DocumentKind, Form
from documents.press.samples import SampleSize
from documents.rules.template_findings import SENTENCES
from documents.rules.template_state import TemplateState

EDITOR_ROLE, PUBLISHER_ROLE = N_("TemplateEditor"), N_("TemplatePublisher")
STATES: Mapping[TemplateState, tuple[str, str]] = {
    TemplateState.WAITING: ("running", N_("Being tried")),
    TemplateState.FAULTY: ("overdue", N_("To be mended")),
    TemplateState.READY: ("review", N_("Awaiting a second person")),
    TemplateState.PUBLISHED: ("done", N_("Published for use")),
    TemplateState.RETIRED: ("ended", N_("Taken back")),
    TemplateState.DROPPED: ("ended", N_("Put aside")),
}
FORMS: Mapping[Form, str] = {
    Form.LETTER: N_("Letter"),
    Form.RED_HEAD: N_("Red-head document"),
    Form.SHEET: N_("Table sheet"),
    Form.WIDE_SHEET: N_("Table sheet, across"),
}
SAMPLES: Mapping[str, str] = {
    SampleSize.LEAST: N_("shortest"),
    SampleSize.USUAL: N_("ordinary"),
    SampleSize.MOST: N_("longest"),
    SampleSize.HOSTILE: N_("hostile"),
}
FIELD_KINDS: Mapping[FieldKind, str] = {
    FieldKind.FLAG: N_("yes or no"),
    FieldKind.TEXT: N_("text"),
    FieldKind.COUNT: N_("small number"),
    FieldKind.NUMBER: N_("number"),
    FieldKind.DAY: N_("day"),
    FieldKind.PICTURE: N_("picture"),
    FieldKind.LIST: N_("list"),
    FieldKind.GROUP: N_("group"),
}
PARTS = {"body": N_("Body"), "header": N_("Header"), "footer": N_("Footer"), "footnotes": N_("Footnotes")}
EDGES = {"top": N_("upper"), "bottom": N_("lower"), "left": N_("left"), "right": N_("right")}


def kind_name(kind: DocumentKind) -> str:
    """What a kind of document is called."""
    return kind.title_zh.replace("\n", "") if spoken.is_chinese() else gettext(kind.name)


def finding_sentence(row: TemplateFindingRow) -> str:
    """A finding in the reader's language; one of an older release by its code."""
    if row.code not in SENTENCES:
        return row.code
    facts = json.loads(row.facts)
    if "edge" in facts:
        facts["edge"] = gettext(EDGES.get(facts["edge"], facts["edge"]))
    if "sample" in facts:
        facts["sample"] = gettext(SAMPLES.get(facts["sample"], facts["sample"]))
    return gettext(SENTENCES[row.code][1], **(facts or {"nothing": ""}))


def finding_place(row: TemplateFindingRow) -> tuple[str, str]:
    """Where a finding stands, and the text that is there; empty for the file as a whole."""
    if not row.place:
        return "", ""
    told = json.loads(row.place)
    part = gettext(PARTS.get(told["part"], told["part"]))
    if told["table"] and told["row"]:
        facts = {"part": part, "table": told["table"], "row": told["row"], "column": told["column"]}
        where = gettext("%(part)s, table %(table)s, row %(row)s, column %(column)s", **facts)
    elif told["table"]:
        where = gettext("%(part)s, table %(table)s", part=part, table=told["table"])
    else:
        where = gettext("%(part)s, paragraph %(number)s", part=part, number=told["paragraph"])
    return where, told["snippet"]
