"""Add to the demonstration county what enterprises sent by their links: a material, messages, a pick-up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import time, timedelta

from PIL import Image, ImageDraw
from sqlalchemy import select

from approvals.rules.catalogue import Material
from approvals.rules.papers import PaperWay
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.storage import store
from concierge.kernel.work import reading
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.press.joined_pages import joined
from concierge.progress.queries.wanted import wanted_materials
from concierge.progress.rules.incoming import Wish
from concierge.progress.rules.links import LinkOpens, ProgressLink
from concierge.progress.services.answer_incoming import answer_incoming
from concierge.progress.services.ask_officer import ask_pick_up
from concierge.progress.services.collect_pages import add_page, readied
from concierge.progress.services.send_message import send_message
from concierge.progress.services.send_upload import send_upload
from projects.queries.papers import project_papers
from projects.services.hand_in_papers import Brought, Receipt, hand_in

LOADER = Actor(None, "demonstration")
PAGE = (620, 877)  # A4 at 75 dpi
PAGES = 2
CERTIFICATES = 2


def load_acts() -> int:
    """Send a few things by the links that open; answers how many came in."""
    links = _links()
    if not links:
        return 0
    first, last = links[0], links[-1]
    came = [
        send_message(first, "demonstration-1", "围墙施工图要盖哪个章？公章可以吗？", by=LOADER),
        send_message(last, "demonstration-2", "下周三上午项目经理在县里，方便见面吗？", by=LOADER),
    ]
    answer_incoming(came[0], "盖单位公章即可，不需要设计院再盖。", by=LOADER)
    came.append(ask_pick_up(last, "demonstration-3", _pick_up(), "0730-0000188", by=LOADER))
    material = _wanted(first)
    if material is not None:
        for number in range(1, PAGES + 1):
            add_page(first, material.code, readied(_page(number), f"第{number}页.jpg"), by=LOADER)
        came.append(send_upload(first, "demonstration-4", material.code, title=material.name_zh, by=LOADER))
    return len(came)


def load_certificates() -> int:
    """Have the departments' files of a few results here, for the first link to fetch; answers how many."""
    links = _links()
    if not links:
        return 0
    with reading() as session:
        papers = project_papers(session, links[0].project_id, LOADER, today=clock.today())
        made = [one for one in papers.all if one.paper.made_by is not None][:CERTIFICATES]
    for number, one in enumerate(made, 1):
        name = one.paper.material.name_zh
        page = joined([(name, "image/jpeg", _page(number).getvalue())])
        file = store(io.BytesIO(page), name=f"{name}（演示样本）.pdf")
        receipt = Receipt(way=PaperWay.DEPARTMENT, on=clock.today())
        hand_in(links[0].project_id, [Brought(material=one.code, files=(file,))], receipt, by=LOADER)
    return len(made)


def _links() -> Sequence[ProgressLink]:
    with reading() as session:
        rows = session.scalars(
            select(ProgressLinkRow)
            .where(
                ProgressLinkRow.opens == LinkOpens.PROGRESS,
                ProgressLinkRow.may_upload,
                ProgressLinkRow.revoked_at.is_(None),
            )
            .order_by(ProgressLinkRow.id)
        )
        return [row.facts() for row in rows]


def _wanted(link: ProgressLink) -> Material | None:
    with reading() as session:
        wanted = wanted_materials(session, link.project_id, link.id)
    return wanted[0].material if wanted else None


def _pick_up() -> Wish:
    return Wish(
        wanted_on=clock.today() + timedelta(days=1),
        begins=time(10),
        place="经开区管委会东侧项目部一楼",
        name="项目部前台",
        words="盖章原件一袋",
    )


def _page(number: int) -> io.BytesIO:
    """A page as a telephone would photograph it: grey lines where text would stand."""
    picture = Image.new("RGB", PAGE, "white")
    pen = ImageDraw.Draw(picture)
    for line in range(8, 40):
        pen.line((70, line * 20, 550 - (line * number * 37) % 160, line * 20), fill="grey", width=3)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    content.seek(0)
    return content
