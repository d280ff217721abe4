"""Languages by their names, and the `lang` of words in other scripts, so that they are drawn and read aloud rightly."""

from __future__ import annotations

import unicodedata

LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mn": "Mongolian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tg": "Tajik",
    "tk": "Turkmen",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

# How Unicode names the letters of a script, and how BCP 47 does.
SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Kore",
    "HEBREW": "Hebr",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "THAI": "Thai",
}


def language(tag: str | None, unknown: str = "language not known") -> str:
    """The name of a language; its tag where we have no name for it.

    >>> language("kk"), language("en-GB"), language("nan"), language(None)
    ('Kazakh', 'English', 'nan', 'language not known')
    """
    return unknown if not tag else LANGUAGES.get(tag.partition("-")[0].lower(), tag)


def tongue(text: str, tag: str | None = None) -> str | None:
    """The `lang` of a text: its own tag, else what its script tells; None for Latin letters of an unknown language.

    >>> tongue("Хабар 24"), tongue("Хабар 24", "ru"), tongue("Khabar 24")
    ('und-Cyrl', 'ru', None)
    """
    if tag:
        return tag
    first = next((letter for letter in text if letter.isalpha()), " ")
    script = SCRIPTS.get(unicodedata.name(first, "").partition(" ")[0])
    return f"und-{script}" if script else None
