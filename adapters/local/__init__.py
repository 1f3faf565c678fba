"""The local page: a browser chat on this computer, where a newcomer tries Hourbridge as anybody."""

from adapters.local.app import LocalPlatform
from adapters.local.people import Persona

__all__ = ["LocalPlatform", "Persona"]
