"""Verbs that attribute: of the frames that a verb takes, the first one that its sentence fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.clause import Clause, clause_of, inverted
from provenance.extraction.attribution.cues import Cue, Family, Frame, cues
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.objects import FRAMES, after_preposition
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.spoken import before, clause_after, quote_after, rest
from provenance.vocabulary import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

# Phrases after a verb of saying that name the occasion and belong to the cue, as PolNeAR marks it.
_OWN = frozenset({"itself", "himself", "herself", "themselves"})
_OCCASIONS = frozenset({"statement", "release"})


def of_verb(page: Page, verb: Token, uses: tuple[Cue, ...]) -> Iterator[Found]:
    """What a verb in the active voice attributes."""
    if _passive(verb) or page.doc[verb.i - 1].text == "<" or _cites_a_speaker(verb) or _as_saying(page, verb):
        return
    clause = clause_of(page, verb)
    if uses[0].family is Family.BELIEF and any(child.tag_ == "MD" for child in verb.children):
        return
    frames: dict[Frame, Cue] = {use.frame: use for use in uses if not use.preposition}
    follows = page.doc[clause.group[1]].lower_ if clause.group[1] < len(page.doc) else ""
    nearest = {follows, page.doc[clause.group[1] - 1].lower_}
    at_once = (
        _prepositional(page, clause, uses)
        if nearest & {use.preposition for use in uses if use.family is Family.DIRECTIVE}
        else None
    )
    found = at_once or _spoken(page, clause, frames) or _taken(page, clause, frames)
    found = found or _prepositional(page, clause, uses)
    if found is not None:
        yield found


def of_taken_for_noun(page: Page, word: Token, uses: tuple[Cue, ...]) -> Iterator[Found]:
    """A verb that the parser took for a noun: it rules the sentence, has a subject, and a clause behind it."""
    taken = {child.dep_ for child in word.children}
    if {"nsubj", "ccomp"} <= taken:
        yield from of_verb(page, word, uses)


def _passive(verb: Token) -> bool:
    """Whether the subject, or the noun that a participle belongs to, is not the one who speaks: "a plan called X"."""
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(child.dep_.startswith("aux") for child in verb.children):
        return True
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _cites_a_speaker(verb: Token) -> bool:
    """A "citing officials" names whose words a statement rests on, and states nothing itself."""
    if verb.lemma_ not in ("cite", "quote") or (verb.tag_ != "VBG" and verb.dep_ != "relcl"):
        return False
    if verb.dep_ == "relcl" and verb.head.head.head.lower_ == "according":
        return True
    return any(child.dep_ == "dobj" and cues().is_speaker(child) for child in verb.children)


def _as_saying(page: Page, verb: Token) -> bool:
    """The "saying" of "quoted as saying" and the "said" of "as having said", which belong to that cue."""
    at = verb.i - 1 if page.doc[verb.i - 1].lower_ == "having" else verb.i
    return page.doc[at].tag_ == "VBG" and at > 0 and page.doc[at - 1].lower_ == "as"


def _spoken(page: Page, clause: Clause, frames: dict[Frame, Cue]) -> Found | None:
    quoting, clausal = frames.get(Frame.QUOTE), frames.get(Frame.CLAUSE)
    either = clausal or quoting
    if either and (content := before(page, clause, clausal is not None)):
        return _found(page, inverted(page, clause), either, "before", content)
    if clausal and (content := clause_after(page, clause)):
        return _found(page, clause, clausal, "clause", content)
    if quoting and (content := quote_after(page, clause)):
        return _found(page, clause, quoting, "quote", content)
    if clausal and clausal.family is Family.SPEECH and (content := rest(page, clause)):
        return _found(page, clause, clausal, "rest", content)
    return None


def _taken(page: Page, clause: Clause, frames: dict[Frame, Cue]) -> Found | None:
    for frame, look in FRAMES:
        if (use := frames.get(frame)) and (content := look(page, clause)):
            if use.family is Family.REPORT and (_merely_to(clause.verb) or not _reports(page, clause, frame)):
                return None
            if not any(page.doc[at].is_alpha for at in range(*content[0])) or page.doc[content[0][0]].lower_ in _OWN:
                return None
            return _found(page, clause, use, frame.value, _with_pronoun(page, clause, content))
    return None


def _with_pronoun(page: Page, clause: Clause, content: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """A "denied this" says nothing without its verb."""
    (start, end), *more = content
    alone = not more and end - start == 1 and page.doc[start].pos_ in ("PRON", "DET")
    return ((clause.group[0], end),) if alone else content


def _reports(page: Page, clause: Clause, frame: Frame) -> bool:
    """Whether what shows something can: a report or picture, not a person who shows scars."""
    if frame is not Frame.OBJECT or clause.source is None:
        return True
    showing = cues().words("compilations") | cues().words("pictures")
    who = clause.antecedent or clause.source
    if any(page.doc[at].lemma_.lower() in showing for at in (*range(*who), *range(*clause.source))):
        return True
    if any(child.dep_ == "nsubj" and child.lemma_.lower() in showing for child in clause.verb.children):
        return True
    if clause.verb.dep_ == "relcl":
        return clause.verb.head.lemma_.lower() in showing
    head = page.doc[who[0] : who[1]].root
    return head.pos_ == "NOUN" and not cues().is_speaker(head) and not _is_person(head)


def _is_person(head: Token) -> bool:
    return head.tag_ == "NNS" or head.ent_type_ == "PERSON"


def _merely_to(verb: Token) -> bool:
    """A "to show restraint" that somebody is asked for; "appears to show" is none."""
    return verb.tag_ == "VB" and verb.head.lemma_ not in ("appear", "seem", "say", "report", "claim", "purport")


def _prepositional(page: Page, clause: Clause, uses: tuple[Cue, ...]) -> Found | None:
    for use in uses:
        if not _has_object(clause.verb, use.having):
            continue
        if use.preposition and (taken := after_preposition(page, clause, use.preposition)):
            cue, content = taken
            return _found(page, clause, use, "preposition", content, cue)
    return None


def _has_object(verb: Token, lemma: str | None) -> bool:
    return lemma is None or any(child.dep_ == "dobj" and child.lemma_.lower() == lemma for child in verb.children)


def _found(
    page: Page, clause: Clause, use: Cue, rule: str, content: tuple[Stretch, ...], cue: Stretch | None = None
) -> Found:
    source = None if use.family is Family.SEMBLANCE else clause.source
    if use.family is Family.SEMBLANCE and clause.source and clause.own:
        content = (clause.source, *content)
    return Found(
        rule=f"{use.family.value}.{rule}",
        family=use.family,
        confidence=use.confidence if clause.source else use.confidence * 0.8,
        anchor=clause.verb.i,
        cue=cue or _with_occasion(page, clause),
        source=source,
        content=content,
        manner=use.manner,
        stance=Stance.MENTIONS if _negated(page, clause) else use.stance,
        stands_for=clause.antecedent,
    )


def _negated(page: Page, clause: Clause) -> bool:
    """Whether a cue says that something was not said: "has not confirmed", "neither side confirmed"."""
    verb = clause.verb
    if any(child.dep_ == "neg" or child.lower_ == "neither" for child in verb.children):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    head = verb.head
    if verb.dep_ == "conj" and any(child.lower_ == "neither" for child in head.children):
        return True
    if (
        verb.dep_ == "xcomp"
        and head.lemma_ in ("able", "fail", "decline", "refuse")
        and (head.lemma_ != "able" or any(child.dep_ == "neg" for child in head.head.children))
    ):
        return True
    return clause.source is not None and page.doc[clause.source[0]].lower_ in ("no", "neither", "nobody", "none")


def _with_occasion(page: Page, clause: Clause) -> Stretch:
    """The cue with its "in a statement", and with a colon that follows it."""
    (start, end), doc = clause.group, page.doc
    if (
        end + 2 < len(doc)
        and doc[end].lower_ == "in"
        and doc[end + 1].lower_ == "a"
        and doc[end + 2].lower_ in _OCCASIONS
    ):
        return start, end + 3
    if end < len(doc) and doc[end].text == ":":
        return start, end + 1
    return start, end
