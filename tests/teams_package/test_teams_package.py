"""The app package and its icons."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from adapters.teams.manifest import localisation, manifest
from adapters.teams.package import Icons, package
from tests.teams_package.draw import SIZES, drawn, white
from tests.teams_package.pictures import Pixel, read_png, write_png
from tests.teams_package.test_teams_manifest import APP, HOUSE

FOLDER = Path(__file__).parents[2] / "manifest"
ICONS = Icons((FOLDER / "color.png").read_bytes(), (FOLDER / "outline.png").read_bytes())
WHITE = (255, 255, 255)
TEAL: Pixel = (0x0B, 0x5D, 0x5E, 255)
MARGIN = (192 - 120) // 2
"""Teams cuts the corners of the colour icon to many shapes, and keeps 120 pixels in the middle."""


def test_the_package_holds_the_manifest_both_icons_and_the_welsh_words() -> None:
    with zipfile.ZipFile(io.BytesIO(package(APP, HOUSE, ICONS))) as made:
        assert made.testzip() is None
        assert made.namelist() == ["manifest.json", "color.png", "outline.png", "cy.json"]
        inside = json.loads(made.read("manifest.json"))
        assert inside == manifest(APP, HOUSE)
        assert json.loads(made.read("cy.json")) == localisation(APP, HOUSE)
        assert made.read(inside["icons"]["color"]) == ICONS.colour
        assert made.read(inside["icons"]["outline"]) == ICONS.outline
        [welsh] = inside["localizationInfo"]["additionalLanguages"]
        assert welsh["file"] in made.namelist()


def test_a_package_that_is_made_again_is_the_same_to_the_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = package(APP, HOUSE, ICONS)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert package(APP, HOUSE, ICONS) == first
    with zipfile.ZipFile(io.BytesIO(first)) as made:
        for entry in made.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED
            assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)


@pytest.mark.parametrize("name", SIZES)
def test_an_icon_is_as_large_as_teams_asks(name: str) -> None:
    picture = read_png((FOLDER / f"{name}.png").read_bytes())
    assert picture.size == (SIZES[name], SIZES[name])


def test_the_outline_is_white_on_nothing_and_reaches_the_edges() -> None:
    picture = read_png(ICONS.outline)
    assert {(red, green, blue) for red, green, blue, _ in picture.pixels()} == {WHITE}
    opaque = [one[3] for one in picture.pixels()]
    assert 0.1 < sum(opaque) / 255 / len(opaque) < 0.5, "a drawing, neither empty nor a block"
    left, _top, right, _bottom = picture.bounds((*WHITE, 0))
    assert (left, right) == (0, 32)


def test_the_colour_icon_fills_its_square_and_keeps_its_drawing_in_the_middle() -> None:
    picture = read_png(ICONS.colour)
    assert {one[3] for one in picture.pixels()} == {255}
    left, top, right, bottom = picture.bounds(TEAL)
    assert min(left, top) >= MARGIN
    assert max(right, bottom) <= 192 - MARGIN


def test_the_icons_are_drawn_from_their_svg() -> None:
    fresh = {"color": drawn("color"), "outline": white(drawn("outline"))}
    for name, picture in fresh.items():
        kept = read_png((FOLDER / f"{name}.png").read_bytes())
        far = sum(
            abs(one - other)
            for here, there in zip(kept.pixels(), picture.pixels(), strict=True)
            for one, other in zip(here, there, strict=True)
        )
        # Another Chromium may soften an edge otherwise; another drawing is further away.
        assert far / (SIZES[name] ** 2 * 4) < 2, f"python -m tests.teams_package.draw ({name})"


def test_a_picture_that_is_written_is_read_again() -> None:
    for icon in (ICONS.colour, ICONS.outline):
        picture = read_png(icon)
        assert read_png(write_png(picture)) == picture
