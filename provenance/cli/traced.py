"""A trace as a page for a terminal: what is claimed, what the counts say, how it travelled, and what is open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from provenance.cli.layout import Hanging, beneath, item, plain, title
from provenance.cli.routes import Json
from provenance.cli.tree import trees
from provenance.phrases import counted, listed
from provenance.vocabulary import ClaimStatus, CorrectionKind, Relation, Stance, Verdict

VERDICTS = {Verdict.ESTABLISHED: "green", Verdict.UNEXAMINED: "yellow", Verdict.SINGLE: "yellow"}
ACCOUNTS = 3  # other accounts that are told; the rest is a number


def page(document: Json, every: bool = False) -> RenderableType:
    """The whole trace; ``every``: fold nothing, however long it gets."""
    parts = [
        *_head(document),
        *_says(document),
        *_routes(document, every),
        *_dissent(document),
        *_corrections(document["corrections"]),
        *_accounts(document["other_accounts"], every),
        *_reviews(document["reviews"]),
        *_flags(document["flags"]),
        *_searched(document["searched"]),
    ]
    return Group(*parts)


def _head(document: Json) -> Iterator[RenderableType]:
    claim = document["claim"]
    status, verdict = ClaimStatus(claim["status"]), Verdict(document["independence"]["verdict"])
    yield plain(claim["text"], "bold")
    yield plain(f"{claim['id']}: {claim['event_title']}", "dim")
    if claim["tally_title"]:
        yield plain(f"Counted in: {claim['tally_title']}", "dim")
    yield Text()
    yield Hanging("Status:  ", Text.assemble((_word(status), "bold"), f". {status.meaning}"))
    style = f"bold {VERDICTS.get(verdict, 'red')}"
    yield Hanging("Verdict: ", Text.assemble((_word(verdict), style), f". {verdict.meaning}"))


def _says(document: Json) -> Iterator[RenderableType]:
    yield Text()
    yield from (item(sentence) for sentence in document["says"])


def _routes(document: Json, every: bool) -> Iterator[RenderableType]:
    drawn = trees(document, every)
    if drawn:
        yield title("How it travelled")
    yield from drawn
    if every and document["support_cut"]["size"]:
        yield Text()
        yield plain(_cut(document["support_cut"]), "dim")
    for circle in document["circular"]:
        yield plain(f"They quote each other in a circle: {' -> '.join([*circle, circle[0]])}.", "bold red")


def _cut(cut: Json) -> str:
    names, size = listed(cut["sources"]), cut["size"]
    fewer = "" if cut["exact"] else " Fewer may do."
    if size == 1:
        return f"If {names} were not believed, no report would still have anybody behind it.{fewer}"
    return f"If these {size} sources were not believed, no report would still have anybody behind it: {names}.{fewer}"


def _dissent(document: Json) -> Iterator[RenderableType]:
    found: dict[Stance, Counter[str]] = defaultdict(Counter)
    for report in document["reports"]:
        found[Stance(report["stance"])][report["publisher"]] += 1
    others = [(stance, publishers) for stance, publishers in found.items() if stance is not Stance.ASSERTS]
    if others:
        yield title("Documents that do not state it")
    for stance, publishers in others:
        yield item(
            f"{counted(publishers.total(), 'report')} {_does(stance, publishers.total())}: {', '.join(publishers)}."
        )


def _does(stance: Stance, reports: int) -> str:
    verb = {Stance.DENIES: "deny it", Stance.QUESTIONS: "question it", Stance.RETRACTS: "retract it"}
    plural = verb.get(stance, "only mention it")
    singular = {"deny it": "denies it", "only mention it": "only mentions it"}
    return plural if reports > 1 else singular.get(plural, plural.replace(" it", "s it"))


def _corrections(corrections: Sequence[Json]) -> Iterator[RenderableType]:
    if corrections:
        yield title("What was done to it")
    for correction in corrections:
        when = f", {correction['effective']}" if correction["effective"] else ""
        about = f", about what {correction['upstream']} said" if correction["upstream"] else ""
        through = f" as {correction['downstream']} relayed it" if correction["downstream"] else ""
        yield item(f"{_word(CorrectionKind(correction['kind']))} by {correction['by']}{when}{about}{through}.")
        replaced = correction.get("replaced_by_text")
        for said in (
            correction["note"],
            replaced and f"Replaced by: {replaced} ({correction['replaced_by']})",
            correction["remains"] and f"What remains: {correction['remains']}",
        ):
            if said:
                yield beneath(said)


def _accounts(accounts: Sequence[Json], every: bool) -> Iterator[RenderableType]:
    if accounts:
        yield title(f"Other accounts: {len(accounts)}, none of them a repetition of this one")
    shown = accounts if every else accounts[:ACCOUNTS]
    for account in shown:
        relation = Relation(account["relation"])
        field = f" ({account['field']})" if account["field"] else ""
        whose = ", ".join(account.get("party_names") or ()) or counted(account["parties"], "party", "parties")
        yield item(f"{_word(relation)}{field}, from {whose}: {account['text']}")
        yield beneath(account["claim"])
    if len(shown) < len(accounts):
        yield item(f"… and {len(accounts) - len(shown)} more")


def _reviews(reviews: Sequence[Json]) -> Iterator[RenderableType]:
    if reviews:
        yield title("Reviews")
    for review in reviews:
        yield item(f"{review['author']}: {review['rating']}. {review['reasons'] or 'It gives no reasons.'}")


def _flags(flags: Sequence[Json]) -> Iterator[RenderableType]:
    if flags:
        yield title(f"Flags: {len(flags)}")
    for flag in flags:
        yield item(Text.assemble((flag["title"], "bold yellow"), f" ({flag['rule']}): {flag['reason']}"))
        yield beneath(f"Clears when: {flag['clears_when']}")


def _searched(searched: Sequence[str]) -> Iterator[RenderableType]:
    yield Text()
    for sentence in searched:
        yield plain(sentence, "dim")
    if not searched:
        yield plain("No log says what was searched: what is not shown here may exist all the same.", "dim")
    yield plain("This measures reporting, never truth.", "dim")


def _word(term: str) -> str:
    return term.replace("_", " ").capitalize()
