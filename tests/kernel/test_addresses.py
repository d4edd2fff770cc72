"""Numbers and mail addresses as people type them, as they are kept, and as a list shows them."""

import pytest

from concierge.kernel.addresses import address_hint, is_mobile, is_phone, mail_of, mobile_of


@pytest.mark.parametrize(
    "typed",
    [
        "13800006620",
        "138 0000 6620",
        "138-0000-6620",
        "+86 138 0000 6620",
        "+86-13800006620",
        "0086 138 0000 6620",
        "86 13800006620",
        "(+86) 138　0000　6620",
        "（86）13800006620",
    ],
)
def test_a_mobile_number_is_one_number_however_it_is_typed(typed):
    assert mobile_of(typed) == "13800006620"


@pytest.mark.parametrize(
    "typed",
    ["", "12800006620", "1380000662", "138000066200", "0431-88001234", "+1 13800006620", "861380000"],
)
def test_what_is_no_mobile_number_is_none(typed):
    assert mobile_of(typed) == ""


def test_a_number_that_begins_like_the_country_is_left_alone():
    assert mobile_of("18600006620") == "18600006620"


@pytest.mark.parametrize("typed", ["12345", "0431-8800 1234", "+86 (0431) 88001234", "（0431）88001234"])
def test_a_telephone_number_is_one_that_can_be_called(typed):
    assert is_phone(typed)


@pytest.mark.parametrize("typed", ["", "12", "call the hall", "8800１２３４", "9" * 21])
def test_what_cannot_be_called_is_no_telephone_number(typed):
    assert not is_phone(typed)


@pytest.mark.parametrize("typed", ["wu@example.org", " he.jia+b@mail.example.gov.cn "])
def test_a_mail_address_is_kept_without_what_stands_around_it(typed):
    assert mail_of(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["", "wu@", "@example.org", "wu example.org", f"{'w' * 250}@example.org"])
def test_what_is_no_mail_address_is_none(typed):
    assert mail_of(typed) == ""


def test_a_list_shows_too_little_of_an_address_to_use_it():
    assert address_hint("he.jia@example.org") == "he…@example.org"
    assert address_hint("13812345678") == "138…5678"
    assert address_hint("") == ""
    assert is_mobile("13812345678")
    assert not is_mobile("138 1234 5678")  # not as it is kept
