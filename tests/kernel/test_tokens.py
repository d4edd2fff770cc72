"""Keys in addresses: long enough, known when mistyped, kept as a keyed hash, never in a log."""

import hashlib
import math

from hypothesis import given
from hypothesis import strategies as st

from concierge.kernel.tokens import hashed, is_whole, mint, without_tokens

KEY, OTHER_KEY = "k" * 40, "l" * 40
PREFIX = "qyg_d_"
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_a_key_holds_192_random_bits_its_kind_and_a_check():
    made = mint(PREFIX, KEY)

    # 32 signs of an alphabet of 64 hold 32 x 6 = 192 bits; 6 signs of prefix and 6 of check hold none
    assert len(made.token) == 6 + 32 + 6
    assert 32 * math.log2(64) == 192
    assert made.token.startswith(PREFIX)
    assert is_whole(made.token, PREFIX)


def test_no_two_keys_are_alike():
    made = [mint(PREFIX, KEY) for _ in range(500)]

    assert len({one.token for one in made}) == len({one.handle for one in made}) == 500


@given(place=st.integers(min_value=6, max_value=43), sign=st.sampled_from(SIGNS))
def test_one_sign_read_wrongly_is_known_without_asking_the_database(place, sign):
    token = mint(PREFIX, KEY).token
    wrong = token[:place] + sign + token[place + 1 :]

    assert is_whole(wrong, PREFIX) == (wrong == token)


@given(st.text(max_size=80))
def test_whatever_stands_in_an_address_is_no_key_unless_it_was_made_here(text):
    assert not is_whole(text, PREFIX)
    assert not is_whole(PREFIX + text, PREFIX)


def test_a_key_of_another_kind_does_not_fit():
    assert not is_whole(mint("qyg_p_", KEY).token, PREFIX)


def test_what_is_kept_needs_the_systems_own_key_to_be_made():
    made = mint(PREFIX, KEY)

    assert made.token_hash == hashed(made.token, KEY)
    assert made.token_hash != hashed(made.token, OTHER_KEY)
    assert made.token_hash != hashlib.sha256(made.token.encode()).hexdigest()
    assert made.token not in made.token_hash


def test_a_key_is_not_shown_where_things_are_printed():
    made = mint(PREFIX, KEY)

    assert made.token[10:] not in repr(made)
    assert made.token == made.hint + made.token[10:]


def test_a_log_line_says_which_kind_of_key_and_nothing_of_it():
    made = mint(PREFIX, KEY)

    assert without_tokens(f"/d/{made.token}") == "/d/qyg_d_…"
    assert without_tokens("/q/7K2MPQ4RST") == "/q/…"
    assert without_tokens("/directory/guides/0123456789A") == "/directory/guides/0123456789A"
    assert without_tokens("/d/at/0123456789abcdef01") == "/d/at/0123456789abcdef01"  # a handle opens nothing
