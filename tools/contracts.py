"""A contract for import-linter: a package imports the standard library and a written list, only.

import-linter's own contracts forbid what they name. The core's promise is the other way round:
whatever is not on its list is refused, so a new dependency is a decision with a reason beside it.
"""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """``source_modules`` import each other, ``allowed_modules`` and the standard library.

    ``excepted_modules`` are not looked at. Direct imports alone count: what an allowed module
    imports is its own affair.
    """

    type_name = "only"

    source_modules = fields.SetField(subfield=fields.StringField())
    allowed_modules = fields.SetField(subfield=fields.StringField(), required=False)
    excepted_modules = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import from the sources to something off the list, with its lines."""
        sources = _names(self.source_modules)
        allowed = sources | _names(self.allowed_modules)
        excepted = _names(self.excepted_modules)
        unknown = sorted((sources | excepted) - graph.modules)
        if unknown:
            raise ValueError(f"no such module: {', '.join(unknown)}")
        broken = [
            (importer, imported, _lines(graph, importer, imported))
            for importer in sorted(graph.modules)
            if _within(importer, sources) and not _within(importer, excepted)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not _within(imported, allowed)
            and imported.partition(".")[0] not in sys.stdlib_module_names
        ]
        output.verbose_print(verbose, f"{len(broken)} imports are off the list")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import that is off the list."""
        for importer, imported, lines in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported} (line {lines})", bold=False)
        output.new_line()
        output.print_error("Do without it, or add it to the list with its reason.", bold=False)


def _names(field: object) -> set[str]:
    # The declared field is replaced by what was parsed, or None, when the contract is made.
    return cast("set[str] | None", field) or set()


def _within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _lines(graph: ImportGraph, importer: str, imported: str) -> str:
    details = graph.get_import_details(importer=importer, imported=imported)
    return ", ".join(str(detail["line_number"]) for detail in details)
