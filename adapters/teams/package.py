"""The app package, which a Teams administrator uploads: the same contents give the same bytes."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Final
from zipfile import ZipFile, ZipInfo

from adapters.teams.manifest import (
    COLOUR_ICON,
    OUTLINE_ICON,
    WELSH_FILE,
    App,
    Shape,
    localisation,
    manifest,
)
from core.feature import House

MANIFEST_FILE: Final = "manifest.json"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""What a zip file can say at the least: its time of making is nobody's business."""
_UNIX, _READABLE = 3, 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Icons:
    """The two pictures, as PNG: ``colour`` for lists and chats, ``outline`` for the app bar."""

    colour: bytes
    outline: bytes


def package(app: App, house: House, icons: Icons) -> bytes:
    """The zip file with manifest, icons and Welsh words."""
    files = {
        MANIFEST_FILE: json_bytes(manifest(app, house)),
        COLOUR_ICON: icons.colour,
        OUTLINE_ICON: icons.outline,
        WELSH_FILE: json_bytes(localisation(app, house)),
    }
    packed = io.BytesIO()
    # Nothing is compressed: that could come out otherwise on another machine.
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content)
    return packed.getvalue()


def json_bytes(shape: Shape) -> bytes:
    """``shape`` as a file that people can read too."""
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()
