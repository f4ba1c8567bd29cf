"""Mails as Chinese and other programs write them: charsets, files, threads, machines, damage."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.mail import case_numbers_in, read_mail, without_quotes

PLAIN = b"From: %s\r\nSubject: %s\r\nMessage-ID: <a@example.com>\r\n%s\r\n\r\n%s\r\n"


def plain(
    *,
    sender: bytes = b"a@example.com",
    subject: bytes = b"x",
    more: bytes = b"MIME-Version: 1.0",
    body: bytes = b"x",
) -> bytes:
    return PLAIN % (sender, subject, more, body)


def encoded(text: str, charset: str) -> bytes:
    return f"=?{charset}?B?{base64.b64encode(text.encode('gb18030')).decode()}?=".encode()


@pytest.mark.parametrize("named", ["gb2312", "GBK", "gb18030", '"gb2312"'])
def test_what_is_called_gb2312_is_read_as_gb18030_which_holds_it(named):
    words = "喆字在镕基小区㙟"  # 喆, 镕 and 㙟 are not in GB2312
    raw = plain(
        subject=encoded("燃气㙟", named.strip('"')),
        more=b"Content-Type: text/plain; charset=" + named.encode(),
        body=words.encode("gb18030"),
    )

    mail = read_mail(raw)

    assert (mail.subject, mail.words) == ("燃气㙟", words)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_without_any_charset_are_guessed(encoding):
    raw = plain(subject="缴费".encode(encoding), body="怎么缴费，在哪里缴".encode(encoding))

    mail = read_mail(raw)

    assert (mail.subject, mail.words) == ("缴费", "怎么缴费，在哪里缴")


def test_a_charset_that_nobody_knows_is_guessed():
    raw = plain(more=b"Content-Type: text/plain; charset=klingon", body="你好".encode())

    assert read_mail(raw).words == "你好"


def test_a_subject_cut_in_the_middle_of_a_character_is_whole_again():
    whole = "燃气费用咨询".encode("gb18030")
    words = [base64.b64encode(part).decode() for part in (whole[:5], whole[5:])]
    subject = "\r\n ".join(f"=?gb2312?B?{word}?=" for word in words).encode()

    assert read_mail(plain(subject=subject)).subject == "燃气费用咨询"


def test_name_address_and_files_are_told_apart_from_the_words():
    message = EmailMessage()
    message["From"] = "王 立新 <wang@example.com>"
    message["Subject"] = "报装"
    message.set_content("请看附件")
    message.add_alternative("<p>请看<b>附件</b></p>", subtype="html")
    message.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="房产证.pdf"
    )

    mail = read_mail(message.as_bytes())

    assert (mail.sender_name, mail.sender) == ("王 立新", "wang@example.com")
    assert mail.words == "请看附件"
    assert [(file.name, file.content) for file in mail.files] == [("房产证.pdf", b"%PDF-1.4")]


def test_a_page_without_plain_text_is_read_without_its_marks_and_scripts():
    html = "<style>p{}</style><p>第一行</p><div>第二行<br>第三行</div><script>alert(1)</script>"
    raw = plain(more=b"Content-Type: text/html; charset=utf-8", body=html.encode())

    assert read_mail(raw).words.split() == ["第一行", "第二行", "第三行"]


def test_a_mail_in_a_mail_is_a_file():
    inner = EmailMessage()
    inner["Subject"] = "原信"
    inner.set_content("原来的话")
    outer = EmailMessage()
    outer["From"] = "a@example.com"
    outer.set_content("转给你们")
    outer.add_attachment(inner)

    mail = read_mail(outer.as_bytes())

    assert mail.words == "转给你们"
    assert len(mail.files) == 1


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (b"Auto-Submitted: auto-replied", "auto_submitted"),
        (b"X-Autoreply: yes", "auto_submitted"),
        (b"X-Auto-Response-Suppress: All", "auto_submitted"),
        (b"Return-Path: <>", "bounce"),
        (b"Content-Type: multipart/report; boundary=x", "bounce"),
        (b"List-Id: <news.example.com>", "list"),
        (b"Precedence: bulk", "bulk"),
        (b"Auto-Submitted: no", ""),
    ],
)
def test_what_a_machine_wrote_says_so(header, why):
    assert read_mail(plain(more=header)).automatic == why


@pytest.mark.parametrize("sender", [b"MAILER-DAEMON@example.com", b"no-reply@bank.example"])
def test_some_addresses_are_machines(sender):
    assert read_mail(plain(sender=sender)).automatic == "machine"


def test_the_same_mail_by_two_ways_has_one_key_and_another_mail_another():
    first = plain(body=b"one")
    relayed = b"Received: by relay.example.com\r\n" + first
    same_id = plain(body=b"two")

    assert read_mail(first).key == read_mail(relayed).key
    assert read_mail(first).key != read_mail(same_id).key  # a program that gives every mail one id


def test_a_mail_names_those_it_answers():
    more = (
        b"In-Reply-To: <one@example.com>\r\nReferences: <zero@example.com>\r\n <one@example.com>"
    )

    assert read_mail(plain(more=more)).references == ("<one@example.com>", "<zero@example.com>")


def test_case_numbers_are_found_in_a_subject():
    assert case_numbers_in("回复：答复（20261009-0031）") == ("20261009-0031",)
    assert case_numbers_in("电话 138000012345678-00311") == ()


@pytest.mark.parametrize(
    "quote", ["> 家里闻到燃气味", "-----原始邮件-----", "发件人：客服", "On Friday he wrote:"]
)
def test_what_is_quoted_is_not_said_anew(quote):
    assert without_quotes(f"已经修好了，谢谢\n\n{quote}\n家里漏气") == "已经修好了，谢谢"


def test_parts_nested_without_end_do_not_stop_the_reader():
    raw = b"From: a@example.com\r\n"
    for depth in range(3000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)

    assert read_mail(raw + b"\r\nx").key


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reader(raw):
    mail = read_mail(raw)

    assert len(mail.key) == 64
    assert "\x00" not in mail.words + mail.subject + mail.sender_name


@given(
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=b\r\n",
                b"Content-Type: text/plain; charset=utf-16\r\n",
                b"Content-Transfer-Encoding: base64\r\n",
                b"Content-Disposition: attachment; filename*=utf-8''%E7\r\n",
                b"From: =?gb2312?B?zfXA?= <x@\r\n",
                b"Subject: =?utf-8?Q?=E7=?=\r\n",
                b"\r\n",
                b"--b\r\n",
                b"--b--\r\n",
                b"\xb9\xe3\xff",
            ]
        ),
        max_size=12,
    )
)
def test_no_pieces_of_mails_stop_the_reader(pieces):
    assert read_mail(b"".join(pieces)).key
