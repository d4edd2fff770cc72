"""Templates as tests compose them, one for each outer form, and values that fill them."""

from datetime import date

from documents.press.kind import DocumentKind, Form
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 200" width="760" height="200">'
    "<title>三项工作的先后</title><rect x='10' y='10' width='700' height='90' fill='#c0392b'/></svg>"
)
VALUES = {
    "number": "青帮代告〔2026〕12号",
    "version": 1,
    "changes": "",
    "data_on": date(2026, 4, 15),
    "made_on": date(2026, 4, 16),
    "title": "一次性补正告知书",
    "addressee": "青禾新材料有限公司",
    "office": {"name": "青禾县企业项目帮代办服务中心", "phone": "0731-2345678", "address": "人民路1号"},
    "basis": [{"title": "中华人民共和国行政许可法", "wenhao": "", "articles": "第三十二条"}],
    "prefilled": [{"field": "项目代码", "source": "企业投资项目备案", "on": date(2026, 3, 2)}],
    "project": {"name": "年产5万吨锂电池正极材料生产线建设项目（一期）"},
    "step": "建设用地规划许可证核发",
    "due_on": date(2026, 5, 8),
    "words": "请按要求补正。",
    "rows": [
        {"name": "用地红线图", "fault": "缺少签章", "control": "line-1"},
        {"name": "土地勘测定界图", "fault": "坐标系不符", "control": "line-2"},
    ],
    "is_ticked": True,
    "pictures": {"plan": CHART},
}


def a_letter(page):
    """A notice with a table, as a department sends it."""
    page.letterhead()
    page.number()
    page.title("一次性补正告知书")
    page.addressee()
    page.text("你单位就“{{ project.name }}”提出的“{{ step }}”申请收悉。{{ words }}")
    page.table(
        [
            Column("序号", 12, "{{ loop.index }}", align="center"),
            Column("材料", 70, "{{ row.name }}"),
            Column("问题", 74, "{{ row.fault }}"),
        ],
        "rows",
    )
    page.text("请于{{ due_on|cndate }}前补正。")
    page.basis()
    page.prefilled()
    page.sign()
    page.note("联系电话：{{ office.phone }}")


def a_red_head(page):
    """A joint notice under a red head, with copies at its foot."""
    page.letterhead()
    page.number()
    page.title("关于召开会审会的通知")
    page.addressee()
    page.heading(1, "一、项目")
    page.text("{{ project.name }}。{{ words }}")
    page.heading(2, "（一）材料")
    with page.each("row", "rows"):
        page.text("{{ row.name }}：{{ row.fault }}")
    page.sign()
    page.copies("抄送：{{ addressee }}。")


def a_sheet(page):
    """A form with content controls, a list with controls, and a picture."""
    page.letterhead()
    page.title("申请表")
    page.number()
    page.fields(
        [
            (
                Field("项目名称", "{{ project.name }}", control="project_name"),
                Field("办理事项", "{{ step }}", control="step"),
            ),
            (
                Field("截止日期", "{{ due_on|cndate }}", control="due_on", control_kind=ControlKind.DATE),
                Field(
                    "意见", "", control="opinion", control_kind=ControlKind.CHOICE, choices=("同意", "不同意")
                ),
            ),
            (
                Field(
                    "已核对",
                    "{% if is_ticked %}☑{% else %}☐{% endif %}",
                    control="is_ticked",
                    control_kind=ControlKind.TICK,
                ),
                Field("备注", "", control="remark"),
            ),
            Field("说明", "{{ words }}", control="words", lines=3),
        ]
    )
    page.table(
        [
            Column("材料", 60, "{{ row.name }}"),
            Column("填写", 96, "{{ row.fault }}", control="{{ row.control }}", alias="{{ row.name }}"),
        ],
        "rows",
    )
    page.picture("plan")
    page.sign()


def no_facts(_session, _about_id, _on):
    """No test here reads records."""
    raise NotImplementedError


def a_kind(form, compose, code="sample"):
    """A kind that only prints."""
    return DocumentKind(
        code=code,
        title_zh="示例",
        name="Sample",
        about="project",
        series="告",
        form=form,
        facts=no_facts,
        compose=compose,
    )


LETTER = a_kind(Form.LETTER, a_letter)
RED_HEAD = a_kind(Form.RED_HEAD, a_red_head)
SHEET = a_kind(Form.SHEET, a_sheet)
WIDE_SHEET = a_kind(Form.WIDE_SHEET, a_sheet)
KINDS = (LETTER, RED_HEAD, SHEET, WIDE_SHEET)
