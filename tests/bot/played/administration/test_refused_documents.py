"""Files that are no reports, sent in chat: the reason is told in Arabic, with what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import index.formats.pdf
from tests.bot.played.administration.rooms import BUILT, Room
from tests.bot.played.people.stage import shown
from tests.index.formats.drawn_pdf import drawn
from tests.index.formats.word_files import packed
from tests.telegram.people import Attachment

PDF_FILES: Final = Path(index.formats.pdf.__file__).parents[2] / "tests" / "index" / "formats" / "files" / "pdf"
BOMB: Final = packed({"word/document.xml": bytes(30 * 2**20)})
FORMATS: Final = re.compile(r"UTF-8|PDF|Word|docx")

HOSTILE: Final = {
    "محمي.pdf": ((PDF_FILES / "locked.pdf").read_bytes(), "محميّ بكلمة سرّ"),
    "فارغ.txt": (b"", "لا نصّ في الملف"),
    "أرقام.txt": (b"123 456\n", "لا نصّ في الملف"),
    "برنامج.txt": (b"\x7fELF\x02\x01\x01" + bytes(600), "ليس هذا ملفًا نصّيًا"),
    "قنبلة.docx": (BOMB, "إلى 30 ميغابايت"),
    "مصوّر.pdf": (drawn([], [], picture=True), "صور بلا نصّ (2 من 2)"),
    "مقطوع.pdf": ((PDF_FILES / "table.pdf").read_bytes()[:5_000], "مقطوع قبل نهايته"),
}


def without_names(text: str) -> str:
    """What a message says but for names of files and formats."""
    return FORMATS.sub("", re.sub(r"[\w. ()-]*\.(?:pdf|txt|docx)\b", "", text))


def warning(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("⚠"))


def test_hostile_files_are_refused_in_arabic(office: Room) -> None:
    mine = office.administrator()
    for name, (content, why) in HOSTILE.items():
        card = office.card(mine, Attachment(content, name))
        told = shown(card)
        assert why in warning(told), told
        assert not re.search("[A-Za-z]", without_names(told)), told
        assert "انشر" not in card.buttons, told


def test_a_pdf_of_too_many_pages_says_how_many_may_be(office: Room) -> None:
    content = drawn(*([[]] * (index.formats.pdf.MOST_PAGES + 1)))
    card = office.card(office.administrator(), Attachment(content, "طويل.pdf"))
    assert "أكثر من 5,000 صفحة" in warning(shown(card))


def test_a_file_that_nobody_can_read_in_the_folder_is_told_before_the_update_and_after_it(office: Room) -> None:
    mine, folder = office.administrator(), office.data / "documents"
    (folder / "جديد.txt").write_text("تقرير عن المدارس في مقاطعة هايفونغ.\n", encoding="utf-8")
    (folder / "برنامج.txt").write_bytes(bytes(300))
    (folder / "جدول.xlsx").write_bytes(b"PK")
    listed = office.stage.asks(mine, "/staged")
    office.presses(mine, listed, "حدّث من المجلد", "ما سيتغيّر")
    before = shown(listed)
    assert "جدول.xlsx: نوع الملف غير معروف" in before
    office.builds(mine, listed)
    assert "برنامج.txt: ليس هذا ملفًا نصّيًا" in shown(listed)


def test_a_broken_catalogue_is_told_in_arabic_with_the_words_of_what_reads_it(office: Room) -> None:
    mine = office.administrator()
    (office.data / "documents" / "catalogue.toml").write_text('["a.txt"]\ntitle = "', encoding="utf-8")
    listed = office.stage.asks(mine, "/staged")
    office.presses(mine, listed, "حدّث من المجلد", "لا يمكن ذلك")
    office.says(listed, "الملف catalogue.toml على الخادم غير سليم. لا يمكن فهم ما كُتب فيه", BUILT)
