"""From a program's sources to something that runs: the cache or the compiler."""

from dataclasses import dataclass

from contracts.judging import Compiled
from judge.compile_cache import CachedFile, CachedProgram, CompileCache, key_of
from judge.languages.entry import Prepared
from judge.languages.registry import Installed
from judge.sandbox.descriptors import read_start, sealed_memory
from judge.sandbox.interface import BoxFile
from judge.slots import Turn
from judge.steps import Broken
from judge.steps.compile import (
    Artifact,
    Compilation,
    command_line,
    compile_sources,
    size_of,
)
from judge.steps.execute import Runnable

_CACHED_AT_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Built:
    """What to tell about the compilation, and the program unless that failed (CE)."""

    event: Compiled
    runnable: Runnable | None


class Builder:
    """Compiles in the sandbox and remembers what it compiled."""

    def __init__(self, cache: CompileCache) -> None:
        self._cache = cache

    def build(self, turn: Turn, language: Installed, prepared: Prepared) -> Built | Broken:
        """The program ready to run; its descriptors belong to the caller."""
        step = language.data.compile
        if step is None:
            return Built(Compiled(ok=True), _assemble(language, prepared, ()))
        key = key_of(language, command_line(language, step, prepared), prepared)
        cached = self._cache.get(key)
        if cached is not None:
            return _from_cache(language, prepared, cached)
        compilation = compile_sources(turn.slot(), language, step, prepared)
        if isinstance(compilation, Broken):
            turn.check()
            return compilation
        self._remember(key, compilation)
        return _from_compiler(language, prepared, compilation)

    def _remember(self, key: str, compilation: Compilation) -> None:
        artifacts = compilation.artifacts
        if artifacts is None or sum(map(size_of, artifacts)) > _CACHED_AT_MOST_BYTES:
            return
        files = [
            CachedFile(artifact.name, read_start(artifact.descriptor, size_of(artifact)))
            for artifact in artifacts
        ]
        self._cache.put(
            key,
            CachedProgram(
                files, compilation.output, compilation.cpu_time_ms, compilation.wall_time_ms
            ),
        )


def _from_cache(language: Installed, prepared: Prepared, cached: CachedProgram) -> Built:
    artifacts = tuple(Artifact(file.name, sealed_memory(file.content)) for file in cached.files)
    event = Compiled(
        ok=True,
        output=cached.output,
        cpu_time_ms=cached.cpu_time_ms,
        wall_time_ms=cached.wall_time_ms,
        cached=True,
    )
    return Built(event, _assemble(language, prepared, artifacts))


def _from_compiler(language: Installed, prepared: Prepared, compilation: Compilation) -> Built:
    event = Compiled(
        ok=compilation.artifacts is not None,
        output=compilation.output,
        cpu_time_ms=compilation.cpu_time_ms,
        wall_time_ms=compilation.wall_time_ms,
    )
    if compilation.artifacts is None:
        return Built(event, None)
    return Built(event, _assemble(language, prepared, compilation.artifacts))


def _assemble(language: Installed, prepared: Prepared, artifacts: tuple[Artifact, ...]) -> Runnable:
    """Put the files together that the program will find in its box."""
    run, step = language.data.run, language.data.compile
    owned = [artifact.descriptor for artifact in artifacts]
    executable = None
    files: list[BoxFile] = []
    for artifact in artifacts:
        if artifact.name == run.executable:
            executable = artifact.descriptor
        else:
            files.append(BoxFile(artifact.descriptor, artifact.name, 0o555))
    if step is None or step.keep_sources:
        for file in prepared.files:
            descriptor = sealed_memory(file.content)
            owned.append(descriptor)
            files.append(BoxFile(descriptor, file.name))
    return Runnable(
        language=language,
        files=tuple(files),
        executable=executable,
        main=prepared.main,
        main_class=prepared.main_class,
        owned=tuple(owned),
    )
