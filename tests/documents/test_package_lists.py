"""The list of contents as PDF inside a package: printed once, and no department waits for a printer."""

import io
import zipfile
from dataclasses import replace

from sqlalchemy import select

from concierge.kernel import jobs, storage
from concierge.kernel.db import db
from documents.models.printed import PrintedRow
from documents.rules.packages import PackageState
from documents.services.build_package import build, plan_of
from documents.services.request_package import request_package
from tests.documents.test_packages import _made, _package, amy, complete, hand_in, step  # noqa: F401  (fixtures)

PDF, WORD = "data/目录.pdf", "data/目录.docx"


def _names(key):
    with zipfile.ZipFile(io.BytesIO(b"".join(storage.fetch(key)))) as archive:
        return set(archive.namelist())


def test_the_printed_list_is_in_the_package_and_the_same_bytes_again(complete, amy, county):  # noqa: F811  (by its name)
    package_id = request_package(complete.id, by=amy.actor)
    with db.session() as session:
        plan = plan_of(session, package_id)
    first = build(plan)
    jobs.run_due()

    row = _package(package_id)
    listed = b"".join(storage.fetch(row.list_key))
    with zipfile.ZipFile(io.BytesIO(b"".join(storage.fetch(row.key)))) as archive:
        assert archive.read(PDF) == listed
        assert WORD in archive.namelist()
    assert listed.startswith(b"%PDF-")
    assert len(listed) == row.list_size_bytes
    assert first.stored.sha256 == row.sha256  # built twice, printed twice
    assert len(county.asked(select(PrintedRow))) == 1


def test_without_a_printer_the_package_goes_with_its_word_list(complete, amy, without_printer):  # noqa: F811  (by its name)
    row = _made(complete, amy)

    assert (row.state, row.list_key) == (PackageState.READY, None)
    assert WORD in _names(row.key)
    assert PDF not in _names(row.key)


def test_a_printer_that_falls_over_keeps_no_package_back(complete, amy, county, tmp_path):  # noqa: F811  (by its name)
    program = tmp_path / "soffice"
    program.write_text(
        "#!/bin/sh\ncase $1 in --version) echo LibreOffice;; *) exit 1;; esac\n", encoding="utf-8"
    )
    program.chmod(0o755)
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = replace(settings, soffice=str(program))

    row = _made(complete, amy)

    assert (row.state, row.list_key) == (PackageState.READY, None)
    assert PDF not in _names(row.key)
