"""What this judge counts, for Prometheus."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from contracts.judging import Compiled, Event, Finished, RunFinished

_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


class Metrics:
    """Counters of one judge; a registry of its own, so that tests do not share it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._judgings = Counter(
            "judge_judgings_total", "Judgings that ended", ["result"], registry=self._registry
        )
        self._runs = Counter(
            "judge_runs_total", "Runs by verdict", ["language", "verdict"], registry=self._registry
        )
        self._cpu = Histogram(
            "judge_run_cpu_seconds", "CPU time of runs", buckets=_SECONDS, registry=self._registry
        )
        self._compile = Histogram(
            "judge_compile_seconds",
            "Time on the clock of compilations that were not cached",
            ["language"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._cached = Counter(
            "judge_compile_cached_total", "Compilations found", registry=self._registry
        )

    def note(self, event: Event, language: str) -> None:
        """Count an event of a judging."""
        match event:
            case RunFinished():
                self._runs.labels(language, event.verdict).inc()
                self._cpu.observe(event.cpu_time_ms / 1000)
            case Compiled(cached=True):
                self._cached.inc()
            case Compiled():
                self._compile.labels(language).observe(event.wall_time_ms / 1000)
            case Finished():
                self._judgings.labels("broken" if event.broken else "finished").inc()

    def watch(self, name: str, text: str, value: Callable[[], float]) -> None:
        """A gauge that is read when it is asked for."""
        Gauge(name, text, registry=self._registry).set_function(value)

    def exposition(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self._registry)
