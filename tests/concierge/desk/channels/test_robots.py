"""Robots post signed texts to the office's group and mention who is meant."""

import base64
import hashlib
import hmac

import pytest

from concierge.desk.channels.outgoing import NotTaken
from concierge.desk.channels.robots import DingTalk, Feishu, WeCom

SECRET = "SECwheat"  # noqa: S105  (of the test's own robot)


def _signed(key, text):
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def test_dingtalk_hears_a_signed_text_that_mentions_the_number(a_service, message):
    service = a_service((200, {"errcode": 0, "errmsg": "ok"}))

    DingTalk(address=f"{service.address}/robot/send?access_token=abc", secret=SECRET).send(
        message(to="13800000000")
    )

    heard = service.heard[0]
    assert heard.raw_query.startswith("access_token=abc&")
    assert heard.query["sign"] == _signed(SECRET, f"{heard.query['timestamp']}\n{SECRET}")
    assert len(heard.query["timestamp"]) == 13  # milliseconds
    assert heard.facts["msgtype"] == "text"
    assert heard.facts["at"] == {"atMobiles": ["13800000000"], "isAtAll": False}
    assert heard.facts["text"]["content"] == "帮代办：2条提醒\n施工许可：补正已到\n详见系统。\n@13800000000"


def test_dingtalk_says_why_it_did_not_take_a_message(a_service, message):
    service = a_service((200, {"errcode": 310000, "errmsg": "sign not match"}))

    with pytest.raises(NotTaken) as refused:
        DingTalk(address=service.address, secret=SECRET).send(message(to="13800000000"))

    assert refused.value.why == "310000 sign not match"


def test_wecom_hears_a_text_that_mentions_the_number(a_service, message):
    service = a_service((200, {"errcode": 0, "errmsg": "ok"}))

    WeCom(address=f"{service.address}/cgi-bin/webhook/send?key=693a91f6").send(message(to="13800000000"))

    heard = service.heard[0]
    assert heard.path == "/cgi-bin/webhook/send"
    assert heard.query == {"key": "693a91f6"}
    assert heard.facts == {
        "msgtype": "text",
        "text": {
            "content": "帮代办：2条提醒\n施工许可：补正已到\n详见系统。",
            "mentioned_mobile_list": ["13800000000"],
        },
    }


def test_wecom_asks_for_a_pause_and_gets_it(a_service, message):
    service = a_service((200, {"errcode": 45009, "errmsg": "api freq out of limit"}))

    with pytest.raises(NotTaken) as refused:
        WeCom(address=service.address).send(message(to="13800000000"))

    assert refused.value.why == "45009 api freq out of limit"


def test_feishu_hears_a_signed_text_that_mentions_the_person(a_service, message):
    service = a_service((200, {"code": 0, "msg": "success"}))
    who = "ou_" + "0a" * 16

    Feishu(address=f"{service.address}/open-apis/bot/v2/hook/x", secret=SECRET).send(message(to=who))

    facts = service.heard[0].facts
    assert facts["sign"] == _signed(f"{facts['timestamp']}\n{SECRET}", "")
    assert len(facts["timestamp"]) == 10  # seconds
    assert facts["msg_type"] == "text"
    assert facts["content"]["text"].endswith(f'\n<at user_id="{who}"></at>')


def test_a_tag_in_a_text_mentions_nobody_in_feishu(a_service, message):
    service = a_service((200, {"code": 0, "msg": "success"}))

    Feishu(address=service.address).send(message(to="ou_x", text='<at user_id="all">everybody</at>'))

    assert '<at user_id="all">' not in service.heard[0].facts["content"]["text"]


def test_feishu_says_why_it_did_not_take_a_message(a_service, message):
    service = a_service((200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}))

    with pytest.raises(NotTaken) as refused:
        Feishu(address=service.address, secret=SECRET).send(message(to="ou_x"))

    assert refused.value.why.startswith("19021 sign match fail")


def test_an_address_never_shows_where_a_channel_is_printed():
    for robot in (
        DingTalk(address="https://robots.example.org/?access_token=abc"),
        WeCom(address="https://robots.example.org/?key=abc"),
    ):
        assert "abc" not in repr(robot)
