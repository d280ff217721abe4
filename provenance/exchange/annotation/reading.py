"""What annotations of others say, whoever wrote them: Web Annotations alone, in lists and pages, and Hypothesis' own.

Only their form is looked at here; what is malformed is refused with the place where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from provenance.errors import InvalidInput
from provenance.exchange.annotation.format import HEDGED
from provenance.exchange.annotation.nodes import Node
from provenance.exchange.annotation.placing import Words
from provenance.exchange.annotation.skipping import REPLY, kept_back
from provenance.vocabulary import Stance

MOST = 500  # annotations that are read at once
CLAIM_ID = re.compile(r"clm_[a-z0-9]{1,36}")
WEAKENING = re.compile(HEDGED.replace("{}", "(.{1,500})"), re.DOTALL)
# What a reader tags a comment with that puts the claim in words, and the purposes that say so of a body.
STATES_IT = "claim"
STATING = frozenset({"describing", "identifying"})
STANCES = {stance.value: stance for stance in Stance}


class Written(StrEnum):
    """In whose shape an annotation came; kept as the rule by which a report was proposed."""

    W3C = "web_annotation"
    HYPOTHESIS = "hypothesis"


@dataclass(frozen=True, slots=True)
class Annotated:
    """What one annotation says of one target.

    ``place`` is its path in what was sent. ``words`` None with ``unfollowed`` selectors: it is about a part that gives
    no words; without: about the whole document. ``about`` are the addresses in its bodies, ``says`` the words that may
    become a claim, ``highlights`` whether these are only those of the document. ``remark`` is the first comment, which
    may repeat a claim that is held and never becomes one. ``skipped`` is why nothing may be taken of it at all.
    """

    place: str
    written: Written
    source: str
    id: str | None = None
    words: Words | None = None
    hint: int | None = None
    unfollowed: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    claim: str | None = None
    says: str | None = None
    highlights: bool = False
    remark: str | None = None
    comments: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: str | None = None
    stance: Stance = Stance.ASSERTS
    hedge: str | None = None
    creator: str | None = None
    created: str | None = None


def read_annotations(sent: object) -> list[Annotated]:
    """All that the annotations say, in their order.

    :raises InvalidInput: naming the place, where they are malformed, too many, or none at all.
    """
    found = list(_several(Node("", sent)))
    if not found:
        raise InvalidInput(
            "items: there is no annotation in it. Send one, a list, or a page with `items`.", field="items"
        )
    return found


def _several(node: Node) -> Iterator[Annotated]:
    for each in _each(node):
        yield from _hypothesis(each) if _is_of_hypothesis(each) else _w3c(each)


def _each(node: Node) -> list[Node]:
    """The annotations in whatever holds them."""
    if node.is_list:
        return node.listed(MOST)
    held = node.object()
    for key in ("rows", "items", "@graph"):
        if (inside := held.child(key)) is not None:
            return inside.listed(MOST)
    if "AnnotationCollection" in held.types():
        first = held.child("first")
        if first is not None and first.is_object:
            return _each(first)
        raise held.wrong("first", "the annotations stand in pages elsewhere", "Send the pages")
    return [held]


def _is_of_hypothesis(node: Node) -> bool:
    return node.child("uri") is not None and "Annotation" not in node.types()


def _w3c(node: Node) -> Iterator[Annotated]:
    held = node.object()
    if "Annotation" not in held.types():
        raise held.wrong("type", "it is no Annotation", 'Give it the type "Annotation"')
    said = _Said()
    motivation = held.words("motivation")
    for body in held.several("body"):
        _read_body(body, said, motivation)
    value = held.text("bodyValue")
    if value:
        (said.described.append if STATING & set(motivation) else said.comment)(value)
    targets = held.several("target")
    if not targets:
        raise held.wrong("target", "it is missing", "Say what the annotation is about")
    for target in targets:
        skipped = REPLY if "replying" in motivation else None
        yield _annotated(held, target, said, Written.W3C, _source(target), skipped)


def _hypothesis(node: Node) -> Iterator[Annotated]:
    held = node.object()
    said = _Said()
    if text := held.text("text"):
        said.comment(text)
    for tag in held.words("tags"):
        said.tag(tag)
    uri = held.required("uri")
    for target in held.several("target") or [held.at("target", {})]:
        source = target.object().text("source") or uri
        yield _annotated(held, target, said, Written.HYPOTHESIS, source, kept_back(held))


class _Said:
    """What the bodies of an annotation say together."""

    def __init__(self) -> None:
        self.about: list[str] = []
        self.claim: str | None = None
        self.described: list[str] = []
        self.comments: list[str] = []
        self.stance = Stance.ASSERTS
        self.states_it = False
        self.unknown: list[str] = []
        self.hedge: str | None = None

    def comment(self, words: str) -> None:
        """A comment, which may be how we tell the words that weaken a claim."""
        weakening = WEAKENING.fullmatch(words)
        if weakening is None:
            self.comments.append(words)
        else:
            self.hedge = weakening[1]

    def tag(self, word: str) -> None:
        """A word that may be a stance of ours, the id of a claim, or say that the comment is a claim."""
        bare = word.strip()
        if CLAIM_ID.fullmatch(bare):
            self.claim = bare
        elif bare.casefold() == STATES_IT:
            self.states_it = True
        elif bare.casefold() in STANCES:
            self.stance = STANCES[bare.casefold()]
        elif bare:
            self.unknown.append(bare)


def _read_body(body: Node, said: _Said, motivation: list[str]) -> None:
    if body.is_text:
        said.about.append(body.string())
        return
    held = body.object()
    types = held.types()
    for part in held.several("items") if {"Choice", "Composite", "List"} & set(types) else ():
        _read_body(part, said, motivation)
    purposes = held.words("purpose") or motivation
    value = held.text("value")
    source = held.child("source")
    if value:
        if {"classifying", "tagging"} & set(purposes) or CLAIM_ID.fullmatch(value.strip()):
            said.tag(value)
        elif STATING & set(purposes):
            said.described.append(value)
        else:
            said.comment(value)
    elif source is not None:
        said.about.append(source.string() if source.is_text else source.object().required_id())
    elif (address := held.id()) is not None:
        said.about.append(address)
    elif "TextualBody" in types:
        raise held.wrong("value", "it is missing", "Give the text")


def _annotated(held: Node, target: Node, said: _Said, written: Written, source: str, skipped: str | None) -> Annotated:
    words, hint, unfollowed = _selected(target)
    tagged = said.comments[:1] if said.states_it and not said.described else []
    described, comments = said.described or tagged, said.comments[len(tagged) :]
    highlighted = words.exact if words is not None and not described else None
    return Annotated(
        place=held.place or "annotation",
        written=written,
        source=source,
        id=held.id(),
        words=words,
        hint=hint,
        unfollowed=unfollowed,
        about=tuple(said.about),
        claim=said.claim,
        says=described[0] if described else highlighted,
        highlights=highlighted is not None,
        remark=comments[0] if comments and not described else None,
        comments=tuple(comments),
        unknown=tuple(dict.fromkeys(said.unknown)),
        skipped=skipped,
        stance=said.stance,
        hedge=said.hedge,
        creator=_creator(held),
        created=held.text("created"),
    )


def _creator(held: Node) -> str | None:
    if (user := held.text("user")) is not None:
        return user
    for one in held.several("creator"):
        return one.string() if one.is_text else one.object().text("name") or one.object().id()
    return None


def _source(target: Node) -> str:
    if target.is_text:
        return target.string()
    held = target.object()
    source = held.child("source")
    if source is None:
        return held.required_id()
    return source.string() if source.is_text else source.object().required_id()


def _selected(target: Node) -> tuple[Words | None, int | None, tuple[str, ...]]:
    words, hint, unfollowed = None, None, []
    for selector in [] if target.is_text else target.object().several("selector"):
        if selector.is_text:
            unfollowed.append(selector.string())
            continue
        held = selector.object()
        types = held.types()
        if "TextQuoteSelector" in types:
            beside = (held.text(key, verbatim=True) or "" for key in ("prefix", "suffix"))
            words = words or Words(held.required("exact", verbatim=True), *beside)
        elif "TextPositionSelector" in types:
            hint, end = held.count("start"), held.count("end")
            if end < hint:
                raise held.wrong("end", f"it is {end}, before the start at {hint}", "Swap the two")
        else:
            unfollowed += types or ["a selector without a type"]
    if words is None and hint is not None:
        unfollowed.append("TextPositionSelector")
    return words, hint, tuple(unfollowed)
