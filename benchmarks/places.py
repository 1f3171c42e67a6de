"""Measures place awareness on made reports: 62 provinces, six indicators each told in the same words, some left out.

Every indicator is asked of every province, its name spelt in another way half of the time; and of places that no report
is of; and every province is asked about things that no report tells. Any answer to the last two is a wrong one.

    python -m benchmarks.places
"""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.building import Builder
from index.catalogue import Entry
from index.document import Extracted, Fingerprint
from index.embedders import load_embedder
from index.errors import SourceError
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.preparing import Prepared, prepare
from retrieval.answer import Answer, NotFound
from retrieval.assistant import Assistant

PROVINCES: Final = (
    """
آن جيانغ|با ريا فونغ تاو|باك جيانغ|باك كان|باك ليو|باك نينه|بن تري|بينه دينه|بينه دونغ|بينه فوك|بينه ثوان|كا ماو|كان ثو
كاو بانغ|دا نانغ|داك لاك|داك نونغ|دين بيان|دونغ ناي|دونغ ثاب|جيا لاي|ها جيانغ|ها نام|ها نوي|ها تينه|هاي دونغ|هاي فونغ
هاو جيانغ|هوا بينه|هونغ ين|خان هوا|كين جيانغ|كون توم|لاي تشاو|لام دونغ|لانغ سون|لاو كاي|لونغ آن|نام دينه|نغي آن
نينه بينه|نينه ثوان|فو ثو|فو ين|كوانغ بينه|كوانغ نام|كوانغ نجاي|كوانغ نينه|كوانغ تري|سوك ترانغ|سون لا|تاي نينه
ثاي بينه|ثاي نجوين|ثانه هوا|ثوا ثين هوي|تيان جيانغ|ترا فينه|توين كوانغ|فينه لونغ|فينه فوك|ين باي
""".strip()
    .replace("\n", "|")
    .split("|")
)
INDICATORS: Final = (
    ("بلغت نسبة الأسر المتصلة بالإنترنت {}% من مجموع الأسر", "كم بلغت نسبة الأسر المتصلة بالإنترنت"),
    ("بلغ عدد القرى التي وصلتها خدمة الجيل الرابع {} قرية", "كم عدد القرى التي وصلتها خدمة الجيل الرابع"),
    ("بلغت نسبة الطلبات المقدمة عبر البوابة الإلكترونية {}%", "كم نسبة الطلبات المقدمة عبر البوابة الإلكترونية"),
    ("بلغ عدد فرق التكنولوجيا المجتمعية {} فرقة", "كم عدد فرق التكنولوجيا المجتمعية"),
    ("بلغ عدد المعاملات التي عولجت إلكترونيًا {} معاملة", "كم عدد المعاملات التي عولجت إلكترونيًا"),
    ("بلغت نسبة المدفوعات غير النقدية {}% من المدفوعات", "كم نسبة المدفوعات غير النقدية"),
)
LEFT_OUT: Final = 0.3  # of the indicators, in each report
UNKNOWN: Final = (  # some begin like a province's name
    "في القاهرة|في مصر|في السعودية|بعمان|في مدينة سايغون|في لونغ خان|في كوانغ ثو|في مينه هوا|بباريس|داخل الأردن"
).split("|")
UNTOLD: Final = (
    "كم عدد المستشفيات في {}؟",
    "كم نسبة البطالة في {}؟",
    "كم نسبة الأسر الفقيرة في {}؟",
    "كم عدد القرى في {} عام 2019؟",
    "كم بلغت ميزانية {}؟",
    "كم عدد السياح في {} عام 2024؟",
    "من محافظ {}؟",
    "متى افتتح المطار في {}؟",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a province, and whether its report tells."""

    question: str
    document: str
    is_told: bool


def made(chance: random.Random) -> Iterator[tuple[str, str, list[bool]]]:
    """Each province with the text of its report, and which indicators are in it."""
    for province in PROVINCES:
        told = [chance.random() >= LEFT_OUT for _ in INDICATORS]
        facts = [
            fact.format(chance.randint(100, 999))
            for (fact, _), is_told in zip(INDICATORS, told, strict=True)
            if is_told
        ]
        yield province, ". و".join(["عقدت اللجنة اجتماعًا لمراجعة الخطة السنوية", *facts]) + ".", told


def respelt(province: str, chance: random.Random) -> str:
    """The name as another writer might spell it."""
    name = province.replace("غ", "ج") if chance.random() < 0.4 else province
    if name.endswith("نه") and chance.random() < 0.5:
        name = name[:-1] + chance.choice(["ة", ""])
    return name.replace(" ", "") if chance.random() < 0.3 else name


def prepared(province: str, text: str) -> Prepared | SourceError:
    """The report as a document of the library."""
    entry = Entry(title="تقرير عن أعمال الخطة", place=province, published=dt.date(2024, 6, 30))
    return prepare(f"{province}.txt", Extracted(text), entry, Fingerprint(province, ""))


def main() -> None:
    """Prints the figures as JSON."""
    chance = random.Random(3)
    reports = list(made(chance))
    asked = [
        Asked(f"{question} في {respelt(province, chance)}؟", f"{province}.txt", is_told)
        for province, _, told in reports
        for (_, question), is_told in zip(INDICATORS, told, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        embedder, generations = load_embedder("shipped"), FileGenerations(Path(folder))
        builder = Builder(generations, embedder, lambda step, done, total: None)
        builder.build((prepared(province, text) for province, text, _ in reports), None)
        assistant = Assistant(LiveLibrary(generations, embedder), embedder)
        print(json.dumps(measure(assistant, asked) | wrong_answers(assistant), indent=1))


def wrong_answers(assistant: Assistant) -> dict[str, float]:
    """The shares of questions without an answer in any report that are answered."""
    unknown = [f"{question} {place}؟" for place in UNKNOWN for _, question in INDICATORS]
    untold = [question.format(province) for question in UNTOLD for province in PROVINCES]
    return {
        f"{name}_answered_%": round(
            100 * sum(isinstance(assistant.ask(each), Answer) for each in asked) / len(asked), 1
        )
        for name, asked in (("unknown_place", unknown), ("untold", untold))
    }


def measure(assistant: Assistant, asked: list[Asked]) -> dict[str, float]:
    """Shares of the questions whose report tells, and counts of wrong answers."""
    replies = [(each, assistant.ask(each.question)) for each in asked]
    told = [(each, reply) for each, reply in replies if each.is_told]
    firsts = [(each, reply, () if isinstance(reply, NotFound) else reply.excerpts[:1]) for each, reply in told]
    right = [bool(first) and first[0].document == each.document for each, _, first in firsts]
    answered = [isinstance(reply, Answer) for _, reply in told]
    return {
        "questions": len(asked),
        "told": len(told),
        "right_report_first_%": round(100 * sum(right) / len(right), 1),
        "answered_%": round(100 * sum(answered) / len(answered), 1),
        "answered_from_another_province": sum(a and not r for a, r in zip(answered, right, strict=True)),
        "not_told_but_answered": sum(isinstance(reply, Answer) for each, reply in replies if not each.is_told),
    }


if __name__ == "__main__":
    main()
