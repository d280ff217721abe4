"""Countries by their names, for readers; the record holds ISO 3166 codes, several of them side by side."""

from __future__ import annotations

import re

_NAMED = """
AE United Arab Emirates;AF Afghanistan;AL Albania;AM Armenia;AR Argentina;AT Austria;AU Australia;AZ Azerbaijan;
BA Bosnia and Herzegovina;BD Bangladesh;BE Belgium;BG Bulgaria;BR Brazil;BY Belarus;CA Canada;CH Switzerland;CL Chile;
CN China;CO Colombia;CZ Czechia;DE Germany;DK Denmark;EE Estonia;EG Egypt;ES Spain;ET Ethiopia;FI Finland;FR France;
GB United Kingdom;GE Georgia;GR Greece;HK Hong Kong;HR Croatia;HU Hungary;ID Indonesia;IE Ireland;IL Israel;IN India;
IQ Iraq;IR Iran;IT Italy;JM Jamaica;JP Japan;KE Kenya;KG Kyrgyzstan;KP North Korea;KR South Korea;KZ Kazakhstan;
LB Lebanon;LT Lithuania;LV Latvia;LY Libya;MD Moldova;MM Myanmar;MN Mongolia;MX Mexico;MY Malaysia;NG Nigeria;
NL Netherlands;NO Norway;NZ New Zealand;PH Philippines;PK Pakistan;PL Poland;PS Palestine;PT Portugal;QA Qatar;
RO Romania;RS Serbia;RU Russia;SA Saudi Arabia;SD Sudan;SE Sweden;SG Singapore;SI Slovenia;SK Slovakia;SO Somalia;
SY Syria;TH Thailand;TJ Tajikistan;TM Turkmenistan;TR Turkey;TW Taiwan;UA Ukraine;US United States;UZ Uzbekistan;
VE Venezuela;VN Vietnam;XK Kosovo;YE Yemen;ZA South Africa;INT International;CIS Commonwealth of Independent States
"""
COUNTRIES = dict(entry.strip().split(" ", 1) for entry in _NAMED.strip().replace("\n", "").split(";"))


def countries(codes: str | None) -> str:
    """The names of countries; a code where we have no name for it.

    >>> countries("KZ/RU"), countries("INT"), countries(None)
    ('Kazakhstan, Russia', 'International', 'country not known')
    """
    if not codes:
        return "country not known"
    return ", ".join(COUNTRIES.get(code.upper(), code) for code in re.split(r"[/,\s]+", codes) if code)
