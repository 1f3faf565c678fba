"""The program: command line, settings, wiring, web server, clock and delivery pump."""
