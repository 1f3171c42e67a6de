"""Every sentence that people who ask can see."""

from __future__ import annotations

from typing import Final

from retrieval.courtesy import Courtesy

ANSWER: Final = "الجواب من التقارير:"
SEVERAL: Final = "تجيب عن السؤال تقارير مختلفة:"
MORE: Final = "مقاطع أخرى:"
RELATED: Final = "لم أجد جوابًا أكيدًا. هذه أقرب المقاطع إلى سؤالك، وقد لا تجيب عنه:"
NOT_FOUND: Final = "لا تذكر التقارير جوابًا عن هذا السؤال."
EMPTY: Final = "اكتب سؤالك بالعربية، مثل: كم بلغت نسبة المنازل المتصلة بالإنترنت؟"
COURTESIES: Final[dict[Courtesy, str]] = {
    "peace": "وعليكم السلام ورحمة الله وبركاته! اسألني عمّا في التقارير.",
    "greeting": "أهلًا وسهلًا! اسألني عمّا في التقارير.",
    "thanks": "على الرحب والسعة! هل من سؤال آخر؟",
    "goodbye": "مع السلامة!",
    "request": "تفضّل، اكتب سؤالك.",
}
CUT: Final = "السؤال طويل جدًا، فقرأتُ بدايته فقط."
PAGE: Final = "صفحة"
WELCOME: Final = "دليل: اسأل بالعربية، وأجيبك من التقارير بنصّها. للخروج: Ctrl+D"
PROMPT: Final = "سؤالك: "

_OTHER_LANGUAGES: Final = {
    "en": "I answer questions asked in Arabic. Please ask in Arabic.",
    "fr": "Je réponds aux questions posées en arabe. Merci de poser votre question en arabe.",
    "vi": "Tôi trả lời các câu hỏi bằng tiếng Ả Rập. Vui lòng đặt câu hỏi bằng tiếng Ả Rập.",
    "fa": "من به پرسش‌های عربی پاسخ می‌دهم. لطفاً پرسش خود را به عربی بنویسید.",
    "ur": "میں عربی میں پوچھے گئے سوالوں کے جواب دیتا ہوں۔ براہِ کرم اپنا سوال عربی میں لکھیے۔",
    "es": "Respondo a preguntas en árabe. Por favor, haga su pregunta en árabe.",
    "de": "Ich beantworte Fragen auf Arabisch. Bitte stellen Sie Ihre Frage auf Arabisch.",
    "tr": "Arapça sorulara yanıt veriyorum. Lütfen sorunuzu Arapça sorun.",
    "id": "Saya menjawab pertanyaan dalam bahasa Arab. Silakan bertanya dalam bahasa Arab.",
    "ru": "Я отвечаю на вопросы на арабском языке. Пожалуйста, задайте вопрос по-арабски.",
    "zh": "我只回答用阿拉伯语提出的问题。请用阿拉伯语提问。",
}


def not_arabic(language: str | None) -> str:
    """A polite line in the language that was asked in (English where there is none in it)."""
    return _OTHER_LANGUAGES.get(language or "en", _OTHER_LANGUAGES["en"])
