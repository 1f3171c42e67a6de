"""Reports to index: the samples that ship, and many more put together from their paragraphs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SEEDS: Final = ROOT / "seeds"
PASSAGES: Final = 23  # into which the five reports are cut

QUESTION: Final = "كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية؟"
ANSWER: Final = "88.9%"

QUESTIONS: Final = (
    QUESTION,
    "كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟",
    "ما نسبة الأشخاص الذين لديهم حسابات هوية إلكترونية؟",
    "من ألقى كلمة ختامية في الاجتماع؟",
    "في أي مرتبة جاءت خانه هوا في مؤشر التحول الرقمي لعام 2023؟",
    "متى يجب إكمال خطة التحول الرقمي لعام 2025؟",
    "من ترأس اجتماع مجموعة العمل في كا ماو؟",
    "ما هي الصعوبات التي تواجهها مقاطعة لونغ آن؟",
    "كم عدد الإجراءات الإدارية التي استُقبلت باستخدام قاعدة بيانات السكان؟",
    "ماذا طلب سكرتير الحزب الإقليمي نجوين فان كويت من اللجنة الشعبية؟",
    "ما هو القرار رقم ٥٧؟",
    "التحول الرقمي",
    "هل غطت شبكات الهاتف المحمول القرى الحدودية؟",
    "كم هدفًا تحقق في عام ٢٠٢٣؟",
    "كم طبيبًا يعمل في مستشفيات تاي نينه؟",
    "ما حالة الطقس غدًا؟",
)


def recombine(folder: Path, count: int, *, paragraphs: int = 5) -> list[Path]:
    """Writes ``count`` reports of ``paragraphs`` sample paragraphs each, always the same ones; gives the files."""
    lines = [
        line
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 150 and ANSWER not in line
    ]
    chosen = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:03}.txt" for number in range(count)]
    for number, file in enumerate(files):
        text = "\n".join([f"تقرير المقاطعة رقم {number}.", *chosen.sample(lines, paragraphs)])
        file.write_text(text, encoding="utf-8")
    return files


def with_sentence(file: Path, sentence: str) -> None:
    """Appends a paragraph to a report."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{sentence}", encoding="utf-8")
