"""Figures for Prometheus at ``/metrics``: what this process did, and what the database says.

What a process does is counted as it happens and costs nothing to ask for. What stands in the
database is the same for every replica, and is read by ``bot.readings``.

Labels are bounded: platforms, intents, kinds of notice and jobs are named in the code, and tenants
are those that an operator has approved. No label is, or stands for, a person.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from core.couriers import Courier, Later, Outcome, Parcel, Sent

_OUTCOMES = ("sent", "edited", "later", "refused", "unreachable")
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_BATCHES = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """What this process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        counter = partial(Counter, registry=self.registry)
        histogram = partial(Histogram, registry=self.registry)
        self.actions = counter(
            "hourbridge_actions",
            "Actions by platform, intent and outcome",
            ("platform", "intent", "outcome"),
        )
        # Looking one up in Prometheus' own way takes longer than counting.
        self._counted: dict[tuple[str, str, str], Counter] = {}
        self.sends = counter(
            "hourbridge_sends",
            "Messages handed to a platform, by what it answered",
            ("platform", "outcome"),
        )
        self.holds = counter(
            "hourbridge_holds",
            "How often a tenant has asked for time (429)",
            ("platform", "tenant"),
        )
        self.durations = histogram(
            "hourbridge_send_duration_seconds",
            "How long a platform took to take one message, waiting for its pace included",
            ("platform",),
            buckets=_SECONDS,
        )
        self.in_flight = Gauge(
            "hourbridge_sends_in_flight",
            "Messages that a platform has been handed and has not answered yet",
            ("platform",),
            registry=self.registry,
        )
        self.render_failures = counter(
            "hourbridge_render_failures",
            "How often a notice could not be rendered, each new try included, by its kind",
            ("kind",),
        )
        self.batches = histogram(
            "hourbridge_claimed_batch_size",
            "How many deliveries one claim took, where it took any",
            buckets=_BATCHES,
        )

    def count(self, platform: str, intent: str, outcome: str) -> None:
        """Count one action."""
        counted = self._counted.get((platform, intent, outcome))
        if counted is None:
            counted = self.actions.labels(platform, intent, outcome)
            self._counted[platform, intent, outcome] = counted
        counted.inc()

    def claimed(self, many: int) -> None:
        """Count one claim of deliveries."""
        if many:
            self.batches.observe(many)

    def renders(self, kinds: Iterable[str]) -> None:
        """These kinds of notices there are, and none has failed yet."""
        for kind in kinds:
            # From 0: of a figure that begins with 1, Prometheus sees no increase.
            self.render_failures.labels(kind)

    def unrendered(self, kind: str) -> None:
        """Count a notice of this kind that could not be rendered."""
        self.render_failures.labels(kind).inc()

    def sent(self, platform: str, parcel: Parcel, outcome: Outcome, seconds: float) -> None:
        """Count one message and what came of it."""
        named = type(outcome).__name__.lower()
        edited = isinstance(outcome, Sent) and bool(parcel.handle)
        self.sends.labels(platform, "edited" if edited else named).inc()
        self.durations.labels(platform).observe(seconds)
        if isinstance(outcome, Later) and outcome.whole_tenant:
            self.holds.labels(platform, parcel.tenant).inc()

    def measured(self, platform: str, courier: Courier) -> Courier:
        """A courier that counts what it carries."""
        for outcome in _OUTCOMES:
            # From 0: of a figure that begins with 1, Prometheus sees no increase.
            self.sends.labels(platform, outcome)
        return _Measured(self, platform, courier)

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)


class _Measured:
    """Satisfies ``core.couriers.Courier``."""

    def __init__(self, metrics: Metrics, platform: str, courier: Courier) -> None:
        self._metrics = metrics
        self._platform = platform
        self._courier = courier
        self._in_flight = metrics.in_flight.labels(platform)

    async def deliver(self, parcel: Parcel) -> Outcome:
        started = time.perf_counter()
        with self._in_flight.track_inprogress():
            try:
                outcome = await self._courier.deliver(parcel)
            except Exception:
                # The pump takes it for refused, and the alarm for that goes by this figure.
                self._metrics.sends.labels(self._platform, "refused").inc()
                raise
        seconds = time.perf_counter() - started
        self._metrics.sent(self._platform, parcel, outcome, seconds)
        return outcome
