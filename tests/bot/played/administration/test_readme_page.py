"""The administrators' conversation in the README is what the bot sends, word for word."""

from __future__ import annotations

import re
from typing import Final

from tests.bot.played.administration.rooms import ASKED, BUILT, SCHOOLS, Room, text
from tests.bot.played.telling import stands_in_the_readme, told, visible
from tests.telegram.messages import Message
from tests.telegram.people import Person

CAPTION: Final = "المدارس الجديدة في هايفونغ\nالمكان: هايفونغ\nالتاريخ: 15 يناير 2024"
BACK: Final = "ارجع إلى النسخة \N{FIRST STRONG ISOLATE}2\N{POP DIRECTIONAL ISOLATE}"
_TIME: Final = re.compile(r"^((?:الوقت المتوقّع|استغرق التحديث): ).*")


class Told:
    """What was said so far; times are told as one second."""

    def __init__(self, office: Room, person: Person) -> None:
        self.lines: list[str] = []
        self._office = office
        self._person = person

    def says(self, said: str, message: Message) -> Message:
        """The person did something, and this message came of it."""
        shown = [_TIME.sub(r"\1ثانية واحدة", line) for line in told(message)]
        self.lines += [f"أنت: {said}", "", *shown, ""]
        return message

    def presses(self, message: Message, label: str, words: str) -> None:
        """The person pressed a button, after which the message held these words."""
        self._office.presses(self._person, message, label, words)
        self.says(f"[{visible(label)}]", message)

    def asks(self, question: str, *, reply_to: Message | None = None) -> Message:
        """The person wrote something, and the bot replied."""
        return self.says(question, self._office.stage.asks(self._person, question, reply_to=reply_to))


def test_the_administrators_conversation_in_the_readme_is_what_the_bot_sends(office: Room) -> None:
    person = office.administrator()
    tale = Told(office, person)
    card = office.card(person, text(SCHOOLS, "مدارس.txt"), caption=CAPTION)
    tale.says("مدارس.txt\n" + CAPTION, card)
    tale.presses(card, "انشر", "ما سيتغيّر")
    tale.presses(card, "ابدأ التحديث", "تمّ التحديث")
    answer = tale.asks(ASKED)
    tale.asks("/canary add", reply_to=answer)
    listed = office.stage.asks(person, "/documents")
    number = [each.name for each in office.dalil.generations.open_live().documents].index("مدارس.txt") + 1
    tale.says("/documents", listed)
    tale.presses(listed, str(number), "الملف: مدارس.txt")
    tale.presses(listed, "اسحب", "تقارير تُسحب: 1")
    tale.presses(listed, "ابدأ التحديث", "أنتظر قرارك")
    tale.presses(listed, "بدّل على أي حال", "تمّ التحديث")
    asked = tale.asks("/rollback")
    tale.presses(asked, BACK, "رجعت المكتبة")
    office.says(office.stage.asks(person, ASKED), "سبع عشرة", BUILT)
    stands_in_the_readme(tale.lines)
