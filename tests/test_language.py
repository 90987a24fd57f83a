"""Which language a text is in."""

from __future__ import annotations

import time

import pytest

from reportedly.language import detect

SENTENCES = [
    ("en", "The harbour of Lorn was closed to all ships on Monday, the port authority said."),
    ("en", "Nobody answered the letters of the pilots, who want new radios."),
    ("en", "Council elects a new mayor after a long debate"),
    ("fr", "Le port de Lorn a été fermé lundi à tous les navires, a annoncé l'autorité portuaire."),
    ("fr", "Personne n'a répondu aux lettres des pilotes."),
    ("fr", "Le conseil élit une nouvelle maire après un long débat"),
    ("de", "Der Hafen von Lorn ist am Montag für alle Schiffe gesperrt worden."),
    ("de", "Niemand habe auf ihre Briefe geantwortet, sagte die Sprecherin."),
    ("de", "Der Rat wählt nach langer Debatte eine neue Bürgermeisterin"),
    ("es", "El puerto de Lorn fue cerrado el lunes a todos los barcos, dijo la autoridad."),
    ("es", "Nadie respondió a las cartas de los prácticos."),
    ("it", "Il porto di Lorn è stato chiuso lunedì a tutte le navi, ha detto l'autorità portuale."),
    ("it", "Nessuno ha risposto alle lettere dei piloti, che vogliono nuove radio."),
    ("pt", "O porto de Lorn foi fechado na segunda-feira a todos os navios, disse a autoridade portuária."),
    ("pt", "Ninguém respondeu às cartas dos pilotos, que querem novos rádios."),
    ("nl", "De haven van Lorn is maandag voor alle schepen gesloten, zei het havenbedrijf."),
    ("nl", "Niemand heeft de brieven van de loodsen beantwoord."),
    ("fa", "بندر لورن روز دوشنبه به روی همه کشتی‌ها بسته شد."),
    ("fa", "کسی به نامه‌های راهنماها پاسخ نداد"),
    ("fa", "گفت‌وگوها ادامه دارد"),
    ("fa", "رئيس شهر گفت بندر بسته خواهد شد و قايق ها در کنار اسكله ماندند".replace("ک", "ك")),
    ("ar", "قال رئيس بلدية لورن في يونيو"),
    ("ar", "أُغلق ميناء لورن أمام جميع السفن يوم الاثنين، حسبما قالت سلطة الميناء."),
    ("ar", "لم يرد أحد على رسائل المرشدين"),
    ("ru", "Порт Лорн был закрыт в понедельник для всех судов, сообщила администрация порта."),
    ("ru", "Никто не ответил на письма лоцманов, которые просят новые радиостанции."),
    ("uk", "Порт Лорн був закритий у понеділок для всіх суден, повідомила адміністрація порту."),
    ("tr", "Lorn limanı pazartesi günü tüm gemilere kapatıldı, liman idaresi açıkladı."),
    ("tr", "Kılavuzların mektuplarına kimse yanıt vermedi."),
    ("pl", "Port Lorn został w poniedziałek zamknięty dla wszystkich statków, podał zarząd portu."),
    ("ja", "ローン港は月曜日、すべての船に対して閉鎖された。"),
    ("zh", "洛恩港星期一对所有船只关闭，港务局说。"),
    ("ko", "로른 항구가 월요일 모든 선박에 폐쇄되었다고 항만청이 밝혔다."),
    ("he", "נמל לורן נסגר ביום שני לכל הספינות, מסרה רשות הנמל."),
    ("el", "Το λιμάνι του Λορν έκλεισε τη Δευτέρα για όλα τα πλοία."),
    ("ur", "لورن کی بندرگاہ پیر کے روز تمام جہازوں کے لیے بند کر دی گئی ہے"),
]


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_language(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("text", ["", "   ", "12.03.2018 10:11", "— … !", "https://example.org/path"])
def test_nothing_to_go_by(text: str) -> None:
    assert detect(text) == "und"


def test_a_url_does_not_decide() -> None:
    assert (
        detect("بندر لورن بسته شد https://www.example.org/the/harbour/of/lorn/was/closed/on/monday") == "fa"
    )


def test_long_texts_cost_no_more_than_short_ones() -> None:
    text = SENTENCES[0][1] * 20_000
    detect(text)
    begun = time.process_time()
    for _ in range(20):
        detect(text)
    assert (time.process_time() - begun) / 20 < 0.02
