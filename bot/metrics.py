"""Figures for Prometheus at ``/metrics``: what was done, what waits, what was refused."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from core.engine import Engine


class Metrics:
    """Counters that the engine feeds, and gauges read from the database when asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.actions = Counter(
            "hourbridge_actions",
            "Actions by platform, intent and outcome",
            ("platform", "intent", "outcome"),
            registry=self.registry,
        )
        # Looking one up in Prometheus' own way takes longer than counting.
        self._counted: dict[tuple[str, str, str], Counter] = {}
        self.deliveries = Gauge(
            "hourbridge_deliveries",
            "Deliveries by kind of notice and state",
            ("kind", "state"),
            registry=self.registry,
        )
        self.oldest = Gauge(
            "hourbridge_oldest_due_delivery_seconds",
            "How long the longest-waiting due delivery has been due",
            registry=self.registry,
        )

    def count(self, platform: str, intent: str, outcome: str) -> None:
        """Count one action."""
        counted = self._counted.get((platform, intent, outcome))
        if counted is None:
            counted = self.actions.labels(platform, intent, outcome)
            self._counted[platform, intent, outcome] = counted
        counted.inc()

    def text(self, engine: Engine) -> bytes:
        """Everything, in Prometheus' text format."""
        with engine.store.begin() as books:
            now = engine.clock()
            counts = books.deliveries.counts()
            oldest = books.deliveries.oldest_due(now)
        self.deliveries.clear()
        for (kind, state), many in counts.items():
            self.deliveries.labels(kind, state).set(many)
        self.oldest.set((now - oldest).total_seconds() if oldest else 0)
        return generate_latest(self.registry)
