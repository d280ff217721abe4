"""Keys are made, listed and taken back at a terminal; each is shown once, and alone on stdout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provenance.access import Caller
from provenance.cli.serving import LettingIn, first_key, require_keys
from provenance.errors import InvalidInput, KeyNeeded
from provenance.settings import settings
from provenance.storage.reads.access import holder_of_key
from provenance.storage.session import make_engine, reading
from provenance.vocabulary import Role
from tests.cli.conftest import Shell

KEY = re.compile(r"prv_[a-z2-7]{16}_[A-Za-z0-9_-]{43}")


def opens(shell: Shell, key: str) -> Caller:
    """Who comes in with a key."""
    engine = make_engine(shell.url)
    try:
        with reading(engine) as session:
            return holder_of_key(session, key).caller
    finally:
        engine.dispose()


def made(shell: Shell, role: str = "editor", name: str = "Ana", *more: str) -> str:
    """A key, as a script takes it."""
    return shell.run("key", "create", "--role", role, "--name", name, *more).out.strip()


def test_a_key_stands_alone_on_stdout_so_that_a_script_can_take_it(shell: Shell) -> None:
    said = shell.run("key", "create", "--role", "editor", "--name", "Ana", "--expires", "30d", "--per-minute", "60")
    key = said.out.strip()
    assert KEY.fullmatch(key)
    assert "editor Ana" in said.err
    assert "not shown again" in said.err
    caller = opens(shell, key)
    assert (caller.name, caller.role) == ("Ana", Role.EDITOR)


def test_the_list_says_what_became_of_each_key_and_no_secret(shell: Shell) -> None:
    secrets = [made(shell), made(shell, "reader", "Rea", "--expires", "2999-01-01")]
    shell.run("key", "revoke", f"key_{secrets[0].split('_')[1]}")
    listed = shell.run("key", "list")
    assert "editor Ana; made" in listed.words
    assert "by the command line, revoked" in listed.words
    assert "reader Rea; made" in listed.words
    assert "expires 2999-01-01 00:00, never used" in listed.words
    document = shell.document("key", "list", "--good")
    assert [(one["name"], one["good"], one["created_by"]) for one in document["items"]] == [
        ("Rea", True, "the command line")
    ]
    assert not [secret for secret in secrets if secret.split("_", 2)[2] in listed.out + str(document)]


def test_a_key_that_is_taken_back_opens_nothing(shell: Shell) -> None:
    admin, first, second = made(shell, "admin", "Bea"), made(shell), made(shell, "editor", "Ana", "--same-person")
    assert "Revoked: key_" in shell.run("key", "revoke", "--name", "Ana").err
    for key in (first, second):
        with pytest.raises(KeyNeeded, match="was revoked"):
            opens(shell, key)
    assert opens(shell, admin).name == "Bea"
    # Whoever still has the whole key may name it by that; the secret is not repeated.
    said = shell.run("key", "revoke", admin)
    assert admin.split("_", 2)[2] not in said.err + said.out
    assert "Nobody can manage keys over HTTP now" in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("create", "--role", "editor", "--name", " "), "--name: it holds nothing but white space"),
        (("create", "--role", "editor", "--name", "Ana", "--expires", "soon"), "Write 2027-01-01, or 30d"),
        (("create", "--role", "editor", "--name", "Ana", "--expires", "2020-01-01"), "that is past already"),
        (("create", "--role", "editor", "--name", "Ana", "--expires", "99999d"), ""),
        (("create", "--role", "editor", "--name", "Ana", "--per-minute", "0"), "greater than or equal to 1"),
        (("revoke",), "Say which key, by its id"),
        (("revoke", "key_aaaaaaaaaaaaaaaa"), "There is no key 'key_aaaaaaaaaaaaaaaa'"),
        (("revoke", "--name", "Nobody"), "Nobody has no key that is good"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(shell: Shell, words: tuple[str, ...], says: str) -> None:
    if not says:
        assert KEY.fullmatch(shell.run("key", *words).out.strip())
        return
    assert says in shell.run("key", *words, expect=2).err


def test_others_reach_a_server_only_once_an_editor_or_admin_has_a_key(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(shell, "contributor", "Con")
    with pytest.raises(InvalidInput, match="provenance key create --role admin"):
        require_keys(shell.url, "0.0.0.0")
    require_keys(shell.url, "127.0.0.1")
    monkeypatch.setenv("PROVENANCE_PUBLIC_ADDRESS", "https://claims.example")
    settings.cache_clear()
    try:
        with pytest.raises(InvalidInput, match=r"PROVENANCE_PUBLIC_ADDRESS is https://claims\.example"):
            require_keys(shell.url, "127.0.0.1")
        made(shell)
        require_keys(shell.url, "127.0.0.1")
    finally:
        settings.cache_clear()


def test_the_demonstration_makes_one_key_of_an_admin_and_never_a_second(shell: Shell) -> None:
    engine = make_engine(shell.url)
    first, again = first_key(engine), first_key(engine)
    engine.dispose()
    said = "\n".join(first.said("http://127.0.0.1:8000"))
    [key] = KEY.findall(said)
    assert "http://127.0.0.1:8000/login" in said
    assert 'curl -H "Authorization: Bearer $KEY" http://127.0.0.1:8000/v1/me' in said
    assert key not in repr(first)
    assert (opens(shell, key).name, opens(shell, key).role) == ("demo", Role.ADMIN)
    assert again == LettingIn(None)
    assert "provenance key create" in again.said("")[0]


def test_a_key_needs_a_database_and_makes_none(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"
    shell = Shell(f"sqlite:///{nowhere}")
    assert "There is no database" in shell.run("key", "list", expect=2).err
    assert not nowhere.exists()
