"""What stands in front of and behind a number and says what it makes of it: 'more than', 'or fewer', 'equal to'."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.extraction.figures.page import Page
from provenance.extraction.figures.words import Words
from provenance.number_words import Bound


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads: the piece behind it, its bounds, and whether it says that the number equals something.

    ``second`` is the piece with which the second qualifier begins, or the number where there is no second.
    """

    first: int
    end: int
    bounds: tuple[Bound, ...] = ()
    equal: bool = False
    second: int = 0


def lead(page: Page, here: int, words: Words) -> Lead:
    """What qualifies a number from the front; nothing is as good as something."""
    bounds: list[Bound] = []
    end, equal, second = here, False, 0
    while len(bounds) < _MOST:
        bound = words.before.at(page, end)
        if bound is not None:
            second = end if len(bounds) == 1 else second
            bounds.append(bound[0])
            end = bound[1]
        elif not equal and (equals := _EQUAL.get(page.low(end))):
            end += 2 if page.low(end + 1) == "to" else 1
            equal = equals != "to" or page.low(end - 1) == "to"
            if not equal:
                return Lead(here, here)
        elif bounds and page.low(end) in ("the", "a", "an", "even", "only", "just", "another"):
            if page.low(end) in ("a", "an"):
                break  # it belongs to "a thousand"
            end += 1
        else:
            break
    return Lead(here, end, tuple(bounds), equal, second or end)


# Nobody qualifies a number more often.
_MOST = 3
_EQUAL = {"equal": "to", "equals": "equals", "equaling": "to", "equalling": "to", "equalled": "equals"}


def trail(page: Page, here: int, words: Words, equal: bool, bound: Bound | None) -> tuple[Bound, int] | None:
    """What qualifies a number from behind, unless it leads to another number ('200 or greater than 190')."""
    if page.low(here) == "+" and page.glued(here) and page.kind(here + 1) != "number":
        return Bound.AT_LEAST, here + 1
    if bound in _CLOSED and page.low(here) == "or" and page.low(here + 1) == "equal":
        end = here + (3 if page.low(here + 2) == "to" else 2)
        return None if _at_number(page, end, words) else (_CLOSED[bound], end)
    found = words.after.at(page, here)
    if found is None:
        return None
    end = found[1]
    if _at_number(page, end, words) or (page.low(end) == "than" and _at_number(page, end + 1, words)):
        return None
    if page.low(end - 1) in ("more", "less", "fewer") and page.low(end) == "than":
        end += 1
    if page.low(here) == "at" and page.kind(end) == "word" and page.low(end) not in words.lexicon.joiners:
        return None
    return found[0], end


_CLOSED = {Bound.MORE: Bound.AT_LEAST, Bound.FEWER: Bound.UP_TO}


def _at_number(page: Page, here: int, words: Words) -> bool:
    if page.kind(here) == "number":
        return True
    return page.kind(here) == "word" and (words.small.at(page, here) is not None)


def one_bound(bounds: tuple[Bound, ...]) -> Bound | None:
    """What several qualifiers of one number come to: 'about 500 or more' is at least 500."""
    strict = [bound for bound in bounds if bound not in (Bound.ABOUT, Bound.ALMOST, Bound.JUST_OVER)]
    if strict:
        return strict[-1]
    return bounds[0] if bounds else None
