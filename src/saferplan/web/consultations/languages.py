"""Languages that people here speak: in English, and as their speakers name them."""

from collections.abc import Iterable

from django.utils.translation import get_language_info

OWN = "en-GB"
# The main languages of Census 2021 in England and Wales, as the web codes them.
LANGUAGES = {
    OWN: ("English", "English"),
    "cy": ("Welsh", "Cymraeg"),
    "sq": ("Albanian", "Shqip"),
    "am": ("Amharic", "አማርኛ"),
    "ar": ("Arabic", "العربية"),
    "bn": ("Bengali", "বাংলা"),
    "bg": ("Bulgarian", "Български"),
    "zh-hans": ("Chinese, simplified", "简体中文"),
    "zh-hant": ("Chinese, traditional", "繁體中文"),
    "cs": ("Czech", "Čeština"),
    "fr": ("French", "Français"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "gu": ("Gujarati", "ગુજરાતી"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "hu": ("Hungarian", "Magyar"),
    "it": ("Italian", "Italiano"),
    "ku": ("Kurdish", "Kurdî"),
    "lv": ("Latvian", "Latviešu"),
    "lt": ("Lithuanian", "Lietuvių"),
    "ml": ("Malayalam", "മലയാളം"),
    "ne": ("Nepali", "नेपाली"),
    "pa": ("Panjabi", "ਪੰਜਾਬੀ"),
    "ps": ("Pashto", "پښتو"),
    "fa": ("Persian", "فارسی"),
    "pl": ("Polish", "Polski"),
    "pt": ("Portuguese", "Português"),
    "ro": ("Romanian", "Română"),
    "ru": ("Russian", "Русский"),
    "si": ("Sinhala", "සිංහල"),
    "sk": ("Slovak", "Slovenčina"),
    "so": ("Somali", "Soomaali"),
    "es": ("Spanish", "Español"),
    "sw": ("Swahili", "Kiswahili"),
    "tl": ("Tagalog", "Tagalog"),
    "ta": ("Tamil", "தமிழ்"),
    "te": ("Telugu", "తెలుగు"),
    "ti": ("Tigrinya", "ትግርኛ"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"),
    "ur": ("Urdu", "اردو"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "yi": ("Yiddish", "ייִדיש"),
    "yo": ("Yoruba", "Yorùbá"),
}


def name_of_language(code: str) -> str:
    """
    Return a language's own name.

    >>> name_of_language("cy"), name_of_language("so"), name_of_language("xx")
    ('Cymraeg', 'Soomaali', 'xx')
    """
    if code in LANGUAGES:
        return LANGUAGES[code][1]
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def languages_in(translations: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    """
    Return each language that some words are in, by its code and its own name.

    >>> languages_in([{"cy": "Ble?"}, {}, {"cy": "Pryd?", "so": "Goorma?"}])
    [('en-GB', 'English'), ('cy', 'Cymraeg'), ('so', 'Soomaali')]
    """
    codes = dict.fromkeys([OWN, *(code for each in translations for code in each)])
    return [(code, name_of_language(code)) for code in codes]


def to_choose_from() -> list[tuple[str, str]]:
    """Each language by its code, for who reads English: ours first, Welsh second."""
    return [
        (code, english if english == own else f"{english} ({own})")
        for code, (english, own) in LANGUAGES.items()
    ]
