"""One form a stage, one for the parallel items, one for all utilities; and each department's own part of it.

Source: PR-1 (one form, one set of materials a stage), AC-6, SF-6; 国办发〔2019〕11号.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from approvals.rules.catalogue import STAGES
from concierge.kernel.errors import N_
from documents.kinds.words import STATE_WORDS
from documents.press.kind import DocumentKind, Facts, Form, Retention
from documents.press.page import Column, Page
from documents.press.words import cndate
from documents.queries.form_answers import answers_of
from documents.queries.form_case import UTILITIES, asked_by_words, form_of, matters_of_stage
from documents.queries.project_case import ProjectCase, project_case, step_case
from documents.queries.step_materials import each_once, held_papers, source_of, state_words
from documents.rules.facts import DocumentFacts, MissingFact, Value
from documents.rules.merged_form import MergedField, MergedForm

FORMS = (
    ("land_planning", "立项用地规划许可", N_("Merged form: project approval and land-use planning")),
    ("construction_planning", "工程建设许可", N_("Merged form: works planning permission")),
    ("construction_permit", "施工许可", N_("Merged form: construction permission")),
    ("acceptance", "竣工验收", N_("Merged form: completion acceptance")),
)


def stage_facts(session: Session, project_id: int, on: date, *, stage: str) -> DocumentFacts:
    """The form of one stage of a project. Shape: seven queries."""
    case = project_case(session, project_id)
    matters = matters_of_stage(case, stage)
    form = form_of(case, matters, answers_of(session, project_id))
    return _facts(session, case, form, on, lead=_lead(case, matters))


def own_part_facts(session: Session, step_id: int, on: date) -> DocumentFacts:
    """What the department of one step gets to see of its stage's form. Shape: nine queries.

    Source: PR-3, AC-6: the same values, and no field of another's guide.
    """
    step = step_case(session, step_id)
    case, matter = step.of, step.matter
    stage = UTILITIES if matter.review_group == UTILITIES else matter.stage
    whole = form_of(case, matters_of_stage(case, stage), answers_of(session, case.project.id))
    own = {code for code in whole.matters if _department(case, code) == step.step.department}
    form = whole.of_matters(own | {step.step.code})
    if step.step.code not in form.matters:
        form = form_of(case, (step.step.code,), answers_of(session, case.project.id))
    return _facts(session, case, form, on, lead=step.step.department)


def _department(case: ProjectCase, code: str) -> str:
    return case.catalogue.matter(code).lead_department


def _lead(case: ProjectCase, matters: Sequence[str]) -> str:
    return _department(case, matters[-1]) if matters else ""


def _facts(session: Session, case: ProjectCase, form: MergedForm, on: date, *, lead: str) -> DocumentFacts:
    held = held_papers(session, case.project.id)
    papers: list[Value] = [
        {
            "no": no,
            "name": paper.material.name_zh,
            "main": "主件" if paper.material.is_main else "副件",
            "source": source_of(case, paper),
            "state": state_words(paper, held),
            "times": len(steps),
        }
        for no, (paper, steps) in enumerate(each_once(case, held, form.matters), 1)
    ]
    values: dict[str, Value] = {
        "project": case.words(),
        "department": case.department(lead),
        "matters": [_matter_row(case, code, no) for no, code in enumerate(form.matters, 1)],
        "sections": _sections(case, form),
        "papers": papers,
        "separate": form.separate_count,
        "fields": len(form.fields),
        "known": form.known_count,
        "officers": case.officers(),
    }
    return DocumentFacts(
        values=values,
        addressee=case.department(lead),
        data_on=on,
        project_id=case.project.id,
        department=lead,
        prefilled=case.prefilled("项目代码", "单位名称", "统一社会信用代码"),
        missing=_missing(case, form),
    )


def _missing(case: ProjectCase, form: MergedForm) -> tuple[MissingFact, ...]:
    page = f"/projects/{case.project.id}/facts"
    return () if form.matters else (MissingFact(name="本阶段需要申请的事项", page=page),)


def _matter_row(case: ProjectCase, code: str, no: int) -> Value:
    step = case.step(code)
    state = STATE_WORDS[step.state] if step else ""
    return {
        "no": no,
        "mark": "—" if step is not None and step.finished_on is not None else "☑",
        "name": case.catalogue.matter(code).name_zh,
        "department": case.department(_department(case, code)),
        "state": state,
    }


def _sections(case: ProjectCase, form: MergedForm) -> list[Value]:
    return [
        {
            "title": title,
            "rows": [
                {
                    "name": one.field.name,
                    "code": one.field.code,
                    "value": _written(one),
                    "origin": one.known.origin if one.known else _offered(one),
                    "asked": asked_by_words(case, form.matters, one.asked_by),
                }
                for one in fields
            ],
        }
        for title, fields in form.sections().items()
    ]


def _written(one: MergedField) -> str:
    """A value as the form prints it: a day in words."""
    is_kept_day = one.field.control == "date" and one.value[4:5] == "-"
    return cndate(one.value) if is_kept_day else one.value


def _offered(one: MergedField) -> str:
    """What there is to choose from, where nothing is known yet."""
    return f"请选择：{'、'.join(one.field.choices)}" if one.field.choices else ""


def _compose(title: str, *, of: str) -> object:
    def compose(page: Page) -> None:
        """One form: what is applied for, every field once, every material once, one signature."""
        page.letterhead(of)
        page.title(title)
        page.number()
        page.small(
            "本表合并了下列事项各自申请表的全部内容，相同内容只填写一次：分别填写共{{ separate }}项，"
            "合并后{{ fields }}项，其中{{ known }}项已由系统预填。请核对预填内容，补填空白内容。"
        )
        page.caption("申请办理的事项")
        page.table(
            (
                Column("申请", 12, "{{ row.mark }}", align="center"),
                Column("事项", 74, "{{ row.name }}"),
                Column("办理部门", 48, "{{ row.department }}"),
                Column("状态", 22, "{{ row.state }}", align="center"),
            ),
            "matters",
        )
        with page.each("section", "sections"):
            page.caption("{{ section.title }}")
            page.table(
                (
                    Column("填报项目", 36, "{{ row.name }}"),
                    Column(
                        "填报内容", 56, "{{ row.value }}", control="{{ row.code }}", alias="{{ row.name }}"
                    ),
                    Column("预填来源", 32, "{{ row.origin }}"),
                    Column("使用部门", 36, "{{ row.asked }}"),
                ),
                "section.rows",
            )
        _set_of_papers(page)
        with page.when("officers.a"):
            page.small("帮办代办人员：{{ officers.a }}、{{ officers.b }}，联系电话：{{ office.phone }}。")
        page.text("本单位承诺：以上填报内容和所附材料真实、合法、有效，并对其真实性负责。")
        page.basis()
        page.prefilled()
        page.sign("{{ project.owner }}", "年　　月　　日")

    return compose


def _set_of_papers(page: Page) -> None:
    page.caption("一套材料（每份材料只收一次）")
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("材料名称", 60, "{{ row.name }}"),
            Column("类别", 14, "{{ row.main }}", align="center"),
            Column("来源", 36, "{{ row.source }}"),
            Column("共用", 12, "{{ row.times }}", align="center"),
            Column("状态", 22, "{{ row.state }}"),
        ),
        "papers",
    )


def _of_stage(stage: str) -> Facts:
    def facts(session: Session, project_id: int, on: date) -> DocumentFacts:
        return stage_facts(session, project_id, on, stage=stage)

    return facts


def _form(code: str, title: str, name: str, series: str, **told: object) -> DocumentKind:
    usual: dict[str, object] = {
        "about": "project",
        "form": Form.SHEET,
        "retention": Retention.THIRTY_YEARS,
        "basis": ("construction-reform",),
    }
    return DocumentKind(code=code, title_zh=title, name=name, series=series, **{**usual, **told})  # type: ignore[arg-type]


STAGE_OF: Mapping[str, str] = {
    **{f"stage-form-{stage.replace('_', '-')}": stage for stage, _words, _name in FORMS},
    "parallel-form": STAGES[3],
    "utility-form": UTILITIES,
}
"""The merged forms of a project by the code of their document, with the stage each is for."""

_TITLE = "工程建设项目审批统一申请表"
KINDS = (
    *(
        _form(
            f"stage-form-{stage.replace('_', '-')}",
            f"{_TITLE}（{words}阶段）",
            name,
            "申",
            facts=_of_stage(stage),
            compose=_compose(f"{_TITLE}\n（{words}阶段）", of="office.name"),
        )
        for stage, words, name in FORMS
    ),
    _form(
        "parallel-form",
        "并行推进事项申请表",
        N_("Merged form: parallel items"),
        "申",
        facts=_of_stage(STAGES[3]),
        compose=_compose("并行推进事项申请表", of="office.name"),
    ),
    _form(
        "utility-form",
        "市政公用服务联合报装申请表",
        N_("Joint application for water, power, gas, heat and networks"),
        "装",
        facts=_of_stage(UTILITIES),
        compose=_compose("市政公用服务联合报装申请表\n（水电气暖网）", of="office.name"),
    ),
    _form(
        "own-part-form",
        "统一申请表（部门分表）",
        N_("One department's part of the merged form"),
        "申",
        about="step",
        facts=own_part_facts,
        compose=_compose("工程建设项目审批统一申请表\n（{{ department }}分表）", of="office.name"),
        goes_along=True,
    ),
)
