"""SM2 signatures over a list of files, judged by OpenSSL too."""

import subprocess

import pytest

from documents.press import sm2

MANIFEST = "e3b0c442  data/01_立项申请.pdf\n".encode()


def openssl(*arguments, given=b""):
    return subprocess.run(["openssl", *arguments], input=given, capture_output=True)


def openssl_says(folder, message, der, pem):
    """Whether OpenSSL, which shares no code with ours, takes a signature."""
    for name, content in (("message", message), ("signature", der), ("public.pem", pem.encode())):
        (folder / name).write_bytes(content)
    answer = openssl(
        "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
        "-pubin", "-inkey", folder / "public.pem",
        "-in", folder / "message", "-sigfile", folder / "signature",
    )  # fmt: skip
    return answer.returncode == 0


def signed(manifest=MANIFEST, private=None):
    told = private or sm2.new_private()
    return sm2.sign_manifest(manifest, told, signer="青禾县帮代办中心", signed_at="2026-04-15T01:00:00Z")


def test_openssl_takes_our_signature_and_refuses_it_for_one_byte_more(tmp_path):
    made = signed()

    assert openssl_says(tmp_path, MANIFEST, made.der, sm2.public_pem(made.public))
    assert not openssl_says(tmp_path, MANIFEST + b"\n", made.der, sm2.public_pem(made.public))


def test_we_take_a_signature_openssl_made(tmp_path):
    (tmp_path / "key.pem").write_bytes(openssl("genpkey", "-algorithm", "SM2").stdout)
    (tmp_path / "message").write_bytes(MANIFEST)
    der = openssl(
        "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
        "-inkey", tmp_path / "key.pem", "-in", tmp_path / "message",
    ).stdout  # fmt: skip
    spki = openssl("pkey", "-in", tmp_path / "key.pem", "-pubout", "-outform", "DER").stdout
    public = spki[-65:].hex()

    assert sm2.is_signed(MANIFEST, der, public)
    assert not sm2.is_signed(MANIFEST.replace(b"e3", b"e4"), der, public)


@pytest.mark.parametrize("beginning", ["0", "4", "04", "00"])
def test_a_public_key_that_begins_with_0_or_4_is_kept_whole(tmp_path, beginning):
    """gmssl strips those digits from a key it is given: one key in eight would not verify."""
    privates = (f"{number:064x}" for number in range(1, 2000))
    private = next(one for one in privates if sm2.public_of(one)[2:].startswith(beginning))

    made = signed(private=private)

    assert sm2.is_signed(MANIFEST, made.der, made.public)
    assert openssl_says(tmp_path, MANIFEST, made.der, sm2.public_pem(made.public))


def test_the_same_list_is_signed_the_same_each_time_and_another_one_with_another_number():
    private = sm2.new_private()

    first, again, other = signed(private=private), signed(private=private), signed(b"other", private)

    assert first == again
    assert sm2.decode_dss_signature(first.der)[0] != sm2.decode_dss_signature(other.der)[0]


def test_a_signature_with_r_or_s_out_of_range_is_refused():
    made = signed()
    noughts = bytes.fromhex("3006020100020100")

    assert not sm2.is_signed(MANIFEST, noughts, made.public)
    assert not sm2.is_signed(MANIFEST, b"no DER", made.public)


def test_the_file_that_goes_along_says_who_signed_and_is_read_back():
    made = signed()

    text = made.as_text()

    assert "Signer: 青禾县帮代办中心" in text
    assert sm2.read_signature(text) == made


@pytest.mark.parametrize("broken", ["", "Signer: a\n", "-----BEGIN SM2 SIGNATURE-----\n!!\n"])
def test_a_file_that_is_no_signature_is_said_to_be_none(broken):
    with pytest.raises(sm2.SignatureUnreadable):
        sm2.read_signature(broken)
