"""Documents filled in: one letter beside plain docxtpl, a thousand of every kind in one process, and PDFs.

A filled page is checked before it counts: every value is found again by the engine itself, or it raises.
`python -m bench.documents` prints the table.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment

from bench.clocked import seconds
from bench.documents_thousand import THOUSAND
from bench.table import Table
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from documents.press.compose import write
from documents.press.fill import fill, plain_values
from documents.press.kind import DocumentKind, Form
from documents.press.page import Column, Page
from documents.press.printer import printer
from documents.press.words import cndate, letterhead
from documents.queries.kinds import installed_kinds

ROUNDS, REPEAT = 5, 20
BATCHES = (1, 10, 50)
TODAY = date(2026, 4, 15)
VALUES: dict[str, Any] = {
    "number": "青帮代告〔2026〕12号",
    "version": 1,
    "changes": "",
    "data_on": TODAY,
    "made_on": TODAY,
    "title": "一次性补正告知书",
    "addressee": "青禾新材料有限公司",
    "office": {"name": "青禾县企业项目帮代办服务中心", "phone": "0731-2345678"},
    "basis": [{"title": "中华人民共和国行政许可法", "wenhao": "", "articles": "第三十二条"}],
    "prefilled": [],
    "project": {"name": "年产5万吨锂电池正极材料生产线建设项目（一期）"},
    "rows": [{"name": f"材料{n}", "fault": "缺少签章，请补盖后重新提交"} for n in range(3)],
}


def measure() -> Table:
    """One page, three ways, taking turns."""
    kind = _letter()
    template = write(kind)
    plain_env = Environment(autoescape=True)
    plain_env.filters |= {"cndate": cndate, "letterhead": letterhead}
    given = plain_values(VALUES)

    def engine() -> bytes:
        return fill(template, VALUES)

    def plain() -> None:
        _plainly(template, given, plain_env)

    blank = _blank()

    def on_blank() -> None:
        _plainly(blank, given, plain_env)

    ours, same, usual = seconds((engine, plain, on_blank), rounds=ROUNDS, repeat=REPEAT)
    thousand = _thousand()
    printed = [_printed(engine(), count) for count in BATCHES]
    return Table(
        "Documents filled in",
        "One page with a table of three rows, CPU time of the best of five rounds of twenty, the ways\n"
        "taking turns. Ours includes the search for every printed value, the fixed order of the file and no\n"
        "clock in it; plain docxtpl does none of these. Then a thousand documents of every installed kind\n"
        "in one process that fills and does nothing else, a quarter of them with hostile values. Then the\n"
        "letter as PDF/A by LibreOffice, one process a batch, its start included; CPU of that process.",
        ("measured", "figure", "ratio to ours, or CPU"),
        [
            ("one letter, ours", f"{ours * 1000:.1f} ms", "1.0"),
            ("one letter, plain docxtpl, our template", f"{same * 1000:.1f} ms", f"{same / ours:.1f}"),
            (
                "one letter, plain docxtpl, python-docx's blank",
                f"{usual * 1000:.1f} ms",
                f"{usual / ours:.1f}",
            ),
            (f"{THOUSAND:,} documents of {thousand['kinds']} kinds, CPU", f"{thousand['cpu']:.1f} s", "—"),
            ("each of them, CPU", f"{thousand['cpu'] / THOUSAND * 1000:.1f} ms", "—"),
            ("most memory of that process", f"{thousand['rss_mb']:.0f} MB", "—"),
            ("of it before the first document", f"{thousand['rss_before_mb']:.0f} MB", "—"),
            ("values lost, each searched for", "0", "—"),
            *printed,
        ],
    )


def _letter() -> DocumentKind:
    return DocumentKind(
        code="bench",
        title_zh="一次性补正告知书",
        name="Bench",
        about="project",
        series="告",
        form=Form.LETTER,
        facts=_no_facts,
        compose=_compose,
    )


def _no_facts(_session: Any, _about_id: int, _on: date) -> Any:
    raise NotImplementedError


def _compose(page: Page) -> None:
    page.letterhead()
    page.number()
    page.title("一次性补正告知书")
    page.addressee()
    page.text("你单位就“{{ project.name }}”提出的申请收悉，现将需要补正的全部内容一次告知如下：")
    page.table(
        [
            Column("序号", 12, "{{ loop.index }}"),
            Column("材料", 60, "{{ row.name }}"),
            Column("问题", 84, "{{ row.fault }}"),
        ],
        "rows",
    )
    page.basis()
    page.prefilled()
    page.sign()


def _plainly(template: bytes, values: dict[str, Any], env: Environment) -> None:
    page = DocxTemplate(io.BytesIO(template))
    page.render(values, env, autoescape=True)
    page.save(io.BytesIO())


def _blank() -> bytes:
    """The same words on python-docx's own blank document, as a plain program begins."""
    page = Document()
    for line in (
        "{{ office.name }}",
        "{{ number }}",
        "{{ title }}",
        "{{ addressee }}：",
        "{{ project.name }}",
    ):
        page.add_paragraph(line)
    table = page.add_table(rows=3, cols=3)
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    for cell, text in zip(
        table.rows[1].cells, ("{{ loop.index }}", "{{ row.name }}", "{{ row.fault }}"), strict=True
    ):
        cell.text = text
    table.rows[2].cells[0].text = "{%tr endfor %}"
    page.add_paragraph("{{ made_on|cndate }}")
    found = io.BytesIO()
    page.save(found)
    return found.getvalue()


def _printed(letter: bytes, count: int) -> tuple[str, str, str]:
    """The letter so many times in one batch."""
    with tempfile.TemporaryDirectory() as folder:
        machine = printer("soffice", Path(folder) / "scratch", Path(folder) / "fonts")
        machine.print_pages([letter])  # the profile is made once a worker
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        pages = machine.print_pages([letter] * count)
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if None in pages:
        raise RuntimeError("a letter was not converted")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        f"PDF/A in batches of {count}",
        f"{count / wall:.1f} a second",
        f"{cpu / count * 1000:.0f} ms CPU each",
    )


def _thousand() -> dict[str, float]:
    """The figures of a process of its own, which is handed the templates of every installed kind."""
    with tempfile.TemporaryDirectory() as home:
        create_app(Settings(home=Path(home), today=TODAY))
        for kind in installed_kinds():
            (Path(home) / f"{kind.code}.docx").write_bytes(write(kind))
        done = subprocess.run(  # noqa: S603  (our own module)
            [sys.executable, "-m", "bench.documents_thousand", home],
            capture_output=True,
            text=True,
            check=True,
        )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    sys.stdout.write(measure().as_markdown() + "\n")
