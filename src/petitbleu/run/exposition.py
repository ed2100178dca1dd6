"""The process's counters and gauges in Prometheus' text form. Imported at the first scrape."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from petitbleu.metrics import COUNTERS, HISTOGRAMS, Histogram
from petitbleu.run.metrics import Source

PREFIX = "petitbleu_"


class _Ours(Collector):
    """Turns our counters and the sources' gauges into metric families when asked."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = tuple(sources)

    def collect(self) -> Iterator[Metric]:
        for counter in COUNTERS.values():
            family = CounterMetricFamily(
                PREFIX + counter.name, counter.help, labels=[counter.label] if counter.label else []
            )
            for value, count in (counter.values or ({} if counter.label else {"": 0})).items():
                family.add_metric([value] if counter.label else [], count)
            yield family
        for each in HISTOGRAMS.values():
            yield _buckets(each)
        for source in self._sources:
            for gauge in source():
                yield GaugeMetricFamily(PREFIX + gauge.name, gauge.help, value=gauge.value)


def _buckets(kept: Histogram) -> Metric:
    """A histogram in Prometheus' form: each bound with all that is not above it."""
    bounds = [*map(str, kept.bounds), "+Inf"]
    buckets = list(zip(bounds, itertools.accumulate(kept.counts), strict=True))
    return HistogramMetricFamily(PREFIX + kept.name, kept.help, buckets=buckets, sum_value=kept.sum)


def registry(sources: Iterable[Source]) -> CollectorRegistry:
    """What a scrape of one instance reads."""
    made = CollectorRegistry()
    made.register(_Ours(sources))
    ProcessCollector(registry=made)
    return made


def text(made: CollectorRegistry) -> bytes:
    """What a scrape gets."""
    return generate_latest(made)
