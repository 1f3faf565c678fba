"""Which functions that make views run while the gallery is made."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType, FunctionType, ModuleType

import core
from core.ui import gallery
from tests.contract.everything import HOUSE

_GIVEN = {"Desk", "Office", "Books", "Notice", "View", "Form"}
"""What a function takes that reads books, and hands its values to one that draws them; or what it
takes to add a line to what another has drawn."""
_PLAIN_VALUES = {"str", "int", "bool", "date", "datetime"}
"""What a helper returns that draws nothing."""
_NO_ROOMS = ("core.ui", "core.kernel", "core.words")


def modules() -> Iterator[ModuleType]:
    """Every module of every room."""
    for found in pkgutil.walk_packages(core.__path__, "core."):
        if not found.name.startswith(_NO_ROOMS):
            yield importlib.import_module(found.name)


def makers(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of ``module`` whose work a person sees as a whole.

    In ``views.py``, ``forms.py`` and their like that is every function that draws anything;
    elsewhere those that make a whole View or Form out of values alone.
    """
    name = module.__name__.rpartition(".")[2]
    drawing = name.endswith(("views", "forms"))
    for thing in vars(module).values():
        if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
            # As written: every module postpones its annotations.
            written = dict(thing.__annotations__)
            returned = str(written.pop("return", ""))
            whole = {"View", "Form"} & set(returned.split(" | "))
            drawn = returned not in _PLAIN_VALUES if drawing else whole
            if drawn and (drawing or not _GIVEN & set(written.values())):
                yield thing


def ran_during(make: Callable[[], object]) -> set[CodeType]:
    """The code of every Python function that runs inside ``make``."""
    ran: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            ran.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        make()
    finally:
        sys.setprofile(before)
    return ran


def unseen() -> list[str]:
    """The makers of views and forms that no example shows, by their full names."""
    wanted = [maker for module in modules() for maker in makers(module)]
    ran = ran_during(lambda: [*gallery.examples(), *HOUSE.gallery()])
    return sorted(
        f"{maker.__module__}.{maker.__qualname__}" for maker in wanted if maker.__code__ not in ran
    )
