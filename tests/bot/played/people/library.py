"""A small library: the sample reports, two that disagree, and one that is for officials only."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bot.command import dalil
from tests.reports import SEEDS

SECRET_TITLE = "محضر التفتيش السري"
SECRET_PLACE = "وادي الغزلان"
SECRET_SENTENCE = "بلغت نسبة المخالفات الجمركية المكتشفة 37.4% في عام 2024 حسب لجنة التفتيش."
SECRET_QUESTION = "كم بلغت نسبة المخالفات الجمركية المكتشفة في عام 2024؟"
SECRET_WORD = "قرنبيطستان"
MISSPELT_QUESTION = "ما موقف لجنة التفتيش من شركة قرنبيطسطان؟"
SECRET = f"""محضر التفتيش السري في مقاطعة {SECRET_PLACE}.
{SECRET_SENTENCE}
وقررت لجنة التفتيش مصادرة بضائع شركة {SECRET_WORD} المخالفة للأنظمة الجمركية.
وبلغ عدد المفتشين العاملين في اللجنة 48 مفتشا في عام 2024.
"""

SIDE_BY_SIDE_QUESTION = "كم بلغ عدد المكتبات المدرسية المجهزة؟"
DIFFERING = {
    "حقل النور": "بلغ عدد المكتبات المدرسية المجهزة 312 مكتبة.",
    "جبل الزيتون": "بلغ عدد المكتبات المدرسية المجهزة 97 مكتبة.",
}


def made_library(folder: Path) -> Path:
    """A data folder with the library indexed."""
    reports = folder / "reports"
    shutil.copytree(SEEDS, reports)
    catalogue = [(SEEDS / "catalogue.toml").read_text(encoding="utf-8")]
    (reports / "secret.txt").write_text(SECRET, encoding="utf-8")
    catalogue.append(f'["secret.txt"]\ntitle = "{SECRET_TITLE}"\nplace = "{SECRET_PLACE}"\naudience = "officials"')
    for number, (place, sentence) in enumerate(DIFFERING.items()):
        (reports / f"libraries-{number}.txt").write_text(f"تقرير التعليم في {place}.\n{sentence}", encoding="utf-8")
        catalogue.append(f'["libraries-{number}.txt"]\ntitle = "تقرير التعليم"\nplace = "{place}"')
    for number in range(3):
        (reports / f"weather-{number}.txt").write_text(f"نشرة الأرصاد رقم {number + 1}.", encoding="utf-8")
    (reports / "catalogue.toml").write_text("\n\n".join(catalogue), encoding="utf-8")
    done = dalil("--data", folder / "data", "index", reports)
    assert done.code == 0, done.err
    return folder / "data"
