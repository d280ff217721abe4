"""The registry leads names to sources exactly or not at all, in many languages, and its data keeps its own rules."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from provenance.extraction.sources import Entry, Registry, countries, country_of, registry
from provenance.extraction.sources.data import FOLDER, read_data
from provenance.extraction.sources.folding import words
from provenance.extraction.sources.packaged import packaged_entries
from provenance.vocabulary import Basis, SourceKind, TieKind

STORY_SOURCES = Path(__file__).parents[2] / "fixtures" / "stories" / "kazakhstan-2022" / "sources.yaml"

# Countries whose press is not written in Latin letters.
# fmt: off
OTHER_SCRIPTS = frozenset(
    {
        "RU", "UA", "BY", "KZ", "KG", "TJ", "BG", "RS", "MK", "MN", "GR", "CY", "AM", "GE", "IL", "PS", "LB", "SY",
        "IQ", "IR", "JO", "EG", "LY", "SD", "DZ", "MA", "TN", "SA", "AE", "QA", "KW", "BH", "OM", "YE", "PK", "AF",
        "IN", "BD", "NP", "LK", "TH", "MM", "KH", "LA", "CN", "HK", "TW", "JP", "KR", "KP", "ET",
    }
)
# fmt: on

# These write themselves in Latin letters at home too, or are known only from pages in Latin letters.
# fmt: off
LATIN_AT_HOME = frozenset(
    {
        "sputnik_brasil", "24kg", "unb", "qazaq_tv", "rt_de", "rtvi", "n1", "times_now", "wion", "telegram",
        "marinetraffic", "astana_times", "cit", "truth_hounds", "fortify_rights", "baigenews", "08info",
        "forbes_kz", "ulysmedia", "svtv_news", "ria24_today", "eadaily", "the_bell", "oc_media", "news_am",
        "myzaporozhye", "zaxid", "tut_by", "reform_by", "bourashed", "al_hassad", "iran_hayashi", "bfszw",
        "superpyq_live_blog", "indian_economic_observer", "thailand_news",
    }
)
# fmt: on

# Sources of the story that no registry can know: nobody in particular, or a site that nobody else speaks of.
NOBODYS_NAME = frozenset(
    {
        SourceKind.PERSON,
        SourceKind.SPOKESPERSON,
        SourceKind.WITNESS,
        SourceKind.UNNAMED,
        SourceKind.COLLECTIVE,
    }
)

ENTRIES = registry().entries


def named(text: str, *near: str) -> str | None:
    """The name of the source that a text means."""
    found = registry().find(text, near=near)
    return found.name if found else None


def mentioned(text: str, *near: str) -> list[tuple[str, str]]:
    """What is found in a text: the words, and the name of the source."""
    return [(text[start:end], entry.name) for start, end, entry in registry().mentions(text, near=near)]


def scripts(entry: Entry) -> set[str]:
    names = (name for name, _ in (*entry.names, *entry.bare))
    return {unicodedata.name(sign).split()[0] for name in names for sign in name if sign.isalpha()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tass", "TASS"),
        ("Tass news agency", "TASS"),
        ("the Russian state agency Tass", "TASS"),
        ("Russian news agency Tass", "TASS"),
        ("塔斯社", "TASS"),
        ("ТАСС", "TASS"),
        ("the Russian state agency Ria Novosti", "RIA Novosti"),
        ("the Kazakh television station Khabar 24", "Khabar 24"),
        ("Khabar-24", "Khabar 24"),
        ("Khabar24", "Khabar 24"),
        ("Хабар 24", "Khabar 24"),
        ("Russia's Interior Ministry", "Ministry of Internal Affairs of Russia"),
        ("Interior Ministry of Kazakhstan", "Ministry of Internal Affairs of Kazakhstan"),
        ("the Interior Ministry of the Republic of Kazakhstan", "Ministry of Internal Affairs of Kazakhstan"),
        ("the Kazakh interior ministry", "Ministry of Internal Affairs of Kazakhstan"),
        ("МВД Казахстана", "Ministry of Internal Affairs of Kazakhstan"),
        ("das kasachische Innenministerium", "Ministry of Internal Affairs of Kazakhstan"),
        ("le ministère kazakh de l'Intérieur", "Ministry of Internal Affairs of Kazakhstan"),
        ("哈萨克斯坦内务部", "Ministry of Internal Affairs of Kazakhstan"),
        ("Kazakh Ministry of Health", "Ministry of Health of Kazakhstan"),
        ("the US State Department", "US State Department"),
        ("U.S. State Department", "US State Department"),
        ("the Ukrainian military", "Armed Forces of Ukraine"),
        ("the Iranian state news agency", "IRNA"),
        ("Iranian state TV", "IRIB"),
        ("the Qatar-based broadcaster Al Jazeera", "Al Jazeera"),
        ("London-based Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights"),
        ("the British newspaper The Guardian", "The Guardian"),
        ("ein Sprecher", None),
        ("AGENCE FRANCE-PRESSE", "Agence France-Presse"),
        ("the U.N.", "United Nations (unspecified)"),
        ("the Russian space agency Roskosmos", "Roscosmos"),
    ],
)
def test_a_name_with_what_is_said_around_it_leads_to_its_source(text: str, name: str | None) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Interior Ministry",
        "the Ministry of Defence",
        "МВД",
        "وزارة الداخلية",
        "APA",
        "ABC News",
        "state TV",
        "the army",
    ],
)
def test_a_name_that_many_share_leads_nowhere_by_itself(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Interior Ministry", "KZ", "Ministry of Internal Affairs of Kazakhstan"),
        ("the Interior Ministry", "RU", "Ministry of Internal Affairs of Russia"),
        ("МВД", "UA", "Ministry of Internal Affairs of Ukraine"),
        ("state TV", "KZ", "Khabar 24"),
        ("APA", "AT", "APA (Austria Press Agency)"),
        ("APA", "AZ", "APA (Azerbaijan)"),
        ("ABC News", "AU", "ABC News Australia"),
    ],
)
def test_a_country_nearby_says_whose_a_shared_name_is(text: str, country: str, name: str) -> None:
    assert named(text, country) == name


def test_a_country_in_the_name_outweighs_the_countries_nearby() -> None:
    assert named("Russia's Interior Ministry", "KZ") == "Ministry of Internal Affairs of Russia"


def test_a_shared_name_is_not_cut_down_to_a_shorter_one() -> None:
    assert named("Daily Mirror") is None
    assert named("Daily Mirror", "LK") == "Daily Mirror (Sri Lanka)"


def test_two_countries_nearby_leave_a_shared_name_open() -> None:
    assert named("Interior Ministry", "KZ", "RU") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "the",
        "the news agency",
        "he",
        "who",
        "un",
        "us",
        "mit",
        "time",
        "the sun",
        "Tas",
        "Interfaks-like",
        "the official",
    ],
)
def test_words_that_name_nobody_lead_nowhere(text: str) -> None:
    assert named(text, "KZ", "RU", "US") is None


def test_a_source_of_another_country_is_not_meant() -> None:
    assert named("the Kazakh news agency Tass") is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("tass.com", "TASS"),
        ("www.tass.com", "TASS"),
        ("https://tass.com/world/1384901", "TASS"),
        ("en.interfax.com.ua", "Interfax-Ukraine"),
        ("news.un.org", "UN News"),
        ("UN.ORG", "United Nations (unspecified)"),
        ("staging.rferl.org:443", "Radio Free Europe/Radio Liberty"),
        ("com", None),
        ("nottass.com", None),
        ("", None),
    ],
)
def test_an_address_leads_to_its_publisher(address: str, name: str | None) -> None:
    found = registry().by_domain(address)
    assert (found.name if found else None) == name


def test_a_text_names_its_sources_with_the_countries_beside_them() -> None:
    text = "The Interior Ministry of Kazakhstan told Khabar 24, Tass said; Interfax cited the Russian defence ministry."
    assert mentioned(text) == [
        ("Interior Ministry of Kazakhstan", "Ministry of Internal Affairs of Kazakhstan"),
        ("Khabar 24", "Khabar 24"),
        ("Tass", "TASS"),
        ("Interfax", "Interfax"),
        ("Russian defence ministry", "Ministry of Defence of Russia"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He said it took time, and the sun shone on the world.",
        "Time passed.",
        "The Interior Ministry said so.",
        "Who said so? He asked the ministry. Kazakhstan is far away.",
        "the focus of the independent guardian",
        "model AP2 and RTX",
        "He left Time Warner for The National Guard.",
    ],
)
def test_ordinary_words_are_not_taken_for_sources(text: str) -> None:
    assert mentioned(text) == []


def test_an_ordinary_word_counts_in_its_own_spelling() -> None:
    assert mentioned("She told Time, The Sun and Die Welt.") == [
        ("Time", "Time"),
        ("The Sun", "The Sun"),
        ("Die Welt", "Die Welt"),
    ]


def test_a_country_nearby_lets_a_text_name_its_ministry() -> None:
    assert mentioned("The Interior Ministry spoke.", "KZ") == [
        ("Interior Ministry", "Ministry of Internal Affairs of Kazakhstan")
    ]


def test_names_are_found_in_scripts_without_blanks() -> None:
    assert mentioned("据塔斯社报道，哈萨克斯坦内务部表示") == [
        ("塔斯社", "TASS"),
        ("哈萨克斯坦内务部", "Ministry of Internal Affairs of Kazakhstan"),
    ]


def test_a_scan_takes_time_in_proportion_to_the_text_even_where_names_begin_everywhere() -> None:
    hostile = "Ministry of Foreign Affairs of the Islamic Republic of the "
    list(registry().mentions(hostile))
    short, long = (min(seconds(hostile * times) for _ in range(3)) for times in (100, 1600))
    assert long < short * 16 * 4


def seconds(text: str) -> float:
    start = time.process_time()
    list(registry().mentions(text))
    return time.process_time() - start


def test_every_name_leads_back_to_its_entry_in_its_country() -> None:
    lost = [
        (entry.key, name)
        for entry in ENTRIES
        for name, _ in (*entry.names, *entry.bare)
        if registry().find(name, near=[entry.country]) is not entry
    ]
    assert lost == []


def test_no_name_leads_to_one_of_two_entries_without_a_country() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for name, _ in (*entry.names, *entry.bare):
            bearers[name].add(entry.key)
    shared = [name for name, keys in bearers.items() if len(keys) > 1]
    assert len(shared) > 100
    assert [name for name in shared if registry().find(name) is not None] == []


def test_there_are_hundreds_of_entries_of_every_kind_that_speaks_or_carries() -> None:
    counted = Counter(entry.kind for entry in ENTRIES)
    assert len(ENTRIES) >= 300
    assert all(counted[kind] >= 10 for kind in SourceKind if kind not in NOBODYS_NAME)


def test_every_entry_says_who_it_is_and_on_what_it_rests() -> None:
    assert [
        entry.key for entry in ENTRIES if not (entry.basis and entry.names and entry.names[0][0] == entry.name)
    ] == []
    known = {*(code for code in read_data("countries.yaml")), "INT"}
    assert [entry.key for entry in ENTRIES if not {entry.country, *entry.near} <= known] == []


def test_names_are_there_in_the_script_of_the_country() -> None:
    missing = {
        entry.key
        for entry in ENTRIES
        if entry.country in OTHER_SCRIPTS
        and scripts(entry) <= {"LATIN", "MODIFIER"}
        and not entry.key.endswith("_state")
    }
    assert missing == LATIN_AT_HOME


def test_keys_and_domains_are_each_one_entrys_alone() -> None:
    keys = Counter(entry.key for entry in ENTRIES)
    domains = Counter(domain for entry in ENTRIES for domain in entry.domains)
    assert [key for key, times in (keys + domains).items() if times > 1] == []
    assert [
        domain for domain in domains if domain != domain.lower() or "/" in domain or domain.startswith("www.")
    ] == []


def test_ties_lead_to_entries_and_those_with_a_reference_are_cited() -> None:
    ties = [(entry, tie) for entry in ENTRIES for tie in entry.ties]
    assert [tie for entry, tie in ties if registry().by_key(tie.other) in (None, entry)] == []
    assert all((tie.basis is Basis.CITED) == (tie.reference is not None) for _, tie in ties)
    found = registry().find("Khabar 24")
    assert found is not None
    assert [(tie.kind, tie.other) for tie in found.ties] == [(TieKind.PART_OF, "khabar_agency")]


def test_the_files_hold_every_key_once() -> None:
    twice = []
    for file in FOLDER.glob("*.yaml"):
        for node in nodes(yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)):
            if isinstance(node, yaml.MappingNode):
                counted = Counter(key.value for key, _ in node.value)
                twice += [(file.name, key) for key, times in counted.items() if times > 1]
    assert twice == []


def nodes(node: yaml.Node | None) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [node, *(inner for _, value in node.value for inner in nodes(value))]
    if isinstance(node, yaml.SequenceNode):
        return [node, *(inner for value in node.value for inner in nodes(value))]
    return []


def test_the_packaged_registry_loads_in_the_blink_of_an_eye() -> None:
    def load() -> float:
        read_data.cache_clear()
        start = time.process_time()
        assert len(list(packaged_entries())) == len(ENTRIES)
        return time.process_time() - start

    assert min(load() for _ in range(3)) < 1


def test_the_story_and_the_registry_call_a_source_by_the_same_name() -> None:
    sources = yaml.safe_load(STORY_SOURCES.read_text(encoding="utf-8"))["sources"]
    bodies = [source for source in sources if SourceKind(source["kind"]) not in NOBODYS_NAME]
    met = [(source, entry) for source in bodies if (entry := known_from(source))]
    assert [(source["name"], entry.name) for source, entry in met if source["name"] != entry.name] == []
    assert [(source["name"], entry.kind) for source, entry in met if source["kind"] != entry.kind] == []
    assert len(met) > len(bodies) * 0.8


def known_from(source: dict[str, str]) -> Entry | None:
    return registry().find(source["name"], near=(source.get("country") or "").split("/"))


def own(name: str, kind: SourceKind, country: str, *aliases: str) -> Entry:
    """A source as a database of its own would add it."""
    return Entry("own", name, kind, country, ((name, "en"), *((alias, "en") for alias in aliases)), basis="a record")


def test_a_source_that_was_added_is_found_by_its_own_name() -> None:
    extended = registry().with_entries([own("Example Monitor", SourceKind.WEBSITE, "KZ")])
    found = extended.find("the Example Monitor website")
    assert found is not None
    assert found.key == "own"
    assert registry().find("Example Monitor") is None


def test_a_source_that_was_added_takes_the_place_of_its_entry_and_keeps_its_names() -> None:
    extended = registry().with_entries([own("Tass", SourceKind.NEWS_AGENCY, "RU")])
    found = extended.find("塔斯社")
    assert found is not None
    assert (found.key, found.name) == ("own", "Tass")
    assert extended.by_domain("tass.com") == found
    assert len(extended.entries) == len(ENTRIES)


def test_a_name_of_a_source_that_was_added_is_its_alone_unless_every_country_has_one() -> None:
    monitor = own("Example Monitor", SourceKind.WEBSITE, "KZ", "ABC News", "Interior Ministry")
    extended = registry().with_entries([monitor])
    assert extended.find("ABC News") is not None
    assert extended.find("Interior Ministry") is None


def test_a_country_with_a_stroke_is_its_first_and_lies_near_the_others() -> None:
    extended = registry().with_entries([own("Radio Azattyq", SourceKind.BROADCASTER, "US/KZ")])
    found = extended.find("Азаттық")
    assert found is not None
    assert (found.country, found.near) == ("US", ("KZ",))


def test_an_empty_registry_finds_nothing() -> None:
    assert Registry([]).find("Tass") is None
    assert list(Registry([]).mentions("as Tass said")) == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Kazakhstan", "KZ"),
        ("Kazakh", "KZ"),
        ("Kazakhstani", "KZ"),
        ("Kazakhstan's", "KZ"),
        ("казахстанской", "KZ"),
        ("U.S.", "US"),
        ("US", "US"),
        ("us", None),
        ("polish", None),
        ("Polish", "PL"),
        ("South Korean", "KR"),
        ("Korean", None),
        ("Norwegian", "NO"),
        ("Tass", None),
        ("", None),
    ],
)
def test_a_word_for_a_country_leads_to_its_code(word: str, code: str | None) -> None:
    assert country_of(word) == code


def test_every_member_of_the_united_nations_has_a_name_and_a_code_of_two_letters() -> None:
    codes = read_data("countries.yaml")
    assert len(codes) >= 193
    assert [code for code in codes if not (len(code) == 2 and code.isupper() and countries()[code].name)] == []


def test_a_folded_word_keeps_its_place_in_the_text() -> None:
    text = "Ağaç U.S. Khabar-24"
    assert [(word.fold, text[word.start : word.end]) for word in words(text)] == [
        ("agac", "Ağaç"),
        ("us", "U.S."),
        ("khabar", "Khabar"),
        ("24", "24"),
    ]
