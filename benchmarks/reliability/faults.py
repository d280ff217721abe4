"""The faults that are really done to the program, what it answers to each, and the test that does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FAULTS_OF_FILES = "tests/cli/test_faults.py"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong; what a command says and a server answers; the file and the beginning of the name of its test."""

    what: str
    command: str
    server: str
    test: str
    file: str = FAULTS_OF_FILES


FAULTS = (
    Fault(
        "disk full, while it is served",
        NOTHING,
        "507 with Retry-After: 60; reading goes on, and what is sent again is written when there is room",
        "test_a_full_disk_is_told_over_http",
    ),
    Fault(
        "disk full, while a command writes",
        "exit 2, “Make room”; the backup or the rows that were begun are taken back",
        NOTHING,
        "test_a_command_that_finds_no_room",
    ),
    Fault(
        "disk full, while migrating",
        "exit 2; the old schema is whole, and the same command succeeds when there is room",
        NOTHING,
        "test_a_migration_that_finds_no_room",
    ),
    Fault(
        "read-only folder or disk",
        "exit 2, names the file and whom to let write",
        "does not start: exit 2",
        "test_a_database_on_a_disk_that_may_not_be_written",
    ),
    Fault(
        "file of the database moved away, and back",
        "exit 2; no empty file is made in its place",
        "503 with Retry-After: 5, then as before",
        "test_a_database_that_is_moved_away",
    ),
    Fault(
        "PostgreSQL stopped, and started again",
        "exit 2",
        "503 with Retry-After: 5, then as before",
        "test_a_server_of_postgresql_that_stops",
    ),
    Fault(
        "one connection to PostgreSQL lost",
        "exit 2; nothing was written",
        "done again from the start; 503 if it is lost again, or while it was committed",
        "test_a_connection_that_is_lost_",
        "tests/storage/test_sessions_and_locks.py",
    ),
    Fault(
        "another program holds the lock",
        "exit 2 after 10 s",
        "503 with Retry-After for a write; traces are read meanwhile",
        "test_a_lock_that_another_program_holds",
        "tests/storage/test_sessions_and_locks.py",
    ),
    Fault(
        "backup put in the place of the database",
        NOTHING,
        "served at once",
        "test_a_backup_that_is_put_in_the_place",
    ),
    Fault(
        "clock jumping backwards",
        "stamps only grow; what was over when something was last written stays over",
        "as before: 412 for who was too late, versions and moments hold, shares are counted by another clock",
        "test_stamps_only_grow",
        "tests/api/test_clock_set_back.py",
    ),
    Fault(
        "page of the file damaged",
        "`verify` exit 1, `backup` exit 2: restore the newest backup that is whole",
        "503 for what cannot be read, without Retry-After; the rest is answered",
        "test_a_damaged_file_is_found",
    ),
    Fault(
        "beginning of the file damaged",
        "exit 2, “The file is damaged”",
        "does not start: exit 2",
        "test_a_damaged_beginning",
    ),
    Fault(
        "backup cut off or changed",
        "exit 2; nothing is restored",
        NOTHING,
        "test_a_damaged_or_foreign_file_is_refused",
        "tests/storage/test_backup.py",
    ),
    Fault("port taken", "exit 2, names the port and another one", NOTHING, "test_a_port_that_is_taken"),
)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """What, what a command does, what a server answers, and the test, as rows of a table."""
    for fault in FAULTS:
        yield fault.what, fault.command, fault.server, f"`{fault.file}::{fault.test}…`"
