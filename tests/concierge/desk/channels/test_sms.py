"""SMS are signed as the provider publishes it, carry no more than the template holds, and fail by name."""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from concierge.desk.channels.outgoing import AddressRefused, NotTaken
from concierge.desk.channels.sms import AliyunSms, signed_headers
from concierge.desk.rules.channels import MessageKind

TAKEN = {"Code": "OK", "Message": "OK", "BizId": "900619746936498440^0", "RequestId": "F655A8D5"}
SECRET = "wheat-secret"  # noqa: S105  (of the test's own account)


def _sms(service, **said):
    usual = {
        "endpoint": service.address,
        "access_key": "LTAItest",
        "access_secret": SECRET,
        "sign": "青禾县帮代办",
        "templates": {MessageKind.PROMPT: "SMS_154950909"},
    }
    return AliyunSms(**usual | said)


def test_the_published_example_has_the_published_signature():
    headers = signed_headers(
        "RunInstances",
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
        host="ecs.cn-shanghai.aliyuncs.com",
        key=("YourAccessKeyId", "YourAccessKeySecret"),
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
        version="2014-05-26",
    )

    assert headers["Authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def _signature_of(heard):
    """What the service itself finds the signature should be, from nothing but what it heard."""
    names = re.search(r"SignedHeaders=([^,]+)", heard.headers["authorization"])[1].split(";")
    query = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in sorted(heard.query.items()))
    lines = "".join(f"{name}:{heard.headers[name]}\n" for name in names)
    digest = hashlib.sha256(heard.body).hexdigest()
    asked = f"POST\n{heard.path}\n{query}\n{lines}\n{';'.join(names)}\n{digest}"
    told = "ACS3-HMAC-SHA256\n" + hashlib.sha256(asked.encode()).hexdigest()
    return hmac.new(SECRET.encode(), told.encode(), hashlib.sha256).hexdigest()


def test_the_service_can_check_what_it_hears(a_service, message):
    service = a_service((200, TAKEN))

    reference = _sms(service).send(
        message(to="13800000000", short={"count": "2", "what": "施工许可", "due": "4月17日"})
    )

    heard = service.heard[0]
    assert reference == "900619746936498440^0"
    assert heard.headers["authorization"].endswith(_signature_of(heard))
    assert heard.headers["x-acs-action"] == "SendSms"
    assert heard.headers["x-acs-version"] == "2017-05-25"
    assert heard.query["PhoneNumbers"] == "13800000000"
    assert heard.query["SignName"] == "青禾县帮代办"
    assert heard.query["TemplateCode"] == "SMS_154950909"
    assert heard.query["OutId"] == "m7-20260415"
    assert json.loads(heard.query["TemplateParam"]) == {"count": "2", "what": "施工许可", "due": "4月17日"}


def test_no_free_text_leaves_by_sms(a_service, message):
    service = a_service((200, TAKEN))

    _sms(service).send(message(to="13800000000", text="华美食品有限公司 王工 13911112222"))

    assert "王工" not in service.heard[0].raw_query
    assert quote("王工") not in service.heard[0].raw_query


def test_a_value_is_cut_to_what_a_template_holds(a_service, message):
    service = a_service((200, TAKEN))

    _sms(service).send(message(to="13800000000", short={"what": "长" * 80}))

    assert json.loads(service.heard[0].query["TemplateParam"])["what"] == "长" * 35


def test_two_questions_never_carry_the_same_nonce(a_service, message):
    service = a_service((200, TAKEN))

    for _ in range(2):
        _sms(service).send(message(to="13800000000"))

    first, second = (heard.headers["x-acs-signature-nonce"] for heard in service.heard)
    assert first != second


def test_a_number_that_is_none_is_not_tried_again(a_service, message):
    service = a_service((200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "非法手机号"}))

    with pytest.raises(AddressRefused) as refused:
        _sms(service).send(message(to="13800000000"))

    assert refused.value.why == "200 isv.MOBILE_NUMBER_ILLEGAL 非法手机号"


def test_too_many_at_once_and_a_wrong_signature_are_tried_again(a_service, message):
    service = a_service(
        (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发小时级流控"}),
        (400, {"Code": "SignatureDoesNotMatch", "Message": "Specified signature is not matched"}),
    )

    for expected in ("isv.BUSINESS_LIMIT_CONTROL", "SignatureDoesNotMatch"):
        with pytest.raises(NotTaken) as refused:
            _sms(service).send(message(to="13800000000"))
        assert expected in refused.value.why
        assert SECRET not in refused.value.why


def test_a_kind_without_a_template_is_named(a_service, message):
    service = a_service((200, TAKEN))

    with pytest.raises(NotTaken) as refused:
        _sms(service).send(message(to="13800000000", kind=MessageKind.CODE))

    assert "code" in refused.value.why
    assert service.heard == []


def test_an_answer_that_is_no_json_and_no_answer_at_all_are_tried_again(a_service, message):
    service = a_service((502, b"<html>Bad Gateway</html>"))

    with pytest.raises(NotTaken) as refused:
        _sms(service).send(message(to="13800000000"))
    with pytest.raises(NotTaken) as silent:
        _sms(service, endpoint="http://127.0.0.1:1").send(message(to="13800000000"))

    assert refused.value.why == "status 502, and no JSON object in it"
    assert silent.value.why.startswith("no answer")


def test_a_service_that_sends_us_elsewhere_is_not_followed(a_service, message):
    elsewhere = a_service((200, TAKEN))
    service = a_service((302, elsewhere.address.encode()))

    with pytest.raises(NotTaken):
        _sms(service).send(message(to="13800000000"))

    assert elsewhere.heard == []
