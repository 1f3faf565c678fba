"""The benchmarks: ``python -m tests.bench``, or ``make bench``. Needs Linux.

Figures are ratios within one run, because absolute times say more about the machine than about the
program; but for the one that Slack itself counts in seconds. ``var/bench.json`` gets a list of
``{"name", "value", "goal", "unit"}``.

``slack.preview``, ``slack.offer``, ``slack.confirm``, ``teams.offer`` (times, at most the goal):
CPU of the Hourbridge server for one request, over that of a bare Bolt app acknowledging one. The
bare app is the same aiohttp server in front of an ``AsyncApp`` with a fixed authorisation and one
listener that only acknowledges; it gets the very same signed payloads. Each server is a process of
its own on one core, and its CPU (all threads, user and system) is read from outside; the load, a
fake Slack and the checks run on another core. Hourbridge is the whole program on a SQLite file
(WAL, synchronous=FULL) with 300 members; only the pump and the clock do not run, so that sending
notices and jobs are not counted. Bare and ours take turns; the figure is the median of the rounds'
ratios. Every answer is checked, and in the end the database: posts, hours and a clean audit.

``slack.turn`` (times, at most the goal): the same for the Slack adapter alone, with an engine that
does nothing and no database; the worse of a command and a press.

``teams.turn`` (times, at most the goal): the Teams adapter alone: the token of a typed message is
checked, an engine that does nothing says a card, and the card is posted to a stub of the connector
service before the message is acknowledged. Over a bare Bolt app that acknowledges a typed command.

``teams.send`` (times, at least the goal): how many more proactive messages our courier sends for
the same CPU than the Bot Framework SDK's connector client, used as its documentation shows. There
is no figure where a message is missing, or where more connections were open than the pool has.

``slack.ack`` (seconds, at most the goal): the slowest acknowledgement of any command, button, form,
shortcut, mention or message while every transaction takes 2 seconds. Forms open, slow forms say
that they are saving and every result arrives, or there is no figure.

``slack.rss`` (times, at most the goal): the server's memory after 50,000 requests over that after
the first 5,000, by when all 500 workspaces were seen.

``ledger.sqlite``, ``ledger.postgres`` (share, at least the goal): the ledger against the bare
driver executing the very same statements, which the driver's own trace has to confirm.

``delivery.plan`` (times, at least the goal): planning a notice for 100,000 people, against one
INSERT for each of them through the bare driver, within one transaction.

``delivery.drain`` (times, at least the goal): deliveries a second of replicas with the real pump,
against as many workers that claim, send and finish one row in one transaction. Sending takes 20 ms.

``digest.compose`` (times, at most the goal): a personal digest among 100,000 members, posts,
exchanges and events, over the same one among 1,000. ``delivery.rss`` (times, at most the goal): the
peak memory of a process that drains 1,000,000 deliveries over that of one that drains 10,000; it
takes a quarter of an hour. These four are on a PostgreSQL of their own that writes to the disk as
in production. ``python -m tests.bench.national`` is no ratio: see docs/scale.md.
"""
