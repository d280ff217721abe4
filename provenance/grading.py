"""Scales by which casualty recorders grade how well an account or a count is supported, in our own words.

A desk may grade its range by one of them or in words of its own. Grades say how well something is reported, never that
it is true.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance.errors import InvalidInput

OWN_WORDS = "own words"


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of a scale, and what whoever gives it says with it."""

    grade: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale by the name of those who use it; without ``grades`` any word may stand."""

    name: str
    meaning: str
    grades: tuple[Grade, ...] = ()


SCALES = (
    Scale(
        "Airwars",
        "Five words for how well an incident that harmed civilians is supported, and by whom.",
        (
            Grade("Confirmed", "A force that took part has accepted responsibility for the harm."),
            Grade("Fair", "Two or more credible sources report it, and a force that took part was active there."),
            Grade("Weak", "Only one source reports it so far."),
            Grade("Contested", "Sources name different parties as responsible, and that is not settled."),
            Grade("Discounted", "Later findings show that it did not happen so, or harmed no civilian."),
        ),
    ),
    Scale(
        "Iraq Body Count",
        "Whether a count of deaths rests on two sources that do not depend on each other.",
        (
            Grade(
                "Two independent sources", "At least two sources report the deaths, and neither has it from the other."
            ),
            Grade("Provisional", "Only one source reports the deaths, or it is not settled yet that there are two."),
        ),
    ),
    Scale(OWN_WORDS, "Any word of the desk's own, which its method explains."),
)


def graded(scale: str | None, grade: str | None) -> tuple[str | None, str | None]:
    """The scale and the grade as they are spelled where they are ours; a scale that we do not know stays as it is.

    :raises InvalidInput: for a scale without a grade, and for a grade that a scale we know does not have.

    >>> graded("airwars", "fair"), graded(None, "two officials agree")
    (('Airwars', 'Fair'), ('own words', 'two officials agree'))
    """
    if grade is None:
        if scale is not None:
            raise InvalidInput("grade: the scale is named and the grade is not; give both or neither.", field="grade")
        return None, None
    known = next((each for each in SCALES if each.name.casefold() == (scale or OWN_WORDS).casefold()), None)
    if known is None:
        return scale, grade
    spelled = {step.grade.casefold(): step.grade for step in known.grades}
    if known.grades and grade.casefold() not in spelled:
        listed = ", ".join(step.grade for step in known.grades)
        raise InvalidInput(
            f"grade: {known.name} has no '{grade}'; use one of {listed}, or the scale '{OWN_WORDS}'.", field="grade"
        )
    return known.name, spelled.get(grade.casefold(), grade)
