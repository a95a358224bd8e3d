import pytest

from broadsheet.readers.encodings import NotTextError, decode

SENTENCE = "“It’s raining,” said the café’s owner – twice. The naïve façade cost €5, he added; señor Muñoz agreed. "


def test_utf_8_is_never_detected():
    assert decode(SENTENCE.encode()).detected is False


@pytest.mark.parametrize(("codec", "name"), [("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be"), ("utf-8", "utf-8")])
def test_a_byte_order_mark_decides(codec, name):
    assert decode(("\ufeff" + SENTENCE).encode(codec)) == (SENTENCE, name, False)


def test_windows_1252_is_detected_and_said():
    assert decode((SENTENCE * 3).encode("cp1252")) == (SENTENCE * 3, "windows-1252", True)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)),
        b"\x01\x02\x03\x04 text",
        b"\xff\xfeh",
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotTextError):
        decode(data)
