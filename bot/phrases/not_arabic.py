"""What people are told who ask in another language than Arabic."""

from __future__ import annotations

from typing import Final

_LINES: Final = {
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
    return _LINES.get(language or "en", _LINES["en"])
