from __future__ import annotations

import pytest

from retrieval.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ما مرتبة لونغ آن؟", "ar"),
        ("كم؟", "ar"),
        ("وفي خان هوا؟", "ar"),
        ("شو عاصمة فرنسا", "ar"),
        ("ما هو VNeID؟", "ar"),
        ("أين يقع Energiprojekt AB؟", "ar"),
        ("من هو رئيس گوگل؟", "ar"),
        ("What is the rank of Long An?", "en"),
        ("Quel est le rang de Long An en 2022 ?", "fr"),
        ("Long An xếp hạng bao nhiêu năm 2022?", "vi"),
        ("تعداد مدارس در هانوی چند است؟", "fa"),
        ("لانگ آن کی درجہ بندی کیا ہے؟", "ur"),
        ("Привет, как дела?", "ru"),
        ("首都是什么", "zh"),
        ("123 ٤٥٦ %", None),
        ("😀 🎉", None),
        ("", None),
        ("ـــ ؟!", None),
    ],
)
def test_tells_the_language_of_a_question(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_says_the_same_every_time() -> None:
    assert {language_of("پایتخت فرانسه کجاست") for _ in range(20)} == {"fa"}
