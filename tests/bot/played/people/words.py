"""What people ask in the plays, and what the bot says."""

from __future__ import annotations

from bot.phrases import PhraseName, phrases

ARABIC = phrases("ar", isolates=False)
SPENT = "كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟"
FOLLOW_UP = "وماذا عن 2023؟"
UNDERSTOOD = "فهمتُ: كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2023؟"
RANK = "ما تصنيف الحكومة الرقمية في خانه هوا؟"
WHOLE = "المقاطع كاملة في الخاص"


def says(name: PhraseName) -> str:
    return ARABIC.say(name)


def is_answer_to_spent(text: list[str]) -> bool:
    return any("93.21٪" in each for each in text)
