"""Mail goes out over real SMTP: in one piece, over TLS, under one number, refused with the server's words."""

import datetime
import ipaddress
import ssl
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from concierge.desk.channels.mail import Mail
from concierge.desk.channels.outgoing import AddressRefused, NotTaken
from tests.concierge.desk.channels.conftest import only

OFFICE = {"user": "office", "password": "wheat"}
WRONG = {"user": "office", "password": "barley"}


def _mail(port, **said):
    usual = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "concierge@example.org"}
    return Mail(**usual | said)


def _read(postman):
    return message_from_bytes(postman.mails[0].content, policy=policy.default)


@pytest.fixture
def papers(tmp_path, monkeypatch):
    """A certificate for 127.0.0.1 that this test trusts, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    own = tmp_path / "own.pem"
    own.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)

    def trust():
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))

    return context, trust


def test_a_mail_arrives_as_it_was_written(a_mail_house, message):
    postman, port = a_mail_house()

    reference = _mail(port).send(message())

    mail = _read(postman)
    assert postman.mails[0].rcpt_tos == ["he.jia@example.org"]
    assert str(make_header(decode_header(mail["Subject"]))) == "帮代办：2条提醒"
    assert mail.get_content().replace("\r\n", "\n") == "施工许可：补正已到\n详见系统。\n"
    assert mail["Message-ID"] == reference == "<m7-20260415@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_same_message_has_the_same_number_at_every_attempt(a_mail_house, message):
    _, port = a_mail_house()

    assert _mail(port).send(message()) == _mail(port).send(message(text="again"))


def test_a_line_break_in_a_subject_adds_no_header(a_mail_house, message):
    postman, port = a_mail_house()

    _mail(port).send(message(subject="Hello\r\nBcc: everybody@example.com"))

    assert _read(postman)["Bcc"] is None
    assert _read(postman)["Subject"] == "Hello Bcc: everybody@example.com"


def test_mail_goes_by_tls_and_with_our_account(a_mail_house, message, papers):
    context, trust = papers
    postman, port = a_mail_house(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=only("office", "wheat")
    )
    trust()

    _mail(port, security="starttls", **OFFICE).send(message())

    assert postman.mails[0].by_tls
    assert postman.mails[0].login == "office"


def test_a_server_whose_certificate_is_unknown_hears_no_password(a_mail_house, message, papers):
    context, _ = papers
    postman, port = a_mail_house(tls_context=context, require_starttls=True)

    with pytest.raises(NotTaken) as refused:
        _mail(port, security="starttls", **OFFICE).send(message())

    assert "CERTIFICATE_VERIFY_FAILED" in refused.value.why
    assert not postman.mails


def test_a_wrong_password_is_said_in_the_servers_words_and_never_repeated(a_mail_house, message, papers):
    context, trust = papers
    _, port = a_mail_house(tls_context=context, auth_required=True, authenticator=only("office", "wheat"))
    trust()

    with pytest.raises(NotTaken) as refused:
        _mail(port, security="starttls", **WRONG).send(message())

    assert refused.value.why.startswith("535 ")
    assert "barley" not in refused.value.why


def test_a_recipient_refused_for_good_is_not_tried_again(a_mail_house, message):
    postman, port = a_mail_house()
    postman.refused["he.jia@example.org"] = "550 no such mailbox"

    with pytest.raises(AddressRefused) as refused:
        _mail(port).send(message())

    assert refused.value.why == "550 no such mailbox"


def test_a_full_mailbox_is_tried_again(a_mail_house, message):
    postman, port = a_mail_house()
    postman.refused["he.jia@example.org"] = "452 mailbox full"

    with pytest.raises(NotTaken) as refused:
        _mail(port).send(message())

    assert refused.value.why == "452 mailbox full"


def test_a_server_that_is_not_there_is_tried_again(a_service, message):
    service = a_service((200, {}))  # something listens there, but speaks no SMTP

    with pytest.raises(NotTaken):
        _mail(1).send(message())

    assert service.heard == []
