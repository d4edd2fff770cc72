"""The catalogue in the browser: who may do what, in which language, at what cost; what a mistake leads to."""

import io
import re

import pytest
from sqlalchemy import event, select

from approvals.models.catalogue import MatterRow, PrecedenceRow
from approvals.queries import catalogue as queries
from approvals.services.ship_catalogue import shipped_files
from concierge.kernel.db import db
from concierge.kernel.work import reading
from tests.approvals.conftest import reading_chinese
from tests.approvals.pages import english_of_ours, page_of

LISTS = (
    "/catalogue/matters",
    "/catalogue/precedences",
    "/catalogue/materials",
    "/catalogue/review-groups",
    "/catalogue/legal-bases",
    "/departments",
    "/catalogue/attributes",
    "/catalogue/conditions",
    "/catalogue/derived-rules",
    "/catalogue/templates",
    "/catalogue/template-steps",
    "/holidays/days",
    "/holidays/years",
)
PAGES = (
    "/catalogue/list/",
    "/catalogue/check",
    "/catalogue/editions/0/changes?since=1",
    "/catalogue/preview/industrial-start-on-land",
    "/holidays/list/",
    "/holidays/list/?year=2027",
    "/holidays/list/?year=2029",
)
READERS = ("Liaison", "Concierge", "Chief", "Supervisor")
MOST_QUERIES = 12


def words_on(page):
    """Every piece of text on a page, as the reader meets them."""
    return page_of(page).words


@pytest.fixture
def asked():
    """The questions asked of the database, as they are asked."""
    statements = []

    def listen(*facts):
        statements.append(facts[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    yield statements
    event.remove(db.engine, "before_cursor_execute", listen)


def test_every_list_opens_in_both_languages_within_a_dozen_queries(administrator, asked):
    administrator.opens("/catalogue/list/")  # reads the draft once for this process
    for address in LISTS:
        for language in ("zh", "en"):
            asked.clear()
            page = administrator.opens(f"{address}/list/?lang={language}")
            assert page.status_code == 200, address
            assert len(asked) <= MOST_QUERIES, (address, asked)


def test_every_own_page_opens_in_both_languages_within_a_dozen_queries(administrator, asked):
    administrator.opens("/catalogue/list/")
    for address in PAGES:
        for language in ("en", "zh"):
            asked.clear()
            page = administrator.opens(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert page.status_code == 200, address
            assert len(asked) <= MOST_QUERIES, (address, asked)


def test_no_english_sentence_of_ours_is_left_on_a_chinese_screen(administrator):
    addresses = [f"{address}/{verb}" for address in LISTS for verb in ("list/", "show/1", "edit/1", "add")]
    addresses.remove("/holidays/years/add")

    for address in (*PAGES, *addresses, "/catalogue/files/"):
        page = administrator.opens(address)
        assert page.status_code == 200, address
        assert set(words_on(page)) & english_of_ours() == set(), address


def test_a_name_is_shown_in_the_readers_language(administrator):
    in_chinese = words_on(administrator.opens("/catalogue/matters/list/?lang=zh"))
    in_english = words_on(administrator.opens("/catalogue/matters/list/?lang=en"))

    assert "投资项目线索登记与研判" in in_chinese
    assert "Investment lead registration and screening" not in in_chinese
    assert "Investment lead registration and screening" in in_english


@pytest.mark.parametrize("role", READERS)
def test_readers_see_the_catalogue_and_change_nothing(catalogue_office, role):
    reader = catalogue_office.employs("reader", role)
    rows = [f"{address}/list/" for address in LISTS]

    assert [reader.opens(address).status_code for address in (*rows, "/catalogue/list/")] == [200] * 14
    assert reader.opens("/catalogue/files/export").status_code == 200
    for address in LISTS:
        assert reader.opens(f"{address}/edit/1").status_code == 403, address
        assert reader.sends(f"{address}/delete/1").status_code == 403, address
    assert reader.opens("/catalogue/files/").status_code == 403
    assert reader.sends("/catalogue/publish", {"draft": "x"}).status_code == 403
    assert reader.sends("/catalogue/files/apply", {"files": "x"}).status_code == 403
    assert reader.sends("/holidays/2027/notice", {"source": "x"}).status_code == 403
    front = reader.opens("/catalogue/list/").text
    assert "/catalogue/publish" not in front
    assert 'href="/catalogue/files/"' not in front


def test_the_other_administrators_have_no_business_here(catalogue_office):
    for role in ("SecurityAdmin", "AuditAdmin"):
        person = catalogue_office.employs(role.lower(), role)
        assert person.opens("/catalogue/list/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(catalogue_office):
    stranger = catalogue_office.stranger()

    for address in ("/catalogue/list/", "/departments/list/", "/holidays/list/", "/catalogue/files/export"):
        answer = stranger.get(address)
        assert answer.status_code == 302
        assert "/login" in answer.headers["Location"]


def form_of(person, address):
    """What a browser would send back for a form, untouched."""
    sent = page_of(person.opens(address)).fields
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def matter(code):
    with reading() as session:
        return session.scalars(select(MatterRow).where(MatterRow.code == code)).one()


def test_a_matter_is_edited_in_its_form(administrator):
    row = matter("construction-permit")
    address = f"/catalogue/matters/edit/{row.id}"

    answer = administrator.sends(address, {**form_of(administrator, address), "promised_workdays": "2"})

    assert answer.status_code == 302
    changed = matter("construction-permit")
    assert changed.promised_workdays == 2
    assert changed.version == row.version + 1
    untouched = (
        "name_zh",
        "stage",
        "lead_department",
        "statutory_days",
        "legal_basis",
        "notes",
        "special_note",
    )
    assert all(getattr(changed, name) == getattr(row, name) for name in untouched)


def test_a_wrong_number_is_said_beside_its_field_and_nothing_typed_is_lost(administrator):
    row = matter("construction-permit")
    address = f"/catalogue/matters/edit/{row.id}"
    sent = {**form_of(administrator, address), "promised_workdays": "soon", "notes": "typed by hand"}

    answer = administrator.sends(address, sent)

    assert answer.status_code == 422
    assert "typed by hand" in answer.text
    assert matter("construction-permit").promised_workdays == row.promised_workdays


def test_a_stale_edit_is_shown_both_versions(administrator):
    row = matter("construction-permit")
    address = f"/catalogue/matters/edit/{row.id}"
    mine, theirs = form_of(administrator, address), form_of(administrator, address)
    administrator.sends(address, {**theirs, "promised_workdays": "2"})

    answer = administrator.sends(address, {**mine, "promised_workdays": "4"})

    assert answer.status_code == 409
    assert matter("construction-permit").promised_workdays == 2


def test_a_ring_made_in_the_editor_is_refused_naming_its_matters_in_the_readers_language(administrator):
    ring = {
        "predecessor": "project-filing",
        "successor": "project-code-assignment",
        "kind": "hard",
        "gate": "accept",
    }

    in_chinese = administrator.sends("/catalogue/precedences/add?lang=zh", ring)
    in_english = administrator.sends("/catalogue/precedences/add?lang=en", ring)

    assert in_chinese.status_code == in_english.status_code == 409
    assert re.search(
        "投资项目赋码 → 企业投资项目备案 → 投资项目赋码|企业投资项目备案 → 投资项目赋码 → 企业投资项目备案",
        in_chinese.text,
    )
    assert "wait for each other" in in_english.text
    assert "Project code assignment" in in_english.text
    with reading() as session:
        assert len(list(session.scalars(select(PrecedenceRow.id)))) == 247


def test_a_condition_that_cannot_be_read_is_refused_in_the_readers_language(administrator):
    address = "/catalogue/conditions/edit/1"

    answer = administrator.sends(address, {**form_of(administrator, address), "test": "any: [ {attr: x"})

    assert answer.status_code == 422
    assert any(sentence.startswith("第1行") for sentence in words_on(answer))
    assert "any: [ {attr: x" in answer.text


def test_a_department_in_use_is_not_deleted_and_the_reason_is_given(administrator):
    with reading() as session:
        id_ = session.scalar(select(queries.DepartmentRow.id).where(queries.DepartmentRow.code == "DRC"))

    administrator.sends(f"/departments/delete/{id_}")

    assert "还有" in administrator.opens("/departments/list/").text
    with reading() as session:
        assert "DRC" in queries.draft_catalogue(session).department_of


def upload(person, name, content, address="/catalogue/files/"):
    return person.sends(address, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def test_an_import_goes_from_dry_run_to_the_draft_and_is_published(administrator):
    content = shipped_files()["departments.csv"].replace(b"Development zone committee", b"Zone committee")

    tried = upload(administrator, "departments.csv", content)
    hidden = page_of(tried).fields
    assert "Zone committee" in tried.text
    with reading() as session:
        assert queries.draft_catalogue(session).department_of["DZC"].name_en == "Development zone committee"

    taken = administrator.sends(
        "/catalogue/files/apply", {name: hidden[name] for name in ("files", "draft", "name")}
    )
    assert taken.status_code == 302
    front = administrator.opens("/catalogue/list/")
    assert "与第1版有1行不同" in front.text

    form = page_of(front).fields
    assert form["note"].strip() == ""
    published = administrator.sends("/catalogue/publish", {"draft": form["draft"], "note": "更名"})
    assert published.status_code == 302
    assert "第2版已发布" in administrator.opens("/catalogue/list/").text
    assert "Zone committee" in administrator.opens("/catalogue/editions/2/changes").text
    first = administrator.opens("/catalogue/files/editions/1/export")
    second = administrator.opens("/catalogue/files/editions/2/export")
    assert first.data != second.data == administrator.opens("/catalogue/files/export").data
    assert administrator.opens("/catalogue/files/editions/3/export").status_code == 404


def test_broken_rows_are_listed_in_chinese_and_in_english(catalogue_office):
    content = shipped_files()["departments.csv"].replace("DZC,开发区(园区)管理机构".encode(), b"D C,")
    for tongue, sentence in (("zh", "不是有效代码"), ("en", "is not a code")):
        person = catalogue_office.employs(f"admin-{tongue}", "SystemAdmin")
        if tongue == "zh":
            reading_chinese(person)

        answer = upload(person, "departments.csv", content)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert "<td>name_zh</td>" in answer.text


def test_a_file_that_is_no_catalogue_is_said_to_be_none(administrator):
    answer = upload(administrator, "holiday.jpg", b"\xff\xd8\xff\xe0" * 40)

    assert answer.status_code == 422
    assert "holiday.jpg" in answer.text
    assert "steps.csv" in answer.text  # what there is
    assert upload(administrator, "", b"").status_code == 422


def test_ten_megabytes_are_refused_in_a_sentence_and_nothing_is_changed(administrator):
    with reading() as session:
        before = queries.draft_catalogue(session).digest

    body = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="steps.csv"\r\n\r\n'
        + b"x" * 10 * 1024 * 1024
        + b"\r\n--edge--\r\n"
    )
    answer = administrator.opens(
        "/catalogue/files/", method="POST", data=body, content_type="multipart/form-data; boundary=edge"
    )

    assert answer.status_code == 413
    assert re.search("[\u4e00-\u9fff]{6}", " ".join(words_on(answer)))
    with reading() as session:
        assert queries.draft_catalogue(session).digest == before


def test_a_dry_run_that_came_back_garbled_is_refused(administrator):
    assert administrator.sends("/catalogue/files/apply", {"files": "%%%", "draft": "x"}).status_code == 422
    assert (
        administrator.sends("/catalogue/files/apply", {"files": "aGFsbG8=", "draft": "x"}).status_code == 422
    )


def test_a_draft_that_changed_after_the_dry_run_is_tried_again(administrator):
    content = shipped_files()["departments.csv"].replace(b"Development zone committee", b"Zone committee")
    hidden = page_of(upload(administrator, "departments.csv", content)).fields
    address = f"/catalogue/matters/edit/{matter('construction-permit').id}"
    administrator.sends(address, {**form_of(administrator, address), "promised_workdays": "2"})

    answer = administrator.sends(
        "/catalogue/files/apply", {name: hidden[name] for name in ("files", "draft", "name")}
    )

    assert answer.status_code == 409
    assert "Zone committee" in answer.text  # the dry run is shown again, against the draft as it is now
    assert matter("construction-permit").promised_workdays == 2


def test_a_draft_that_changed_while_it_was_looked_at_is_not_published_and_the_note_is_kept(administrator):
    address = f"/catalogue/matters/edit/{matter('construction-permit').id}"
    administrator.sends(address, {**form_of(administrator, address), "promised_workdays": "2"})

    answer = administrator.sends("/catalogue/publish", {"draft": "0" * 64, "note": "承诺时限缩短"})

    assert answer.status_code == 409
    assert page_of(answer).fields["note"].strip() == "承诺时限缩短"


def test_a_list_is_searched_by_name_and_by_the_code_chosen(administrator):
    by_name = administrator.opens("/catalogue/matters/list/?_flt_2_name_zh=施工许可证")
    by_department = administrator.opens("/catalogue/matters/list/?_flt_0_lead_department=LRC")

    assert "建筑工程施工许可证核发" in by_name.text
    assert "联合踏勘(选址)" not in by_name.text
    assert "净地核查与土地收储" in by_department.text
    assert "建筑工程施工许可证核发" not in by_department.text


def test_publishing_nothing_new_is_refused_kindly(administrator):
    with reading() as session:
        digest = queries.draft_catalogue(session).digest

    answer = administrator.sends("/catalogue/publish", {"draft": digest})

    assert answer.status_code == 409
    assert "草稿与第1版相同" in answer.text


def test_the_notice_of_a_year_is_loaded_on_its_page(administrator):
    days = administrator.opens("/holidays/2027/table.csv").data
    lines = days.decode().splitlines()
    notice = "\n".join(line for line in lines if not line.startswith("2027-02-12,")).encode()

    answer = administrator.sends(
        "/holidays/2027/notice",
        {"source": "国办发明电〔2026〕7号", "file": (io.BytesIO(notice), "2027.csv")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 302
    page = administrator.opens("/holidays/list/?year=2027").text
    assert "国办发明电〔2026〕7号" in page
    assert "2027年为暂定" not in page


def test_a_notice_with_a_day_twice_or_without_a_name_is_refused_on_the_page(administrator):
    lines = administrator.opens("/holidays/2027/table.csv").data.decode().splitlines()
    twice = "\n".join([*lines, lines[1]]).encode()

    named = administrator.sends(
        "/holidays/2027/notice",
        {"source": "国办发明电〔2026〕7号", "file": (io.BytesIO(twice), "2027.csv")},
        content_type="multipart/form-data",
    )
    nameless = administrator.sends(
        "/holidays/2027/notice",
        {"source": "", "file": (io.BytesIO(twice), "2027.csv")},
        content_type="multipart/form-data",
    )

    assert named.status_code == 409
    assert "2027-01-01" in named.text
    assert nameless.status_code == 422
    assert "写明通知" in nameless.text
    assert "2027年为暂定" in administrator.opens("/holidays/list/?year=2027").text


def test_a_year_before_the_calendar_and_a_template_that_is_not_there_are_missing(administrator):
    assert administrator.opens("/holidays/list/?year=1999").status_code == 404
    assert "2026年" in administrator.opens("/holidays/list/?year=0&lang=zh").text
    assert administrator.opens("/catalogue/preview/nobody").status_code == 404
    assert administrator.opens("/catalogue/editions/9/changes").status_code == 404
    assert administrator.opens("/catalogue/files/export/secret_key").status_code == 404


def test_a_ring_in_the_draft_is_named_on_the_templates_page(administrator):
    ring = b"construction-permit,project-filing,soft,accept,no,,a mistake\n"
    tried = upload(administrator, "dependencies.csv", shipped_files()["dependencies.csv"] + ring)
    hidden = page_of(tried).fields
    assert "导入后检查会多出" in tried.text
    administrator.sends("/catalogue/files/apply", {name: hidden[name] for name in ("files", "draft", "name")})

    page = administrator.opens("/catalogue/preview/industrial-start-on-land").text

    assert "排不出计划" in page
    assert "建筑工程施工许可证核发 → " in page
    assert "改好检查出的" in administrator.opens("/catalogue/list/").text
