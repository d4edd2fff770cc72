"""A printed letter, a certificate authority and keys of its own, for tests of seals."""

import datetime
import subprocess
from dataclasses import dataclass

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from documents.press.pdf import settled
from documents.press.seal import Application
from documents.press.seal_keys import read_key_file
from documents.press.seal_place import place_of_seal
from documents.press.seal_stamp import trial_stamp
from tests.documents.printing.conftest import machine  # noqa: F401  (a fixture of theirs)
from tests.documents.printing.words_made import MADE_AT, a_word_file

OFFICE = "青禾县帮代办服务中心"
FIRST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
LAST = datetime.datetime(2060, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Authority:
    """A certificate authority that lives as long as the tests."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def issues(self, name, *, for_timestamps=False, first=FIRST, last=LAST):
        """A key and its certificate."""
        curve, bits = ec.SECP256R1(), 2048  # the timestamp server of the tests knows RSA only
        key = rsa.generate_private_key(65537, bits) if for_timestamps else ec.generate_private_key(curve)
        made = _begun(name, self.certificate.subject, key, first, last).add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        made = made.add_extension(_usage(), critical=True)
        if for_timestamps:
            stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(stamping, critical=True)
        return key, made.sign(self.key, hashes.SHA256())

    def issues_file(self, name, password="", **how):
        """A .p12 as an authority hands it out."""
        key, own = self.issues(name, **how)
        shut = (
            serialization.BestAvailableEncryption(password.encode())
            if password
            else serialization.NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(b"seal", key, own, [self.certificate], shut)


def _begun(name, issuer, key, first, last):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )


def _usage(*, signs_certificates=False):
    return x509.KeyUsage(
        digital_signature=not signs_certificates, content_commitment=not signs_certificates,
        key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def authority():
    key = ec.generate_private_key(ec.SECP256R1())
    begun = _begun("测试根证书", None, key, FIRST, LAST)
    made = begun.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Authority(
        key, made.add_extension(_usage(signs_certificates=True), critical=True).sign(key, hashes.SHA256())
    )


@pytest.fixture(scope="session")
def seal_key(authority):
    """The office's key, read as the screen reads it."""
    return read_key_file(authority.issues_file(OFFICE, "三生万物"), "三生万物")


@pytest.fixture(scope="session")
def letter(machine):  # noqa: F811  (the fixture by its name)
    """A printed letter with its date."""
    word = a_word_file(
        "受理通知书",
        "你单位报来的材料已收悉。",
        f"　　　　　　　　　　　{OFFICE}",
        "　　　　　　　　　　　　　　2026年4月15日",
    )
    return settled(machine.print_pages([word])[0], MADE_AT)


@pytest.fixture(scope="session")
def application(letter):
    return Application(
        pdf=letter, place=place_of_seal(letter), stamp=trial_stamp(OFFICE), office=OFFICE, reason="受理通知书"
    )


@pytest.fixture
def pdfsig_says(tmp_path, authority):
    """What pdfsig, which shares no code with ours, says of a PDF, trusting the authority alone."""
    store = tmp_path / "nss"
    store.mkdir()
    (tmp_path / "ca.pem").write_text(authority.pem)
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
    subprocess.run(
        ["certutil", "-A", "-d", f"sql:{store}", "-n", "ca", "-t", "C,C,C", "-i", tmp_path / "ca.pem"],
        check=True,
    )

    def say(pdf):
        (tmp_path / "looked-at.pdf").write_bytes(pdf)
        command = ["pdfsig", "-nssdir", store, tmp_path / "looked-at.pdf"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return say
