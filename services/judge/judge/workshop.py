"""Everything a judge is made of, wired once; HTTP and the command line both stand on it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from judge.building import Builder
from judge.checkers import native
from judge.compile_cache import CompileCache
from judge.judging import Bench
from judge.languages import headers, registry
from judge.languages.registry import Registry
from judge.sandbox.daemon import BoxdSettings, find_boxd
from judge.sandbox.interface import SlotPool
from judge.sandbox.pool import BoxdSlotPool, cores_to_pin
from judge.sandbox.runtimes import default_binds
from judge.slots import FairSlots

_LINKERS = {
    "/usr/bin/ld.mold": "-fuse-ld=mold",
    "/usr/bin/mold": "-fuse-ld=mold",
    "/usr/bin/ld.gold": "-fuse-ld=gold",
}


# Debian's GHC keeps its list of libraries here, behind a link from /usr/lib.
_MORE_BINDS = ("?/var/lib/ghc",)


@dataclass(frozen=True, slots=True)
class Workshop:
    """The parts that a judging needs."""

    pool: SlotPool
    slots: FairSlots
    registry: Registry
    bench: Bench
    headers: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workshop is made from."""

    cache_dir: Path
    slots: int = 0
    waiting: int = 0
    compile_cache_bytes: int = 256 << 20
    cgroup_root: str | None = None


def open_pool(plan: Plan, environ: Mapping[str, str]) -> BoxdSlotPool:
    """The real slots; raises SandboxUnavailableError with the reason when there can be none."""
    folder = plan.cache_dir / "headers"
    folder.mkdir(parents=True, exist_ok=True)
    inherited = environ.get("JUDGE_BOXD_FD")
    settings = BoxdSettings(
        path=find_boxd(environ),
        binds=default_binds([f"{folder}:{headers.HEADERS}", *_MORE_BINDS]),
        control_group=plan.cgroup_root or "auto",
        inherited_descriptor=int(inherited) if inherited else None,
    )
    size = plan.slots or len(os.sched_getaffinity(0))
    return BoxdSlotPool(settings, size, cores_to_pin(size))


def make_workshop(plan: Plan, pool: SlotPool) -> Workshop:
    """Wire the parts around a pool."""
    native_folder = plan.cache_dir / "native"
    found = [registry.locate(data, _words(data.id)) for data in registry.load()]
    return Workshop(
        pool=pool,
        slots=FairSlots(pool, plan.waiting),
        registry=Registry(found),
        bench=Bench(
            builder=Builder(CompileCache(plan.cache_dir / "compiled", plan.compile_cache_bytes)),
            comparer=native.load(native_folder),
        ),
        headers=plan.cache_dir / "headers",
    )


def _words(language_id: str) -> dict[str, str]:
    """Placeholders that are the same for every program."""
    linker = next((flag for path, flag in _LINKERS.items() if Path(path).exists()), "")
    return {"linker": linker, "headers": f"{headers.HEADERS}/{language_id}"}
