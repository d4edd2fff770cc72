"""A department's package under the office's SM2 signature, judged by OpenSSL."""

import subprocess

import bagit
import pytest

from documents.press import sm2
from documents.rules.sealing import Keeper
from documents.services.build_package import build
from documents.services.keep_seal import NewSeal, make_seal
from tests.documents.sealing.test_sm2 import openssl_says
from tests.documents.test_packages import _bag, _made, amy, complete, hand_in, step  # noqa: F401  (fixtures)

SIGNATURE = "manifest-sha256.sm2.txt"
pytestmark = pytest.mark.usefixtures("without_printer")


@pytest.fixture
def seal(amy):  # noqa: F811  (the fixture by its name)
    named = {"name": "业务专用章", "office": "青禾县帮代办服务中心"}
    return make_seal(NewSeal(**named, keeper=Keeper.SOFTWARE), by=amy.actor)


def test_openssl_takes_the_office_s_signature(seal, complete, amy, tmp_path):  # noqa: F811  (by its name)
    row = _made(complete, amy)

    bag = _bag(row, tmp_path)
    told = sm2.read_signature((bag / SIGNATURE).read_text(encoding="utf-8"))
    manifest = (bag / "manifest-sha256.txt").read_bytes()
    assert told.signer == "青禾县帮代办服务中心 业务专用章"
    assert openssl_says(tmp_path, manifest, told.der, sm2.public_pem(told.public))
    assert not openssl_says(tmp_path, manifest + b"\n", told.der, sm2.public_pem(told.public))
    assert (row.signature, row.signed_by) == ((bag / SIGNATURE).read_text(encoding="utf-8"), told.signer)
    bagit.Bag(str(bag)).validate()
    subprocess.run(["sha256sum", "--quiet", "-c", "tagmanifest-sha256.txt"], cwd=bag, check=True)


def test_without_a_seal_a_package_goes_unsigned(complete, amy, tmp_path):  # noqa: F811  (by its name)
    row = _made(complete, amy)

    assert row.signature == ""
    assert not (_bag(row, tmp_path) / SIGNATURE).exists()


def test_a_signed_package_is_the_same_bytes_again(seal, complete, amy):  # noqa: F811  (by its name)
    from concierge.kernel.db import db
    from documents.models.package import PackageRow
    from documents.rules.packages import PackageState
    from documents.services.build_package import plan_of

    row = _made(complete, amy)
    with db.session() as session:
        session.get(PackageRow, row.id).state = PackageState.FAILED  # as before it was built
        session.get(PackageRow, row.id).signature = ""
        plan = plan_of(session, row.id)
        session.rollback()

    assert build(plan).stored.sha256 == row.sha256
