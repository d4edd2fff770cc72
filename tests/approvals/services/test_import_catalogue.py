"""Files into the draft: a dry run first, faults by row in both languages, and all or nothing."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from approvals.models.parts import DRAFT_ROWS
from approvals.queries import catalogue as queries
from approvals.rules.catalogue_files.reading import read_files
from approvals.services.export_catalogue import export_archive, export_file
from approvals.services.import_catalogue import (
    FilesNotSound,
    NothingToImport,
    decline_shipped,
    dry_run,
    import_catalogue,
)
from approvals.services.ship_catalogue import shipped_catalogue, shipped_files
from approvals.services.unpack_catalogue import LARGEST_UPLOAD_BYTES, pack, unpack
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.audit import AuditLine, first_altered
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading
from tests.approvals.files import with_row, without_line

AMY = Actor(7, "Amy")


def draft():
    with reading() as session:
        return queries.draft_catalogue(session)


def tried(files, wrong=()):
    with reading() as session:
        return dry_run(session, files, wrong)


def versions():
    with reading() as session:
        return [session.scalar(select(func.sum(row.version))) for row in DRAFT_ROWS]


def test_exporting_and_importing_changes_nothing_and_gives_the_same_bytes(catalogue_office):
    archive = export_archive(draft())
    files, faults = unpack("catalogue.zip", archive)

    run = tried(files)

    assert not faults
    assert not run.faults
    assert run.changes == ()
    assert len(files) == 8
    assert export_archive(run.catalogue) == archive
    with pytest.raises(NothingToImport):
        import_catalogue(files, draft_digest=run.draft_digest, by=AMY)


def test_the_shipped_csv_files_come_out_as_they_went_in(catalogue_office):
    shipped = shipped_files()

    for file in ("steps.csv", "dependencies.csv", "materials.csv", "departments.csv", "legal_bases.csv"):
        assert export_file(draft(), file) == shipped[file]


def test_a_file_the_catalogue_does_not_have_cannot_be_exported(catalogue_office):
    with pytest.raises(Missing):
        export_file(draft(), "../secret_key")


def test_a_dry_run_names_old_and_new_and_changes_nothing(catalogue_office):
    before, files = (
        draft().digest,
        with_row(
            "steps.csv", "concierge-entrustment,帮代办委托受理与AB岗确定", "concierge-entrustment,帮代办委托"
        ),
    )

    run = tried(files)

    (change,) = run.changes
    (cell,) = change.cells
    assert (change.key, change.kind) == ("concierge-entrustment", "changed")
    assert (cell.column, cell.old, cell.new) == ("name_zh", "帮代办委托受理与AB岗确定", "帮代办委托")
    assert draft().digest == before


def test_an_import_changes_the_rows_it_names_and_no_others(catalogue_office):
    before = versions()
    files = with_row("departments.csv", "Development zone committee", "Zone committee")

    run = import_catalogue(files, draft_digest=draft().digest, by=AMY)

    assert len(run.changes) == 1
    assert draft().department_of["DZC"].name_en == "Zone committee"
    # one row of one table has one version more
    assert [after - old for after, old in zip(versions(), before, strict=True)].count(1) == 1
    assert sum(versions()) - sum(before) == 1


def test_an_import_leaves_its_trace_in_the_chain(catalogue_office):
    import_catalogue(
        with_row("departments.csv", "Development zone committee", "Zone committee"),
        draft_digest=draft().digest,
        by=AMY,
    )

    with reading() as session:
        line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
        assert (line.act, line.actor) == ("CatalogueImported", "Amy")
        assert "Development zone committee → Zone committee" in line.facts
        assert first_altered(session) is None


def test_a_row_left_out_of_a_file_is_removed(catalogue_office):
    files = without_line("dependencies.csv", "investment-lead-screening,joint-site-visit,")

    run = import_catalogue(files, draft_digest=draft().digest, by=AMY)

    assert [change.kind for change in run.changes] == ["removed"]
    assert len(draft().precedences) == 246


def test_every_broken_row_is_named_and_nothing_is_changed(catalogue_office):
    before = draft().digest
    text = shipped_files()["steps.csv"].decode()
    text = text.replace("investment-agreement,投资", "investment agreement,投资", 1)  # row 3: no code
    text = text.replace(
        "concierge-entrustment,帮代办委托受理与AB岗确定", "concierge-entrustment,", 1
    )  # row 4
    text = text.replace(",DRC,registration,0,working,1,", ",DRC,registration,zero,working,1,", 1)
    files = {"steps.csv": text.encode()}

    run = tried(files)

    columns = [(fault.row, fault.column) for fault in run.faults]
    assert (3, "code") in columns
    assert (4, "name_zh") in columns
    assert any(column == "statutory_working_days" for _, column in columns)
    with pytest.raises(FilesNotSound) as refused:
        import_catalogue(files, draft_digest=before, by=AMY)
    assert refused.value.facts["count"] == len(run.faults)
    assert draft().digest == before


def test_an_unknown_code_is_named_where_it_stands(catalogue_office):
    run = tried(
        with_row(
            "dependencies.csv",
            "investment-lead-screening,investment-agreement",
            "nobody-knows-me,investment-agreement",
        )
    )

    (fault,) = run.faults
    assert (fault.row, fault.column) == (2, "predecessor")
    assert fault.facts["value"] == "nobody-knows-me"


def test_a_day_twice_is_named_with_the_row_it_was_first_given_in(catalogue_office):
    lines = shipped_files()["holidays.csv"].decode().splitlines()
    lines.insert(2, lines[1])

    run = tried({"holidays.csv": "\n".join(lines).encode()})

    (fault,) = run.faults
    assert (fault.row, fault.column, fault.facts["first_row"]) == (3, "date", 2)


def test_a_file_saved_as_gbk_reads_as_one_saved_as_utf_8(catalogue_office):
    text = shipped_files()["departments.csv"].decode()

    run = tried({"departments.csv": text.encode("gb18030")})

    assert not run.faults
    assert run.changes == ()


def test_a_name_too_long_for_its_column_is_named_and_not_cut(catalogue_office):
    run = tried(with_row("departments.csv", "Development zone committee", "Z" * 300))

    (fault,) = run.faults
    assert (fault.row, fault.column, fault.facts["limit"]) == (4, "name_en", 255)


def test_an_override_of_a_matter_outside_the_template_is_named(catalogue_office):
    run = tried(
        with_row(
            "templates.yaml",
            "      land-grant-contract: {promised: 1}",
            "      night-construction-certificate: {promised: 1}",
        )
    )

    assert any("night-construction-certificate" in fault.column for fault in run.faults)


def test_a_dry_run_tells_the_errors_the_check_would_then_find(catalogue_office):
    ring = b"construction-permit,project-filing,soft,accept,no,,a mistake\n"
    files = {"dependencies.csv": shipped_files()["dependencies.csv"] + ring}

    run = tried(files)

    assert {finding.code for finding in run.findings} == {"cycle"}


def test_an_import_made_against_an_older_draft_is_stale(catalogue_office):
    old = draft().digest
    import_catalogue(
        with_row("departments.csv", "Development zone committee", "Zone committee"), draft_digest=old, by=AMY
    )

    with pytest.raises(Stale):
        import_catalogue(
            with_row("departments.csv", "Investment promotion", "Investment"), draft_digest=old, by=AMY
        )

    assert draft().department_of["IPB"].name_en == "Investment promotion"


def test_holidays_that_an_import_moves_are_told_year_by_year(catalogue_office):
    files = without_line("holidays.csv", "2026-05-04,")

    import_catalogue(files, draft_digest=draft().digest, by=AMY)

    with reading() as session:
        told = session.scalars(
            select(EventRow.facts).where(EventRow.name == "approvals.events.catalogue:CalendarChanged")
        )
        assert list(told) == ['{"year":2026}']


def test_a_file_under_another_name_is_known_by_its_headings():
    files, faults = unpack("部门 (1).csv", shipped_files()["departments.csv"])

    assert list(files) == ["departments.csv"]
    assert not faults


def test_a_file_nobody_knows_is_named_with_the_files_there_are():
    files, (fault,) = unpack("photo.csv", b"a,b,c\n1,2,3\n")

    assert not files
    assert fault.facts["file"] == "photo.csv"
    assert "steps.csv" in fault.facts["known"]


def test_nothing_sent_is_said_so():
    assert len(unpack("", b"")[1]) == 1


def test_a_zip_that_unfolds_into_more_than_it_may_is_refused_before_it_does():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("steps.csv", b"0" * (LARGEST_UPLOAD_BYTES + 1))

    files, (fault,) = unpack("bomb.zip", packed.getvalue())

    assert not files
    assert "MiB" in str(fault)


def test_a_broken_zip_is_said_to_be_one():
    files, (fault,) = unpack("catalogue.zip", pack(shipped_files())[:-200])

    assert not files
    assert "ZIP" in str(fault)


def test_what_an_operating_system_packs_along_is_left_aside():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("catalogue/departments.csv", shipped_files()["departments.csv"])
        archive.writestr("__MACOSX/catalogue/._departments.csv", b"x")
        archive.writestr("catalogue/.DS_Store", b"x")

    files, faults = unpack("catalogue.zip", packed.getvalue())

    assert list(files) == ["departments.csv"]
    assert not faults


def test_declining_the_shipped_files_is_remembered(catalogue_office):
    decline_shipped(by=SYSTEM)

    with reading() as session:
        assert queries.draft_state(session).shipped_digest == shipped_catalogue().digest


def test_the_shipped_files_read_without_a_fault():
    assert read_files(shipped_files()).faults == ()
