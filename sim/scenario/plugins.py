"""Plug-ins: folders of styles, practices, scenarios, metrics, rules and so on that are found beside this package.

A plug-in is a folder with a file plugin.toml. It comes with an installed package, which names it under the entry point
`teamsim.plugins`, or lies in the user's folder of plug-ins. `docs/plugins.md` says what may be in it.
"""

import atexit
import hashlib
import importlib
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.scenario.problems import InputError, shown_path, unknown

if TYPE_CHECKING:
    from sim.scenario.plugin_file import PluginFile

GROUP = "teamsim.plugins"
"""The entry points of packages that bring a plug-in; each names the package in whose folder plugin.toml lies."""

VARIABLE = "TEAMSIM_PLUGINS"
"""The environment variable that says where the user's plug-ins lie."""

NONE = "none"
"""Said in place of a folder: no plug-ins at all, those of packages included."""

FILE = "plugin.toml"
RULES, PATTERNS = "rules", "patterns"
"""The modules of a plug-in: its rules, and the measures of its patterns."""


class Plugin(NamedTuple):
    """A plug-in: its name, its folder, the package that it is, if it is one, and what its plugin.toml says."""

    name: str
    folder: Path
    package: str | None
    file: "PluginFile"

    @property
    def shown(self) -> str:
        """Its plugin.toml, as an error names it."""
        return shown_path(self.folder / FILE)

    @property
    def has_rules(self) -> bool:
        """Whether it changes what happens in a week, or what is measured of it."""
        return bool(self.file.steps or self.file.rules or self.file.metrics or self.file.state)

    def function(self, module: str, name: str, where: str) -> Any:
        """A function of one of its modules; `where` is the key of its plugin.toml that asks for it.

        Raises:
            InputError: no such module or function, or an error when it is imported.
        """
        return named_in(self._module(module), name, f"{self.shown}: {where}")

    def _module(self, module: str) -> Any:
        path = self.folder / f"{module}.py"
        if not path.is_file():
            raise InputError(f"{self.shown}: needs the file {shown_path(path)}, which is not there. Write it.")
        try:
            if self.package is not None:
                return importlib.import_module(f"{self.package}.{module}")
            return _module_of(f"teamsim_plugin_{self.name.replace('-', '_')}_{module}", path)
        except InputError:
            raise
        except Exception as error:  # whatever the code of somebody else raises
            text = f"cannot be imported ({str(error) or type(error).__name__}). Correct it, or take the plug-in away."
            raise InputError(f"{shown_path(path)}: {text}") from error


def named_in(module: Any, name: str, where: str) -> Any:
    """Something of a module by name.

    Raises:
        InputError: there is no such thing.
    """
    if not hasattr(module, name):
        known = [key for key, value in vars(module).items() if callable(value) and value.__module__ == module.__name__]
        raise InputError(f"{where}: {unknown('function', name, known)}")
    return getattr(module, name)


def _module_of(name: str, path: Path) -> Any:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None  # noqa: S101  # it is a file of Python
        assert spec.loader is not None  # noqa: S101
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
    return sys.modules[name]


@cache
def plugins() -> tuple[Plugin, ...]:
    """Every plug-in that is there, by name.

    Raises:
        InputError: something is wrong with one of them.
    """
    if os.environ.get(VARIABLE, "").strip() == NONE:
        return ()  # those of packages neither
    found: dict[str, Plugin] = {}
    for name, folder, package in (*of_packages(), *_of_the_user()):
        if name in found:
            text = f"there is another plug-in called {name}, in {shown_path(found[name].folder)}. Rename one of them."
            raise InputError(f"{shown_path(folder)}: {text}")
        from sim.scenario.plugin_file import read_plugin

        found[name] = Plugin(name, folder, package, read_plugin(folder / FILE))
    together = tuple(found[name] for name in sorted(found))
    if together:
        from sim.scenario.plugin_file import check_parameters

        check_parameters(together)
    return together


def users_folder() -> Path | None:
    """Where the user's own plug-ins lie; None where there can be no such folder, or none is wanted.

    Raises:
        InputError: the environment names something else than a folder.
    """
    if (given := os.environ.get(VARIABLE, "").strip()) == NONE:
        return None
    if given:
        folder = Path(given).expanduser()
        if not folder.is_dir():
            text = f"got {given}, which is no folder. Name the folder in which plug-ins lie, or {NONE}."
            raise InputError(f"{VARIABLE}: {text}")
        return folder
    try:
        return Path.home() / ".teamsim" / "plugins"
    except RuntimeError:  # nobody's home
        return None


def of_packages() -> Iterator[tuple[str, Path, str]]:
    """Name, folder and package of each installed plug-in, by its entry point."""
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP):
        try:
            spec = importlib.util.find_spec(point.value)
        except (ImportError, ValueError, AttributeError):
            spec = None
        if spec is None or not spec.submodule_search_locations:
            text = f"the package {point.value} cannot be found. Install it again, or remove what asks for it."
            raise InputError(f"plug-in {point.name}: {text}")
        yield point.name, Path(next(iter(spec.submodule_search_locations))), point.value


def _of_the_user() -> Iterator[tuple[str, Path, None]]:
    folder = users_folder()
    try:
        inside = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    except OSError:
        return  # a home that nobody may look into has no plug-ins
    for path in inside:
        if (path / FILE).is_file():
            yield path.name, path, None


def merged[V](own: Mapping[str, V], what: str, added: Iterable[tuple[Plugin, Mapping[str, V]]]) -> dict[str, V]:
    """What the package has by name, and what plug-ins add.

    Raises:
        InputError: a plug-in takes a name that is taken.
    """
    together = dict(own)
    for plugin, new in added:
        for name, value in new.items():
            if name in together:
                raise InputError(f'{plugin.shown}: there is another {what} called "{name}". Choose another name.')
            together[name] = value
    return together


def add_parameters() -> None:
    """Put the parameters of plug-ins behind those of the model, before anybody has read that table.

    What is wrong with a plug-in is left to be said by whoever uses it.
    """
    try:
        found = plugins()
    except InputError:
        return
    if any(plugin.file.parameters for plugin in found):
        from sim.scenario.plugin_file import with_parameters_of

        with_parameters_of(found)
    if any(plugin.has_rules for plugin in found):
        _keep_compiled_rules_apart(found)


def digest(found: Iterable[Plugin]) -> str:
    """A short text that changes with anything that plug-ins say of a week or of what is measured."""
    taken = hashlib.sha256()
    for plugin in found:
        if plugin.has_rules:
            _take(taken, plugin, [plugin.folder / FILE, *plugin.folder.rglob("*.py")])
    return taken.hexdigest()[:16]


def versions_of_plugins() -> dict[str, str]:
    """For each plug-in a short text that changes with anything in it; no entry where there is none."""
    found = {}
    for plugin in plugins():
        taken = hashlib.sha256()
        _take(taken, plugin, [*plugin.folder.rglob("*.toml"), *plugin.folder.rglob("*.py")])
        found[f"plug-in {plugin.name}"] = taken.hexdigest()[:16]
    return found


def _take(taken: Any, plugin: Plugin, paths: Iterable[Path]) -> None:
    for path in sorted(set(paths)):
        taken.update(path.relative_to(plugin.folder).as_posix().encode() + b"\0" + path.read_bytes())


def _keep_compiled_rules_apart(found: Iterable[Plugin]) -> None:
    """Keep rules that are compiled together with those of plug-ins in a folder of their own.

    What is kept of the model alone then stays as it is, and a plug-in that changes is compiled anew.
    """
    mark = "teamsim-with-plugins-"
    given = os.environ.get("NUMBA_CACHE_DIR")
    base = Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "teamsim"
    if base.name.startswith(mark):
        base = base.parent  # a process that another one has started
    folder = base / f"{mark}{digest(found)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="teamsim-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].core.config.reload_config()
