"""Texts as publishers put them into markup: with the tags and entities of the page that they were cut from."""

from __future__ import annotations

import html
import re

# What stands between sentences parts them; what stands within one, such as <b>, does not.
PARTING = "p|br|div|li|ul|ol|h[1-6]|blockquote|table|tr|td|th|hr|section|article|figure|figcaption|pre|img|iframe"
WITHIN = "a|abbr|b|big|center|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|style|sub|sup|time|tt|u|wbr"
ATTRIBUTES = r"(?:\s[^<>]{0,2000})?/?"
UNREAD = re.compile(rf"<(script|style){ATTRIBUTES}>[^<]*</\1\s*>", re.IGNORECASE)
TAG = re.compile(rf"</?(?:({PARTING})|{WITHIN}|script){ATTRIBUTES}>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SPACES = re.compile(r"[ \t\xa0]+")
# Systems that publish escape a text once or twice; nobody does so more often.
MOST_ROUNDS = 5


def as_read(text: str) -> str:
    """A text as its readers see it; one without tags and entities is left as it is, and so is what this gave.

    >>> as_read("&quot;Dozens&quot; <b>were</b> killed<br/>in Almaty &amp;amp; Aktau, 5 < 6")
    '"Dozens" were killed in Almaty & Aktau, 5 < 6'
    """
    if "<" not in text and "&" not in text:
        return text
    for _ in range(MOST_ROUNDS):
        read = ENTITY.sub(lambda one: html.unescape(one.group()), TAG.sub(_gap, UNREAD.sub(" ", text)))
        if read == text:
            break
        text = SPACES.sub(" ", read).strip()
    return text


def _gap(tag: re.Match[str]) -> str:
    return " " if tag.group(1) else ""
