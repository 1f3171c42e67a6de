"""The conversation in the README is what the bot sends, word for word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.bot.played.process import running
from tests.reports import ROOT
from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person

ASKED = (
    "السلام عليكم، كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2021؟",
    "وماذا عن 2022؟",
    "كيف أطبخ الكبسة؟",
)
_INVISIBLE = re.compile(
    "[\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}]"
)
_WIDTH = 118


def test_the_conversation_in_the_readme_is_what_the_bot_sends(
    double: Double, bot: Account, person: Person, seeds_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seeds_data, tmp_path / "data")
    lines: list[str] = []
    with running(double, bot, data):
        for question in ASKED:
            asked = person.says(question)

            def answered(to: Message = asked) -> Message | None:
                answer = person.private().last_answer
                return answer if answer is not None and answer.reply_to_id == to.id else None

            lines += [f"أنت: {question}", "", *_shown(double.wait_for(answered)), ""]
    told = "\n".join(lines).strip()
    assert told in (ROOT / "README.md").read_text(encoding="utf-8"), f"README.md lacks:\n{told}"


def _shown(message: Message) -> list[str]:
    """A message as lines: quotations in «», what is bold between **, buttons in brackets."""
    text = message.text
    for quotation in message.quotations:
        text = text.replace(quotation, f"«{quotation}»", 1)
    for bold in message.bold:
        text = text.replace(bold, f"**{bold}**", 1)
    rows = ["  ".join(f"[{button['text']}]" for button in reversed(row)) for row in message.keyboard]
    plain = _INVISIBLE.sub("", text)
    return [*(part for line in plain.split("\n") for part in _wrapped(line)), *rows]


def _wrapped(line: str) -> list[str]:
    words, lines = line.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
