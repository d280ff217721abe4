"""Prompts that people choose from a menu: the order in which the questions are worth asking."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field


def check_a_sentence(
    sentence: Annotated[str, Field(description="The sentence or post that somebody met.")],
) -> str:
    """Where does this come from? From a sentence to its origins, with citations."""
    return f"""Somebody met this sentence and wants to know where it comes from:

{sentence}

1. Ask do_we_know_this. Say which known claims it may be, and why; if none, say only that none is known here.
2. For the likeliest one, ask independent_origins and who_is_it_from. Say how many documents state it, who is named
   first in how many, and how many independent origins are established, with the reason.
3. Ask what_changed, and name what became of numbers, qualifiers and sources on the way, if anything.
4. Ask unverified_figures for that claim, and say what would clear them.

Give the public id and the page for everything you say. Never conclude that the sentence is true or false."""


def brief_on_a_claim(claim: Annotated[str, Field(description="Public id of a claim, or words from it.")]) -> str:
    """What can a desk print about a claim today, and what is open?"""
    return f"""Write a brief for an editor about the claim {claim}, in at most 200 words:

- who it is from (who_is_it_from), and how many independent origins it has and why (independent_origins);
- which other accounts compete with it, with no winner picked (competing_figures);
- what would fall if its main origin were withdrawn (what_if_withdrawn with the id of that source);
- where exactly it is said (where_exactly), with the addresses of the documents.

Give the public id and the page for each. Say what is open. Never say that the claim is true or false."""
