"""A dozen made reports of provinces that tell the same indicators with figures of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.aliases import NO_ALIASES, Aliases
from index.building import Builder
from index.catalogue import Entry
from index.document import Extracted, Fingerprint
from index.embedders import load_embedder
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.preparing import prepare
from retrieval.assistant import Assistant


@dataclass(frozen=True)
class Report:
    """A report: its file's name, what the catalogue says of it, its text."""

    name: str
    place: str | None
    published: dt.date | None
    text: str
    title: str = "تقرير عن أعمال التحول الرقمي"


def assistant_of_reports(data: Path, reports: Sequence[Report], aliases: Aliases = NO_ALIASES) -> Assistant:
    """An assistant that answers from these reports."""
    embedder, generations = load_embedder("shipped"), FileGenerations(data)
    prepared = [
        prepare(
            each.name,
            Extracted(each.text),
            Entry(title=each.title, place=each.place, published=each.published),
            Fingerprint(each.name, ""),
        )
        for each in reports
    ]
    Builder(generations, embedder, lambda step, done, total: None).build(prepared, None, aliases=aliases)
    return Assistant(LiveLibrary(generations, embedder), embedder)


OPENING = "عقدت اللجنة التوجيهية للتحول الرقمي اجتماعًا لمراجعة ما أنجز من أعمال الخطة السنوية."
CLOSING = "وطلب رئيس اللجنة من الإدارات والبلديات مواصلة العمل ورفع التقارير في مواعيدها."

REPORTS = (
    Report(
        "long-an-2022.txt",
        "لونغ آن",
        dt.date(2022, 12, 20),
        f"{OPENING} وبلغت نسبة الأسر المتصلة بالإنترنت 71.4% من مجموع الأسر. ووصلت خدمة الجيل الرابع إلى 180 قرية. "
        f"وخصصت المقاطعة 45 مليار دونغ لتطوير البنية التحتية. {CLOSING}",
    ),
    Report(
        "long-an-2023.txt",
        "لونج آن",
        dt.date(2023, 12, 18),
        f"{OPENING} وبلغت نسبة الأسر المتصلة بالإنترنت 78.2% من مجموع الأسر. ووصلت خدمة الجيل الرابع إلى 186 قرية. "
        f"وافتتح مركز تدريب المعلمين على المهارات الرقمية في مارس. {CLOSING}",
    ),
    Report(
        "khanh-hoa.txt",
        "خان هوا",
        dt.date(2023, 11, 5),
        f"{OPENING} وبلغت نسبة الأسر المتصلة بالإنترنت في خانه هوا 83.6% من مجموع الأسر في عام 2023. "
        f"وعالجت المكاتب 41,250 معاملة إلكترونية. وبدأ تشغيل مركز العمليات الذكية في أكتوبر 2023. {CLOSING}",
    ),
    Report(
        "tay-ninh.txt",
        "تاي نينه",
        dt.date(2023, 10, 30),
        f"{OPENING} وبلغت نسبة الأسر المتصلة بالإنترنت 66.9% من مجموع الأسر في عام 2023. "
        f"وعالجت المكاتب 28,700 معاملة إلكترونية. وأنشئت 94 فرقة للتكنولوجيا المجتمعية. {CLOSING}",
    ),
    Report(
        "quang-nam.txt",
        "كوانغ نام",
        dt.date(2024, 2, 14),
        f"{OPENING} وبلغت مساحة الغابات المحمية في المقاطعة 312 ألف هكتار. "
        f"وزرعت 5 ملايين شجرة خلال الفترة 2021-2025. وتراجعت الحرائق في العام الماضي إلى 17 حريقًا. {CLOSING}",
    ),
    Report(
        "quang-ninh.txt",
        "كوانغ نينه",
        dt.date(2024, 2, 20),
        f"{OPENING} واستقبلت المقاطعة 15.6 مليون سائح في عام 2023. وبلغ عدد الفنادق المصنفة 214 فندقًا. {CLOSING}",
    ),
    Report(
        "ha-giang.txt",
        "ها جيانغ",
        dt.date(2022, 6, 1),
        f"{OPENING} ورصفت المقاطعة 320 كيلومترًا من الطرق الجبلية في عام 2021. {CLOSING}",
    ),
    Report(
        "hau-giang.txt",
        "هاو جيانغ",
        dt.date(2022, 6, 9),
        f"{OPENING} وحفرت المقاطعة 75 كيلومترًا من قنوات الري في عام 2021. {CLOSING}",
    ),
    Report(
        "ca-mau.txt",
        "كا ماو",
        dt.date(2025, 1, 8),
        f"{OPENING} وبلغ إنتاج الروبيان في المقاطعة 252 ألف طن. وتجاوز عدد مزارع الروبيان 900 مزرعة. {CLOSING}",
    ),
    Report(
        "ben-tre.txt",
        "بن تري",
        dt.date(2025, 1, 15),
        f"{OPENING} وبلغ إنتاج جوز الهند في المقاطعة 690 ألف طن في عام 2024. {CLOSING}",
    ),
    Report(
        "unplaced.txt",
        None,
        None,
        f"{OPENING} وتحقق 13 هدفًا من أصل 19 هدفًا من أهداف الخطة. {CLOSING}",
        title="مراجعة أهداف الخطة لعام 2023",
    ),
    Report(
        "national.txt",
        None,
        dt.date(2024, 3, 1),
        "أعلنت الوزارة ترتيب المقاطعات في مؤشر الخدمات العامة لعام 2023: جاءت لونغ آن في المرتبة 12، "
        "وتاي نينه في المرتبة 31، وكا ماو في المرتبة 44. وأشادت الوزارة بما أحرز من تقدم في المقاطعات الساحلية.",
        title="نتائج مؤشر الخدمات العامة",
    ),
)
