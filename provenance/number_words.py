"""The words of figures in each language: numerals, what qualifies them, and what stands for no certain number.

Data only; `provenance.quantity` reads with it. A new language is one more `Lexicon`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum


class VagueWord(StrEnum):
    """What a word asserts that gives no number; a policy turns it into an interval."""

    FEW = "few"
    SEVERAL = "several"
    TENS = "tens"
    DOZENS = "dozens"
    HUNDREDS = "hundreds"
    THOUSANDS = "thousands"
    TENS_OF_THOUSANDS = "tens of thousands"
    HUNDREDS_OF_THOUSANDS = "hundreds of thousands"
    MILLIONS = "millions"
    TENS_OF_MILLIONS = "tens of millions"
    HUNDREDS_OF_MILLIONS = "hundreds of millions"
    BILLIONS = "billions"


class Bound(Enum):
    """What words around a number make of it, finer than the qualifier that is stored."""

    AT_LEAST = "at least"
    MORE = "more than"
    JUST_OVER = "just over"
    ABOUT = "about"
    ALMOST = "almost"
    UP_TO = "up to"
    FEWER = "fewer than"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words, all in lower case; a phrase is its words with single blanks.

    ``small`` are the numerals below a hundred as whole phrases, ``hundreds`` those that are a number of hundreds in
    one word, ``scales`` what multiplies (a hundred included), ``rounded`` what is a number and says "about" in one.
    ``groups`` is the mark that groups digits by three there, ``before`` and ``after`` what qualifies a number from
    either side, ``skipped`` what leads and changes nothing, ``between`` the pairs of words around a range,
    ``articles`` the numerals that are articles too.
    """

    small: Mapping[str, int]
    hundreds: Mapping[str, int]
    scales: Mapping[str, int]
    groups: str
    before: Mapping[str, Bound]
    after: Mapping[str, Bound]
    vague: Mapping[str, VagueWord]
    rounded: Mapping[str, int]
    skipped: frozenset[str]
    joiners: frozenset[str]
    between: Mapping[str, str]
    ranges: frozenset[str]
    not_given: tuple[str, ...]
    articles: frozenset[str] = frozenset()


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


def _each(**meanings: str) -> dict[str, Bound]:
    return {phrase: Bound[name] for name, text in meanings.items() for phrase in _phrases(text)}


def _vague(**meanings: str) -> dict[str, VagueWord]:
    return {phrase: VagueWord[name] for name, text in meanings.items() for phrase in _phrases(text)}


def _numbered(text: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Numerals in order; those that mean the same stand together with slashes between them."""
    places = enumerate(_phrases(text))
    return {word: first + step * place for place, words in places for word in words.split("/")}


def _with_tens(units: Mapping[str, int], tens: Mapping[str, int], joined: str) -> dict[str, int]:
    """'twenty one' from 'twenty' and 'one'."""
    compound = {f"{t}{joined}{u}": ten + unit for t, ten in tens.items() for u, unit in units.items() if 0 < unit < 10}
    return {**units, **tens, **compound}


_ENGLISH = Lexicon(
    small=_with_tens(
        {
            **_numbered(
                "zero/nil,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,"
                "sixteen,seventeen,eighteen,nineteen"
            ),
            "a couple of": 2,
            "a couple": 2,
            "a pair of": 2,
            "half a dozen": 6,
            "half a million": 500_000,
        },
        _numbered("twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety", 20, 10),
        " ",
    ),
    hundreds={},
    scales={"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9},
    groups=",",
    before=_each(
        AT_LEAST="at least,no fewer than,no less than,not less than,not fewer than,a minimum of,upwards of,"
        "greater than or equal to,more than or equal to,equal to or more than,equal to or greater than,"
        "at least or equal to,greater or equal than,higher or equal than,bigger or equal than,larger or equal than,"
        "more or equal than,no lower than",
        MORE="more than,over,above,greater than,exceeding,in excess of,larger than,bigger than,higher than,exceed,"
        "exceeds,exceeded,surpass,surpasses,surpassed,surpassing,well over,well above,far more than",
        JUST_OVER="just over,slightly more than,a little more than,slightly over,a little over",
        ABOUT="about,around,some,approximately,roughly,circa,an estimated,estimated,approx,c",
        ALMOST="almost,nearly,just under,close to,just below,a little less than,slightly fewer than,slightly under",
        UP_TO="up to,at most,no more than,not more than,a maximum of,as many as,as much as,less than or equal to,"
        "fewer than or equal to,equal to or less than,equal to or fewer than,less or equal than,smaller or equal than,"
        "lower or equal than,no higher than,no greater than",
        FEWER="fewer than,less than,under,below,smaller than,lower than",
    ),
    after=_each(
        AT_LEAST="or more,at least,and more,and up,plus,- plus,or greater,or higher,or over,or above,or more than,"
        "or greater than",
        UP_TO="or fewer,or less,at most,or lower,or under,or below",
        ABOUT="or so,approximately",
    ),
    vague=_vague(
        FEW="a few,few,a handful of,a handful",
        SEVERAL="several,many,numerous,multiple,countless",
        TENS="tens,scores",
        DOZENS="dozens,several dozen,several dozens,a few dozen,many dozens",
        HUNDREDS="hundreds,several hundred,several hundreds,a few hundred,many hundreds",
        TENS_OF_THOUSANDS="tens of thousands",
        HUNDREDS_OF_THOUSANDS="hundreds of thousands",
        THOUSANDS="thousands,several thousand,several thousands,a few thousand,many thousands",
        MILLIONS="millions,several million,several millions,a few million,many millions",
        TENS_OF_MILLIONS="tens of millions",
        HUNDREDS_OF_MILLIONS="hundreds of millions",
        BILLIONS="billions,several billion,several billions,a few billion",
    ),
    rounded={},
    skipped=frozenset({"a", "an", "another", "exactly", "the", "a total of", "only", "all", "just", "a further"}),
    joiners=frozenset({"and"}),
    between={"between": "and", "from": "to"},
    ranges=frozenset({"to", "or"}),
    not_given=(
        "none given",
        "not given",
        "not stated",
        "number unknown",
        "unknown number",
        "an unknown number",
        "no number",
        "no figure",
        "no figures",
        "unspecified",
        "an unspecified number",
        "an undisclosed number",
    ),
)

_GERMAN_UNITS = _numbered(
    "null,eins/ein/eine/einen/einem/einer,zwei/zwo,drei,vier,fünf,sechs,sieben,acht,neun,zehn,elf,zwölf,dreizehn,"
    "vierzehn,fünfzehn,sechzehn,siebzehn,achtzehn,neunzehn"
)
_GERMAN_TENS = _numbered("zwanzig,dreißig/dreissig,vierzig,fünfzig,sechzig,siebzig,achtzig,neunzig", 20, 10)
_GERMAN_SMALL = {
    **_GERMAN_UNITS,
    **_GERMAN_TENS,
    **{f"{u}und{t}": n + ten for u, n in _GERMAN_UNITS.items() for t, ten in _GERMAN_TENS.items() if 0 < n < 10},
}
_GERMAN = Lexicon(
    small={**_GERMAN_SMALL, "ein dutzend": 12, "ein halbes dutzend": 6},
    hundreds={
        **{f"{word}hundert": 100 * n for word, n in _GERMAN_UNITS.items() if 0 < n < 20},
        **{
            f"{word}hundert{rest}": 100 * n + small
            for word, n in {"": 1, **_GERMAN_UNITS}.items()
            if 0 < n < 10
            for rest, small in _GERMAN_SMALL.items()
            if small
        },
        **{f"{word}tausend": 1000 * n for word, n in _GERMAN_SMALL.items() if n},
    },
    scales={
        "dutzend": 12,
        "hundert": 100,
        "tausend": 10**3,
        **dict.fromkeys(("million", "millionen", "mio"), 10**6),
        **dict.fromkeys(("milliarde", "milliarden", "mrd"), 10**9),
    },
    groups=".",
    before=_each(
        AT_LEAST="mindestens,wenigstens,nicht weniger als,zumindest",
        MORE="mehr als,über",
        JUST_OVER="etwas mehr als,gut",
        ABOUT="etwa,rund,ungefähr,circa,ca,an die,zirka,schätzungsweise",
        ALMOST="fast,knapp,beinahe,nahezu",
        UP_TO="bis zu,höchstens,maximal,nicht mehr als",
        FEWER="weniger als,unter",
    ),
    after=_each(AT_LEAST="oder mehr", UP_TO="oder weniger"),
    vague=_vague(
        FEW="ein paar,einige wenige",
        SEVERAL="mehrere,einige,viele,zahlreiche",
        DOZENS="dutzende,dutzenden,mehrere dutzend,einige dutzend",
        HUNDREDS="hunderte,hunderten,mehrere hundert,einige hundert",
        TENS_OF_THOUSANDS="zehntausende,zehntausenden",
        HUNDREDS_OF_THOUSANDS="hunderttausende,hunderttausenden",
        THOUSANDS="tausende,tausenden,mehrere tausend,einige tausend",
        MILLIONS="mehrere millionen",
    ),
    rounded={},
    skipped=frozenset({"weitere", "genau", "die", "insgesamt", "nur", "alle"}),
    joiners=frozenset(),
    between={"zwischen": "und", "von": "bis"},
    ranges=frozenset({"bis", "oder"}),
    not_given=("keine angabe", "keine angaben", "nicht angegeben", "zahl unbekannt", "unbekannte zahl"),
    articles=frozenset({"ein", "eine", "einen", "einem", "einer"}),
)

_FRENCH_UNITS = _numbered(
    "zéro,un/une,deux,trois,quatre,cinq,six,sept,huit,neuf,dix,onze,douze,treize,quatorze,quinze,seize,dix sept,"
    "dix huit,dix neuf"
)
_FRENCH_TENS = _numbered("vingt,trente,quarante,cinquante,soixante", 20, 10)
_FRENCH = Lexicon(
    small={
        **_with_tens(_FRENCH_UNITS, _FRENCH_TENS, " "),
        **{f"{word} et un": ten + 1 for word, ten in _FRENCH_TENS.items()},
        **{f"soixante {word}": 60 + n for word, n in _FRENCH_UNITS.items() if n >= 10},
        "soixante et onze": 71,
        "quatre vingts": 80,
        "quatre vingt": 80,
        **{f"quatre vingt {word}": 80 + n for word, n in _FRENCH_UNITS.items() if n},
    },
    hundreds={},
    scales={
        **dict.fromkeys(("cent", "cents"), 100),
        "mille": 10**3,
        **dict.fromkeys(("million", "millions"), 10**6),
        **dict.fromkeys(("milliard", "milliards"), 10**9),
    },
    groups=".",
    before=_each(
        AT_LEAST="au moins,pas moins de,au minimum",
        MORE="plus de,plus d,supérieur à",
        JUST_OVER="un peu plus de",
        ABOUT="environ,quelque,autour de,à peu près",
        ALMOST="près de,près d,presque,un peu moins de",
        UP_TO="jusqu à,au plus,pas plus de,au maximum",
        FEWER="moins de,moins d",
    ),
    after=_each(AT_LEAST="ou plus,au moins", UP_TO="ou moins,au plus", ABOUT="environ"),
    vague=_vague(
        FEW="quelques,une poignée",
        SEVERAL="plusieurs,de nombreux,de nombreuses",
        TENS="dizaines,des dizaines,plusieurs dizaines,quelques dizaines",
        DOZENS="douzaines,des douzaines",
        HUNDREDS="centaines,des centaines,plusieurs centaines,quelques centaines",
        TENS_OF_THOUSANDS="dizaines de milliers,des dizaines de milliers",
        HUNDREDS_OF_THOUSANDS="centaines de milliers,des centaines de milliers",
        THOUSANDS="milliers,des milliers,plusieurs milliers,quelques milliers",
        MILLIONS="des millions,plusieurs millions",
    ),
    rounded={
        "une dizaine": 10,
        "une douzaine": 12,
        "une quinzaine": 15,
        "une vingtaine": 20,
        "une trentaine": 30,
        "une quarantaine": 40,
        "une cinquantaine": 50,
        "une soixantaine": 60,
        "une centaine": 100,
        "un millier": 1000,
    },
    skipped=frozenset({"exactement", "les", "au total", "seulement"}),
    joiners=frozenset({"et"}),
    between={"entre": "et", "de": "à"},
    ranges=frozenset({"à", "ou"}),
    not_given=("aucun chiffre", "non précisé", "nombre inconnu", "un nombre inconnu"),
    articles=frozenset({"un", "une"}),
)

# Genitives and feminines stand with their numerals: Russian qualifiers govern the genitive ("более двадцати").
_RUSSIAN = Lexicon(
    small=_with_tens(
        _numbered(
            "ноль,один/одна/одно/одного/одной,два/две/двух,три/трех/трёх,четыре/четырех/четырёх,пять/пяти,шесть/шести,"
            "семь/семи,восемь/восьми,девять/девяти,десять/десяти,одиннадцать/одиннадцати,двенадцать/двенадцати,"
            "тринадцать/тринадцати,четырнадцать/четырнадцати,пятнадцать/пятнадцати,шестнадцать/шестнадцати,"
            "семнадцать/семнадцати,восемнадцать/восемнадцати,девятнадцать/девятнадцати"
        ),
        _numbered(
            "двадцать/двадцати,тридцать/тридцати,сорок/сорока,пятьдесят/пятидесяти,шестьдесят/шестидесяти,"
            "семьдесят/семидесяти,восемьдесят/восьмидесяти,девяносто/девяноста",
            20,
            10,
        ),
        " ",
    ),
    hundreds=_numbered(
        "сто/ста,двести/двухсот,триста/трехсот/трёхсот,четыреста/четырехсот/четырёхсот,пятьсот/пятисот,"
        "шестьсот/шестисот,семьсот/семисот,восемьсот/восьмисот,девятьсот/девятисот",
        100,
        100,
    ),
    scales={
        **dict.fromkeys(("тысяча", "тысячи", "тысяч", "тысячу", "тыс", "tysyach", "tysyachi"), 10**3),
        **dict.fromkeys(("миллион", "миллиона", "миллионов", "млн"), 10**6),
        **dict.fromkeys(("миллиард", "миллиарда", "миллиардов", "млрд"), 10**9),
    },
    groups=".",
    before=_each(
        AT_LEAST="не менее,не меньше,как минимум,минимум,по меньшей мере,по крайней мере,ne menee,kak minimum",
        MORE="более,более чем,больше,свыше,bolee,svyshe",
        JUST_OVER="чуть более,чуть больше,немногим более",
        ABOUT="около,примерно,порядка,приблизительно,okolo,primerno",
        ALMOST="почти,чуть менее,без малого,pochti",
        UP_TO="до,не более,не больше,максимум,do",
        FEWER="менее,меньше,менее чем,menee",
    ),
    after=_each(AT_LEAST="и более,или более", UP_TO="или менее"),
    vague=_vague(
        FEW="пара",
        SEVERAL="несколько,нескольких,многие,много,neskolko",
        TENS="десятки,десятков,несколько десятков,нескольких десятков,desyatki,desyatkov,neskolko desyatkov",
        DOZENS="дюжины",
        HUNDREDS="сотни,сотен,несколько сотен,нескольких сотен,sotni,neskolko soten",
        TENS_OF_THOUSANDS="десятки тысяч,desyatki tysyach",
        HUNDREDS_OF_THOUSANDS="сотни тысяч,sotni tysyach",
        THOUSANDS="тысячи,несколько тысяч,нескольких тысяч,tysyachi,neskolko tysyach",
        MILLIONS="миллионы,несколько миллионов",
    ),
    rounded={},
    skipped=frozenset({"еще", "ещё", "ровно", "всего", "только", "все"}),
    joiners=frozenset(),
    between={"от": "до", "между": "и", "с": "до"},
    ranges=frozenset({"или", "до"}),
    not_given=("не указано", "не сообщается", "неизвестно", "число неизвестно", "число не указано"),
)

LEXICONS: Mapping[str, Lexicon] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "ru": _RUSSIAN}
