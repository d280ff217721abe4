"""Pages that are made from the code say what the code says, and nothing in the language goes unexplained."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from api.app import create_app
from provenance.analysis.rule import Rule
from provenance.analysis.rules import RULES
from provenance.settings import Settings
from provenance.storage.tables import ALL
from provenance.vocabulary import Term

DOCS = Path(__file__).parent.parent / "docs"


def load_generator() -> ModuleType:
    """``docs`` is a folder of pages and no package, so the generator is loaded by its path."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generator = load_generator()


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_no_generated_page_is_stale() -> None:
    assert list(generator.stale_pages(DOCS)) == []


def test_a_stale_or_missing_page_is_named_and_fails_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generator.main(["--folder", str(tmp_path)]) == 0
    assert generator.main(["--folder", str(tmp_path), "--check"]) == 0
    (tmp_path / "rules.md").write_text("something else", encoding="utf-8")
    (tmp_path / "settings.md").unlink()
    capsys.readouterr()
    assert generator.main(["--folder", str(tmp_path), "--check"]) == 1
    assert re.findall(r"docs/(\S+) is stale", capsys.readouterr().err) == ["rules.md", "settings.md"]
    assert not (tmp_path / "settings.md").exists()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_each_rule_is_explained_in_the_words_of_the_catalogue(rule: Rule) -> None:
    text = page("rules.md")
    for words in (f"## {rule.key}\n", rule.title, rule.finds, rule.why, rule.example, rule.clears_when):
        assert words in text


def test_adding_a_rule_is_explained_as_one_file_and_one_line() -> None:
    text = page("rules.md")
    assert "## How to add a rule\n\nOne new file and one line." in text
    for path in re.findall(r"`((?:provenance|tests)/[a-z_/]+\.py)`", text):
        assert (DOCS.parent / path).exists() or path.endswith("my_rule.py"), path


@pytest.mark.parametrize("terms", generator.vocabularies(), ids=lambda terms: terms.__name__)
def test_each_term_is_explained(terms: type[Term]) -> None:
    text = page("vocabulary.md")
    assert terms.__doc__, f"{terms.__name__} says nothing of itself"
    assert f"## {terms.__name__}\n" in text
    for term in terms:
        assert term.meaning.endswith(".")
        assert f"| `{term.value}` | {term.meaning} |" in text


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_explained(name: str) -> None:
    assert Settings.model_fields[name].description
    assert f"| `PROVENANCE_{name.upper()}` |" in page("settings.md")


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__tablename__)
def test_each_table_and_column_is_listed(model: type) -> None:
    section = page("schema.md").partition(f"\n## {model.__tablename__}\n")[2].partition("\n## ")[0]  # type: ignore[attr-defined]
    for column in model.__table__.columns:  # type: ignore[attr-defined]
        assert f"| `{column.name}` |" in section


def test_each_operation_of_the_api_is_listed() -> None:
    text = page("api.md")
    for path, operations in create_app(Settings()).openapi()["paths"].items():
        for method in operations:
            assert f"### {method.upper()} {path}\n" in text


def test_each_part_that_the_architecture_names_is_there() -> None:
    text = page("architecture.md")
    tree = text.partition("```\n")[2].partition("```")[0]
    named = {line.split()[0] for line in tree.splitlines() if re.match(r"[a-z]", line)}
    named |= {f"provenance/{line.split()[0]}" for line in tree.splitlines() if re.match(r"  [a-z_]", line)}
    missing = [name for name in sorted(named) if not list(DOCS.parent.glob(name.rstrip("/")))]
    assert missing == []


def test_every_part_of_the_package_is_named_by_the_architecture() -> None:
    text = page("architecture.md")
    folders = {init.parent.name for init in (DOCS.parent / "provenance").glob("*/__init__.py")}
    assert {folder for folder in folders if f"  {folder}/" not in text} == set()


LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


@pytest.mark.parametrize("file", sorted(DOCS.rglob("*.md")), ids=lambda file: str(file.relative_to(DOCS)))
def test_links_between_pages_lead_somewhere(file: Path) -> None:
    links = LINK.findall(file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_each_proof_that_the_page_on_security_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w./]+)`", page("security.md")))
    assert len(named) > 8
    assert sorted(name for name in named if not (DOCS.parent / name).exists()) == []
