"""Whoever is redacted is named nowhere any more, however and wherever they were; and nothing else is touched."""

from __future__ import annotations

import io
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from provenance.analysis.redacting import redacted, redacted_for_good
from provenance.analysis.standing import differences
from provenance.exchange.everything.exporting import export_to
from provenance.exchange.everything.importing import import_from
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.redacting import RedactionCreate
from tests.databases import Databases, opened
from tests.storage.redacting import Mention, everything_said, found, mention, name_everywhere

SCRIPTS = {
    "latin": "abcdefghijklmnopqrstuvwxyzéñçšüø",
    "cyrillic": "абвгдежзиклмнопрстуфхэюяёйұқ",
    "greek": "αβγδεζηθικλμνξοπρστυφχψωάέή",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
WORDS = st.sampled_from(sorted(SCRIPTS)).flatmap(
    lambda script: st.lists(st.text(SCRIPTS[script], min_size=5, max_size=9), min_size=2, max_size=3)
)
NAMES = WORDS.map(lambda words: " ".join(word.capitalize() for word in words))


# Each example is a whole database; a smaller one would tell no more.
@settings(
    max_examples=2,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold), st.permutations(range(6)))
def test_a_redacted_person_is_named_nowhere_and_nothing_else_is_touched(
    databases: Databases, names: list[str], ways: list[int]
) -> None:
    decoy = names[0].split()[-1]
    mentions = [mention(name, way) for name in names for way in ways]
    with databases.fresh() as url, opened(url) as engine:
        person = name_everywhere(engine, names, mentions, decoy)
        assert len(found(engine, names)) > 100
        before = everything_said(engine)
        asked = RedactionCreate(source=person, why=f"{mentions[0].said} asked us.")
        if engine.dialect.name == "sqlite":
            assert redacted_for_good(engine, "api: boss", asked).swept
        else:
            # What its files hold is not looked at here, and writing them anew takes seconds.
            redacted(engine, "api: boss", asked)
        assert found(engine, names, in_files=True) == []
        _assert_only_the_names_went(before, everything_said(engine), mentions)
        with Session(engine) as session:
            assert (unbroken(session).breaks, list(mismatches(session)), list(differences(session))) == ((), [], [])
        with databases.fresh() as elsewhere, opened(elsewhere) as other:
            _assert_a_whole_copy_is_taken(engine, other)


def _assert_only_the_names_went(before: Any, after: Any, mentions: list[Mention]) -> None:
    added = {table for table, _ in after.keys() - before.keys()}
    assert before.keys() <= after.keys()
    assert added <= {"history", "redaction"}
    for key, was in before.items():
        for name, value in was.items():
            if name not in FOLLOWING and key[0] != "source_name":
                assert after[key][name] == _without(value, mentions), (key, name)


# What follows from the texts, and what says that a name of the person holds no longer.
FOLLOWING = {"content_hash", "sha256", "media_type", "salt", "recorded_to", "before", "after"}


def _without(value: Any, mentions: list[Mention]) -> Any:
    match value:
        case str():
            for one in sorted(mentions, key=lambda one: len(one.said), reverse=True):
                value = value.replace(one.said, one.blanked)
            return value
        case list():
            return [_without(one, mentions) for one in value]
        case dict():
            return {_without(name, mentions): _without(one, mentions) for name, one in value.items()}
        case _:
            return value


def _assert_a_whole_copy_is_taken(engine: sa.Engine, other: sa.Engine) -> None:
    stream = io.BytesIO()
    export_to(engine, stream)
    import_from(other, io.BytesIO(stream.getvalue()))
    with Session(other) as session:
        assert unbroken(session).redacted > 0
        assert unbroken(session).breaks == ()
