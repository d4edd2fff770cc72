"""An enterprise photographs a material and sends it: nothing is lost twice, nothing counts before a look."""

from __future__ import annotations

import io
import re
from html import unescape

import pikepdf
import pytest
from sqlalchemy import select
from werkzeug.test import stream_encode_multipart

from approvals.models.paper import PaperFileRow, PaperVersionRow
from approvals.rules.papers import PaperWay
from concierge.kernel import clock, storage
from concierge.kernel.actor import Actor
from concierge.progress.models.acts import IncomingRow, UploadPageRow, UploadRow
from concierge.progress.rules.acts import IncomingState, UploadState
from concierge.progress.rules.incoming import HandledBefore, ReplyNeeded
from concierge.progress.services.take_upload import decline_upload, take_upload
from tests.concierge.progress.fixtures_acts import (
    Holder,
    a_heic,
    a_holder,
    a_pdf,
    a_photo,
    holder,
    project_id,
    wanted,
)
from tests.kernel.fixtures_office import Office, apart

__all__ = ["holder", "project_id", "wanted"]
AMY = Actor(None, "周敏")


def adds(holder: Holder, wanted: str, *files: tuple[io.BytesIO, str]):
    page = holder.goes(f"materials/{wanted}")
    return holder.sends(page, "pages", files=list(files))


def sends(holder: Holder, wanted: str, words: str = ""):
    return holder.sends(holder.goes(f"materials/{wanted}"), "send", words=words)


def test_three_photographs_become_one_pdf_of_three_pages(county: Office, holder: Holder, wanted: str):
    answer = adds(
        holder, wanted, (a_photo("red"), "1.jpg"), (a_photo("green"), "2.jpg"), (a_photo("blue"), "3.jpg")
    )
    assert answer.status_code == 303

    thanks = holder.after(sends(holder, wanted, "盖章版"))

    assert "Sent. Your officers look at it." in thanks.text
    (upload,) = county.asked(select(UploadRow))
    assert (upload.state, upload.media_type, upload.pages) == (UploadState.SENT, "application/pdf", 3)
    whole = pikepdf.open(io.BytesIO(b"".join(storage.fetch(upload.key))))
    assert len(whole.pages) == 3
    assert [round(float(edge)) for edge in whole.pages[0].mediabox] == [0, 0, 842, 595]  # A4, lying


def test_nothing_counts_as_handed_in_before_somebody_looked(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo(), "1.jpg"))
    sends(holder, wanted)
    assert county.asked(select(PaperVersionRow)) == []

    (incoming,) = county.asked(select(IncomingRow))
    take_upload(incoming.id, by=AMY)

    (version,) = county.asked(select(PaperVersionRow))
    (file,) = county.asked(select(PaperFileRow))
    assert (version.material, version.way, version.came_on) == (wanted, PaperWay.ONLINE, clock.today())
    assert version.taken_in_by == "周敏"
    assert (file.media_type, file.pages) == ("application/pdf", 1)
    assert county.asked(select(UploadRow.state)) == [UploadState.ACCEPTED]
    assert "Taken: handed in on" in holder.goes(f"materials/{wanted}").text


def test_the_same_form_sent_twice_is_kept_once(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo(), "1.jpg"))
    page = holder.goes(f"materials/{wanted}")

    first, second = holder.sends(page, "send"), holder.sends(page, "send")

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(county.asked(select(IncomingRow))) == 1


def test_the_same_photograph_twice_is_one_page(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo("red"), "1.jpg"))
    adds(holder, wanted, (a_photo("red"), "again.jpg"))

    assert len(county.asked(select(UploadPageRow))) == 1


def test_what_arrived_before_the_connection_broke_is_still_there(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo("red"), "1.jpg"), (a_photo("green"), "2.jpg"))

    later = Holder(county.app.test_client(), holder.project_id, holder.link_id, holder.token)

    assert "2 pages" in later.goes(f"materials/{wanted}").text


def test_a_connection_lost_in_the_middle_keeps_what_was_there_and_the_form_can_be_sent_again(
    county: Office, holder: Holder, wanted: str
):
    adds(holder, wanted, (a_photo("red"), "1.jpg"))
    page = holder.goes(f"materials/{wanted}")
    form = re.search(r'action="([^"]*/pages[^"]*)".*?</form>', page.text, re.DOTALL)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    body, length, kind = stream_encode_multipart(hidden | {"files": (a_photo("green"), "2.jpg")})
    half = body.read(length // 2)

    broken = apart(
        holder.browser.post,
        unescape(form[1]),
        input_stream=io.BytesIO(half),
        content_length=length,
        content_type=f'multipart/form-data; boundary="{kind}"',
    )

    assert broken.status_code in (400, 422)
    assert len(county.asked(select(UploadPageRow))) == 1
    for _ in range(2):  # the same form again, and once more by a nervous thumb
        again = holder.sends(page, "pages", files=[(a_photo("green"), "2.jpg")])
        assert again.status_code == 303
    assert [row.name for row in county.asked(select(UploadPageRow))] == ["1.jpg", "2.jpg"]


def test_a_file_that_is_refused_takes_none_of_those_before_it_along(
    county: Office, holder: Holder, wanted: str
):
    answer = adds(holder, wanted, (a_photo("red"), "1.jpg"), (io.BytesIO(b"MZ\x90" + b"\0" * 400), "2.jpg"))

    assert answer.status_code == 422
    assert "2.jpg" in answer.text
    assert [row.name for row in county.asked(select(UploadPageRow))] == ["1.jpg"]


def test_a_program_named_jpg_is_refused_by_what_is_in_it(county: Office, holder: Holder, wanted: str):
    answer = adds(holder, wanted, (io.BytesIO(b"MZ\x90\0" + b"\0" * 4000), "发票.jpg"))

    assert answer.status_code == 422
    assert "“发票.jpg” is EXE, which is not taken here" in answer.text
    assert county.asked(select(UploadPageRow)) == []


def test_a_heic_photograph_becomes_a_jpeg_everybody_can_open(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_heic(), "IMG_0001.HEIC"))

    (page,) = county.asked(select(UploadPageRow))
    assert (page.name, page.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert holder.after(sends(holder, wanted)).status_code == 200


def test_a_heic_photograph_called_jpg_is_taken_as_what_it_is(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_heic(), "微信图片.jpg"))

    assert county.asked(select(UploadPageRow.media_type)) == ["image/jpeg"]


def test_a_pdf_of_fifty_pages_alone_is_handed_on_byte_for_byte(county: Office, holder: Holder, wanted: str):
    scan = a_pdf(50)
    adds(holder, wanted, (io.BytesIO(scan.getvalue()), "扫描件.pdf"))
    sends(holder, wanted)

    (upload,) = county.asked(select(UploadRow))
    assert (upload.name, upload.pages) == ("扫描件.pdf", 50)
    assert b"".join(storage.fetch(upload.key)) == scan.getvalue()


def test_a_pdf_and_photographs_become_one_file(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_pdf(50), "a.pdf"), (a_photo(kind="PNG"), "b.png"))
    sends(holder, wanted)

    assert county.asked(select(UploadRow.pages)) == [51]


def test_a_page_can_be_taken_out_again_before_sending(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo("red"), "1.jpg"), (a_photo("green"), "2.jpg"))
    page = holder.goes(f"materials/{wanted}")

    answer = holder.sends(page, "remove")  # the first form of that kind: page 1

    assert answer.status_code == 303
    assert [row.name for row in county.asked(select(UploadPageRow))] == ["2.jpg"]


def test_nothing_to_send_is_said_beside_the_field(holder: Holder, wanted: str):
    page = holder.goes(f"materials/{wanted}")

    answer = holder.sends(page, "pages")

    assert answer.status_code == 422
    assert "Take a photograph or choose a file first" in answer.text


def test_a_link_for_reading_takes_nothing(county: Office, holder: Holder, project_id: int, wanted: str):
    reader = a_holder(county, project_id, recipient="设计院", may_upload=False)
    page = reader.goes(f"materials/{wanted}")
    assert "<form" not in page.text

    form = holder.goes(f"materials/{wanted}")
    foreign = holder.sends(form, "pages", files=[(a_photo(), "1.jpg")])
    assert foreign.status_code == 303  # its own form on its own link is fine

    stolen = form.text.replace(holder.front, reader.front)
    answer = reader.sends(type("Page", (), {"text": stolen})(), "pages", files=[(a_photo("red"), "2.jpg")])
    assert answer.status_code in (409, 422)
    assert len(county.asked(select(UploadPageRow))) == 1


def test_another_link_of_the_same_project_does_not_see_the_pages(
    county: Office, holder: Holder, project_id: int, wanted: str
):
    adds(holder, wanted, (a_photo(), "合同第一页.jpg"))

    other = a_holder(county, project_id, recipient="设计院")

    assert "合同第一页" not in other.goes(f"materials/{wanted}").text


def test_a_material_nobody_asks_for_is_not_taken(holder: Holder):
    assert holder.goes("materials/no-such-paper").status_code == 409


def test_declining_needs_a_reason_and_the_enterprise_reads_it(county: Office, holder: Holder, wanted: str):
    adds(holder, wanted, (a_photo(), "1.jpg"))
    sends(holder, wanted)
    (incoming_id,) = county.asked(select(IncomingRow.id))
    with pytest.raises(ReplyNeeded):
        decline_upload(incoming_id, "  ", by=AMY)

    decline_upload(incoming_id, "第1页反光，请重拍", by=AMY)

    assert county.asked(select(IncomingRow.state)) == [IncomingState.DECLINED]
    page = holder.goes(f"materials/{wanted}").text
    assert "第1页反光，请重拍" in page
    with pytest.raises(HandledBefore):
        take_upload(incoming_id, by=AMY)
