"""Papers that come later: the enterprise's commitment, the consent, the reminder, and word of the default.

Source: DF-1 to DF-10; S09 art. 24; S11.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.rules.commitment import COPIES
from approvals.rules.deferral_course import DeferralState
from concierge.kernel.errors import N_
from documents.kinds.words import GROUND_WORDS, LEVEL_WORDS
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Field, Page
from documents.queries.deferral_case import DeferralCase, deferral_case
from documents.rules.facts import DocumentFacts, MissingFact, Value

OVERDUE = frozenset(
    {
        DeferralState.OVERDUE,
        DeferralState.DEFAULTED,
        DeferralState.CREDIT_RECORDED,
        DeferralState.REPAIRED,
    }
)
TO_COME = frozenset({DeferralState.GRANTED, DeferralState.OVERDUE})


def _facts(case: DeferralCase, on: date, missing: tuple[MissingFact, ...], **values: Value) -> DocumentFacts:
    project = case.of.of
    return DocumentFacts(
        values={
            "project": project.words(),
            "step": case.of.words(on),
            "deferral": case.words(),
            **values,
        },
        addressee=project.project.enterprise.name,
        data_on=on,
        project_id=project.project.id,
        department=case.of.step.department,
        prefilled=project.prefilled("项目代码", "单位名称", "统一社会信用代码"),
        missing=missing,
    )


def commitment_facts(session: Session, deferral_id: int, on: date) -> DocumentFacts:
    """What the enterprise promises. Shape: seven queries."""
    case = deferral_case(session, deferral_id)
    missing = case.lacks(case.row.form.strip(), "补交材料的形式")
    return _facts(case, on, missing, copies=COPIES, has_signature=bool(case.row.signed_by))


def compose_commitment(page: Page) -> None:
    """The commitment letter: who, which project and matter, which paper in which form by when, what follows.

    Source: DF-3: all of these, in two copies.
    """
    page.title("容缺受理承诺书")
    page.number()
    page.fields(
        (
            Field("申请人", "{{ project.owner }}"),
            (
                Field("统一社会信用代码", "{{ project.uscc }}"),
                Field("登记编号", "{{ deferral.number }}"),
            ),
            Field("项目名称", "{{ project.name }}"),
            (Field("项目代码", "{{ project.code }}"), Field("承诺补齐日期", "{{ deferral.due_on|cndate }}")),
            (Field("办理事项", "{{ step.name }}"), Field("办理部门", "{{ step.department }}")),
            (Field("容缺材料", "{{ deferral.material }}"), Field("材料形式", "{{ deferral.form }}")),
        )
    )
    page.text(
        "本单位就上列事项提出申请，主要申请材料已经齐全并符合法定形式，自愿选择容缺受理方式，并承诺如下："
    )
    page.text("一、已经提交的材料和填报的内容真实、完整、合法。")
    page.text("二、在{{ deferral.due_on|cndate }}前按上列形式补交“{{ deferral.material }}”。")
    with page.when("deferral.producer"):
        page.text(
            "该材料为“{{ deferral.producer }}”的办理结果，该事项办结后由系统直接调用，本单位不再另行提交。"
        )
    with page.when("deferral.before_issue"):
        page.text("三、知悉审查不因容缺而停止，决定文书在该材料补齐后方予发放。")
    with page.when("not deferral.before_issue and not deferral.may_issue_first"):
        page.text("三、知悉审查不因容缺而停止，该材料补齐并核验合格后方予发放决定文书。")
    with page.when("deferral.may_issue_first"):
        page.text("三、知悉本材料属于可先行发放决定文书、后补交的材料，仍须按期补齐。")
    page.text(
        "四、知悉逾期不补或者补交的材料不符合要求的，申请将按撤回或者不予批准处理；"
        "已经发放的决定文书限期整改，"
        "逾期不改的依法撤销；失信事实将记入信用记录，修复前不再适用容缺受理；由此产生的损失由本单位承担。"
    )
    page.text("五、本承诺为本单位真实意思表示。电子签名与手写签名或者盖章具有同等法律效力。")
    page.fields(
        (
            (
                Field("签署人", "{{ deferral.signed_by }}", control="signed_by"),
                Field(
                    "签署日期",
                    "{% if deferral.signed_on %}{{ deferral.signed_on|cndate }}{% endif %}",
                    control="signed_on",
                    control_kind=ControlKind.DATE,
                ),
            ),
            (
                Field("代理人", "{{ deferral.agent }}", control="agent"),
                Field("申请人（盖章）", lines=3),
            ),
        )
    )
    page.small("本承诺书一式{{ copies|cnnum }}份，一份交申请人，一份归入案卷。")
    page.basis()
    page.prefilled()


def consent_facts(session: Session, deferral_id: int, on: date) -> DocumentFacts:
    """The consent to a paper that comes later. Shape: seven queries."""
    case = deferral_case(session, deferral_id)
    row = case.row
    return _facts(
        case,
        on,
        case.lacks(row.granted_on, "同意容缺受理的记录"),
        level=LEVEL_WORDS[row.level] if row.level else "",
        ground=GROUND_WORDS[row.extension_ground] if row.extension_ground else "",
    )


def compose_consent(page: Page) -> None:
    """The consent: which paper, until when, who gave it, and that the review goes on. Source: DF-4, DF-7."""
    page.letterhead("step.department")
    page.number()
    page.title("容缺受理通知书")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）申请“{{ step.name }}”，"
        "主要材料齐全且符合法定形式。根据你单位的书面承诺（登记编号{{ deferral.number }}），"
        "{{ deferral.granted_on|cndate }}经{{ level }}{{ deferral.granted_by }}同意，予以容缺受理。"
    )
    page.text("一、容缺材料：{{ deferral.material }}（{{ deferral.form }}）。")
    page.text("二、补齐期限：{{ deferral.due_on|cndate }}前。")
    with page.when("deferral.extended_on"):
        page.text(
            "补齐期限原为{{ deferral.first_due_on|cndate }}，"
            "因{{ ground }}于{{ deferral.extended_on|cndate }}延长一次，"
            "不再延长。"
        )
    with page.when("deferral.producer"):
        page.text("三、该材料为“{{ deferral.producer }}”的办理结果，该事项办结后由系统直接调用。")
    page.text("容缺期间审查照常进行，办理期限不停止计算。")
    with page.when("not deferral.may_issue_first"):
        page.text("该材料补齐并核验合格后，发放决定文书。")
    page.text("逾期不补或者补交的材料不符合要求的，按承诺书所列后果处理。")
    page.basis()
    page.prefilled()
    page.sign("{{ step.department }}")


def reminder_facts(session: Session, deferral_id: int, on: date) -> DocumentFacts:
    """A paper that is to come, and how long there is. Shape: seven queries."""
    case = deferral_case(session, deferral_id)
    left = case.calendar.workdays_between(on, case.due_on) if on <= case.due_on else 0
    missing = case.lacks(case.row.state in TO_COME and on <= case.due_on, "尚未到期、待补交的容缺材料")
    return _facts(case, on, missing, left=left)


def compose_reminder(page: Page) -> None:
    """The reminder before the day. Source: DF-8."""
    page.letterhead()
    page.number()
    page.title("容缺材料补交提醒函")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）的“{{ step.name }}”"
        "于{{ deferral.granted_on|cndate }}容缺受理，承诺补交的“{{ deferral.material }}”"
        "（{{ deferral.form }}）"
        "将于{{ deferral.due_on|cndate }}到期，距到期还有{{ left }}个工作日。"
    )
    with page.when("deferral.producer"):
        page.text(
            "该材料为“{{ deferral.producer }}”的办理结果，办结后由系统直接调用；我们正在催办，"
            "你单位无须另行提交。"
        )
    with page.when("not deferral.producer"):
        page.text("请在到期前补交。可以到窗口提交、网上上传，也可以联系帮办代办人员上门收取。")
    page.text(
        "因不可抗力或者行政机关原因确实不能按期补交的，请在到期前提出延期申请并附证明；期限只能延长一次，"
        "且不超过原期限。"
    )
    page.text("联系电话：{{ office.phone }}。")
    page.basis()
    page.prefilled()
    page.sign()


def overdue_facts(session: Session, deferral_id: int, on: date) -> DocumentFacts:
    """A paper that did not come in time, and what follows. Shape: seven queries."""
    case = deferral_case(session, deferral_id)
    late = case.row.state in OVERDUE or (case.row.state in TO_COME and on > case.due_on)
    days = case.calendar.workdays_between(case.due_on, on) if on > case.due_on else 0
    return _facts(
        case,
        on,
        case.lacks(late, "逾期的容缺材料"),
        late=days,
        is_default=case.row.state not in TO_COME,
        put_right_by_on=case.row.put_right_by_on,
        last_on=case.calendar.add_workdays(case.due_on, 1),
    )


def compose_overdue(page: Page) -> None:
    """The overdue notice: one working day to cure, then the default. Source: DF-10, DF-11."""
    page.letterhead("step.department")
    page.number()
    page.title("容缺材料逾期告知书")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）的“{{ step.name }}”"
        "于{{ deferral.granted_on|cndate }}容缺受理，承诺在{{ deferral.due_on|cndate }}前补交"
        "“{{ deferral.material }}”（{{ deferral.form }}）。截至{{ data_on|cndate }}，"
        "该材料逾期{{ late }}个工作日。"
    )
    with page.when("not is_default"):
        page.text(
            "请在{{ last_on|cndate }}前补交。该日之后仍未补交或者补交的材料不符合要求的，将认定为未履行承诺。"
        )
    with page.when("is_default"):
        page.text("该材料至今未按承诺补齐，已认定为未履行承诺。")
    with page.when("put_right_by_on"):
        page.text("已经发放的决定文书，请在{{ put_right_by_on|cndate }}前整改；逾期不改的，依法撤销。")
    page.text(
        "未履行承诺的，申请按撤回或者不予批准处理；失信事实将记入信用记录，"
        "信用修复前不再适用容缺受理和告知承诺，"
        "由此产生的损失由你单位承担。对记录有异议的，可以提出，我们将在三个工作日内答复。"
    )
    page.text("如需帮助，请联系：{{ office.phone }}。")
    page.basis()
    page.prefilled()
    page.sign("{{ step.department }}")


def _kind(code: str, title: str, name: str, series: str, **told: object) -> DocumentKind:
    usual: dict[str, object] = {
        "form": Form.LETTER,
        "is_sealed": True,
        "basis": ("licensing-32", "service-standard"),
        "retention": Retention.THIRTY_YEARS,
    }
    return DocumentKind(
        code=code,
        title_zh=title,
        name=name,
        about="deferral",
        series=series,
        **{**usual, **told},  # type: ignore[arg-type]
    )


KINDS = (
    _kind(
        "deferral-commitment", "容缺受理承诺书", N_("Deferral commitment"), "容承",
        facts=commitment_facts, compose=compose_commitment, form=Form.SHEET, is_sealed=False,
        goes_along=True, is_for_owner=True, basis=("service-standard", "electronic-signature-14"),
    ),
    _kind(
        "deferral-consent", "容缺受理通知书", N_("Deferral consent"), "容",
        facts=consent_facts, compose=compose_consent,
    ),
    _kind(
        "deferral-reminder", "容缺材料补交提醒函", N_("Deferral reminder"), "容催",
        facts=reminder_facts, compose=compose_reminder, is_sealed=False, retention=Retention.TEN_YEARS,
        basis=("service-standard",),
    ),
    _kind(
        "deferral-overdue", "容缺材料逾期告知书", N_("Deferral overdue notice"), "容逾",
        facts=overdue_facts, compose=compose_overdue,
    ),
)  # fmt: skip
