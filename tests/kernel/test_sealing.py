"""Sealed files: the same content comes out, and no byte of them can be changed, moved or left out unseen."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.kernel.sealing import TAG_BYTES, Key, SealBroken, SealedWithOtherKey, opened, sealed

KEY = Key(b"k" * 40)
HEADER_BYTES = 32  # 4 of the mark, 8 of the key's name, 16 of salt, 4 of the chunk's size


def seal(content, chunk_bytes=16):
    return b"".join(sealed(BytesIO(content), KEY, chunk_bytes=chunk_bytes))


def open_(content, **facts):
    return b"".join(opened([content], [KEY], **facts))


@settings(deadline=None)
@given(content=st.binary(max_size=200), chunk_bytes=st.integers(1, 70), cuts=st.lists(st.integers(1, 50)))
def test_what_was_sealed_comes_out_however_it_is_cut(content, chunk_bytes, cuts):
    closed = seal(content, chunk_bytes)

    pieces, rest = [], closed
    for cut in cuts:
        pieces, rest = [*pieces, rest[:cut]], rest[cut:]
    assert b"".join(opened([*pieces, rest], [KEY])) == content


@pytest.mark.parametrize(("size", "chunks"), [(0, 1), (15, 1), (16, 1), (17, 2), (32, 2), (33, 3)])
def test_each_chunk_costs_one_tag_and_a_full_last_chunk_brings_no_empty_one(size, chunks):
    assert len(seal(b"x" * size)) == HEADER_BYTES + size + chunks * TAG_BYTES


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=80), place=st.integers(min_value=0), change=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_refused(content, place, change):
    closed = bytearray(seal(content))
    closed[place % len(closed)] ^= change

    with pytest.raises((SealBroken, SealedWithOtherKey)):
        open_(bytes(closed))


@settings(deadline=None)
@given(content=st.binary(max_size=80), left=st.integers(min_value=0))
def test_a_file_cut_off_anywhere_is_refused(content, left):
    closed = seal(content)

    with pytest.raises(SealBroken):
        open_(closed[: left % len(closed)])


def test_chunks_changed_about_left_out_or_added_are_refused():
    closed = seal(b"a" * 16 + b"b" * 16 + b"c" * 16)
    header, size = closed[:HEADER_BYTES], 16 + TAG_BYTES
    a, b, c = (closed[HEADER_BYTES + n * size :][:size] for n in range(3))
    assert open_(header + a + b + c) == b"a" * 16 + b"b" * 16 + b"c" * 16

    for forged in (b + a + c, a + c, a + b, a + b + c + c, b + c):
        with pytest.raises(SealBroken):
            open_(header + forged)


def test_nothing_of_a_damaged_chunk_is_given_out_before_it_is_proved():
    closed = bytearray(seal(b"a" * 16 + b"b" * 16))
    closed[-1] ^= 1
    plain = opened([bytes(closed)], [KEY])

    assert next(plain) == b"a" * 16  # whole, and proved
    with pytest.raises(SealBroken):
        next(plain)


def test_the_same_content_is_sealed_differently_each_time_and_nothing_of_it_shows():
    first, second = seal(b"business licence" * 4), seal(b"business licence" * 4)

    assert first != second
    assert b"licence" not in first


def test_a_file_under_the_name_of_another_is_refused():
    name = KEY.name_of(hashlib.sha256(b"the permit").digest())

    assert open_(seal(b"the permit"), name=name) == b"the permit"
    with pytest.raises(SealBroken):
        open_(seal(b"another permit"), name=name)


def test_an_earlier_key_still_opens_what_it_sealed_and_an_unknown_one_is_named():
    new = Key(b"n" * 40)
    closed = seal(b"filed last year")

    assert b"".join(opened([closed], [new, KEY])) == b"filed last year"
    with pytest.raises(SealedWithOtherKey) as refused:
        list(opened([closed], [new]))
    assert refused.value.key_id == KEY.id.hex()


def test_names_say_nothing_of_the_content_to_whoever_has_no_key():
    digest = hashlib.sha256(b"a document somebody knows").digest()

    assert KEY.name_of(digest) == KEY.name_of(digest)
    assert KEY.name_of(digest) not in (digest.hex(), Key(b"o" * 40).name_of(digest))
