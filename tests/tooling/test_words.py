"""The Welsh catalogue: nothing that people read goes missing or comes out garbled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools.catalogue import CATALOGUE
from tools.words import main

ONE = 'greet = _("Hello {name}", name=name)\n'
MANY = 'count = plural("{count} hour", "{count} hours", count)\n'
HOURS = ["{count} awr", "{count} awr", "dwy awr", "{count} awr", "{count} awr", "{count} awr"]
TAXONOMY = '[[group]]\n[group.skills]\nspc = { en = "Run charts", cy = "Siartiau rhediad" }\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout with two messages in code and one skill label, and its catalogue."""
    for folder in ("adapters", "bot", "core/words", "core/skills"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "core/greeting.py").write_text(ONE)
    (tmp_path / "adapters/card.py").write_text(MANY)
    (tmp_path / "core/skills/taxonomy.toml").write_text(TAXONOMY)
    assert main(["extract"], tmp_path) == 0
    return tmp_path


def _fill(house: Path, words: dict[str, object]) -> int:
    file = house / "words.json"
    file.write_text(json.dumps(words))
    return main(["fill", str(file)], house)


def _translated(house: Path) -> None:
    assert _fill(house, {"Hello {name}": "Helo {name}", "{count} hour": HOURS}) == 0


def test_an_untranslated_message_fails_the_check_and_is_named(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"], house) == 1
    said = capsys.readouterr().out
    assert "no Welsh: 'Hello {name}'" in said
    assert "no Welsh: '{count} hour'" in said


def test_a_full_catalogue_passes_and_skill_labels_fill_themselves(house: Path) -> None:
    _translated(house)
    assert main(["check"], house) == 0
    with (house / CATALOGUE).open("rb") as source:
        catalogue = read_po(source, locale="cy")
    assert catalogue["Run charts"].string == "Siartiau rhediad"
    assert catalogue["{count} hour"].string == tuple(HOURS)
    assert catalogue.num_plurals == 6


def test_extracting_again_changes_nothing_and_keeps_translations(house: Path) -> None:
    _translated(house)
    before = (house / CATALOGUE).read_text()
    (house / "core/greeting.py").write_text("# A line more.\n" + ONE)
    assert main(["extract"], house) == 0
    assert (house / CATALOGUE).read_text() == before


def test_a_message_that_went_away_fails_the_check_until_it_is_extracted(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _translated(house)
    (house / "core/greeting.py").write_text("")
    assert main(["check"], house) == 1
    assert "no longer used: 'Hello {name}'" in capsys.readouterr().out
    assert main(["extract"], house) == 0
    assert '"Hello {name}": "Helo {name}"' in capsys.readouterr().out
    assert main(["check"], house) == 0


def test_a_new_message_fails_the_check(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _translated(house)
    (house / "bot/more.py").write_text('_("Goodbye")\n')
    assert main(["check"], house) == 1
    assert "not in the catalogue: 'Goodbye'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("english", "welsh", "why"),
    [
        ("Hello {name}", "Helo {enw}", "lost {name}"),
        ("Hello {name}", "Helo {name} {enw}", "made up {enw}"),
        ("Hello {name}", "Helo {name", "expected '}'"),
        ("Hello {name}", "Helo {name!r}", "not a plain name"),
        ("Hello {name}", "Helo {name} ", "another space"),
        ("Hello {name}", HOURS, "needs one translation"),
        ("{count} hour", "awr", "needs 6 plural forms"),
        ("{count} hour", HOURS[:5], "needs 6 plural forms"),
        ("{count} hour", [*HOURS[:5], ""], "not all 6 plural forms"),
        ("{count} hour", [*HOURS[:5], "oriau"], "lost {count} (form 5)"),
        ("Goodbye", "Hwyl", "no such message"),
    ],
)
def test_a_malformed_translation_is_refused_and_nothing_is_written(
    house: Path, capsys: pytest.CaptureFixture[str], english: str, welsh: object, why: str
) -> None:
    before = (house / CATALOGUE).read_text()
    assert _fill(house, {english: welsh}) == 1
    assert why in capsys.readouterr().out
    assert (house / CATALOGUE).read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('msgstr "Helo {name}"', 'msgstr "Helo {enw}"', "lost {name}"),
        ('msgid "Hello', '#, fuzzy\nmsgid "Hello', "marked fuzzy"),
        ("nplurals=6", "nplurals=5", "num_plurals"),
        ("n==6 ? 4", "n==8 ? 4", "Plural-Forms"),
        ('msgid "Run charts"', '#~ msgid "Gone"\n#~ msgstr "Wedi"\n\nmsgid "Run charts"', "Gone"),
    ],
)
def test_a_catalogue_that_was_spoilt_by_hand_fails_the_check(
    house: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, why: str
) -> None:
    _translated(house)
    file = house / CATALOGUE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    assert main(["check"], house) == 1
    assert why in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ('_(f"Hello {name}")', "needs its words written out"),
        ("_(words)", "needs its words written out"),
        ("""f"<b>{_('Hello')}</b>\"""", "inside an f-string"),
        ('_("")', "needs its words written out"),
        ('plural("{count} day", days, 2)', "needs its words written out"),
        ('_("Hello {nobody}")', "is given no nobody"),
        ('_("Hello", name="Ana")', "has no place for name"),
        ('_("Hello {}", name="Ana")', "not a plain name"),
        ('_("Hello {name")', "expected '}'"),
        ("_(", "never closed"),
    ],
)
def test_a_call_that_no_catalogue_can_serve_fails_the_check_with_its_line(
    house: Path, capsys: pytest.CaptureFixture[str], call: str, why: str
) -> None:
    (house / "bot/wrong.py").write_text(f"\n{call}\n")
    assert main(["check"], house) == 1
    named = [line for line in capsys.readouterr().out.splitlines() if "bot/wrong.py:2:" in line]
    assert len(named) == 1
    assert why in named[0]


def test_what_is_missing_is_listed_as_json_with_its_place(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["missing"], house) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"msgid": "Hello {name}", "where": ["core/greeting.py"]},
        {"msgid": "{count} hour", "plural": "{count} hours", "where": ["adapters/card.py"]},
    ]


def test_a_message_that_is_said_alone_and_counted_stands_once(house: Path) -> None:
    (house / "bot/more.py").write_text('_("{count} hour", count=1)\n')
    assert main(["extract"], house) == 0
    assert (house / CATALOGUE).read_text().count('msgid "{count} hour"') == 1


def test_a_message_where_babel_does_not_look_is_named(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _translated(house)
    inside = ONE + 'where = _("In {chat}", chat=CHATS.get(one, _("the local page")))\n'
    (house / "core/greeting.py").write_text(inside)
    assert main(["check"], house) == 1
    said = capsys.readouterr().out
    assert "core/greeting.py:2: 'the local page' is not found where it stands" in said
