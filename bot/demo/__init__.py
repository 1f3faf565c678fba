"""``hourbridge demo``: a sample system in the browser, on this computer alone."""

from bot.demo.serving import serve_demo

__all__ = ["serve_demo"]
