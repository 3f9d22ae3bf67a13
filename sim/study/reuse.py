"""Copies runs of an earlier study into the folder of a longer one, with more replications, points or values.

A run is the same where scenario, style, varied values, seed, replication and what is recorded are the same; its row
only gets the number that its point has now. What cannot be taken is run.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.scenario.problems import InputError, shown_path
from sim.study.jobs import as_parquet
from sim.study.plan import Chunk, Plan
from sim.study.resolve import Situation
from sim.study.results_folder import DAMAGED, Folder, Stored
from sim.study.stored_files import read_rows

if TYPE_CHECKING:
    import pyarrow as pa

MOST_NAMED = 4
"""Places in which scenarios differ that are named."""


def planned_beside(plan: Plan, earlier: Plan) -> Plan:
    """The plan, cut so that the replications and points that an earlier one has are in chunks of their own."""
    before, now = earlier.resolved.study.replications, plan.resolved.study.replications
    if plan.rounds or plan.kind != "study" or earlier.kind != "study":
        return plan
    if before < now:
        return replace(plan, rounds=(before, now))
    known = [{_values(one, row) for row in earlier.resolved.points.rows} for one in earlier.resolved.situations]
    there = [
        tuple(_values(one, row) in some for one in plan.resolved.situations for some in known)
        for row in plan.resolved.points.rows
    ]
    breaks = [point for point in range(1, len(there)) if there[point] != there[point - 1]]
    return replace(plan, breaks=tuple(breaks))


def take_runs(folder: Folder, plan: Plan, earlier: Folder) -> int:
    """Put all chunks into a folder whose runs an earlier folder has; the earlier one stays as it is.

    Returns:
        How many runs were taken.

    Raises:
        InputError: the earlier folder holds no study, or runs of another model, seed or record, or none of these runs.
    """
    where = f"--reuse {shown_path(earlier.path)}"
    if earlier.kind != "study" or plan.kind != "study":
        raise InputError(f"{where}: holds no study. Only studies take runs from studies.")
    earlier.check_model()
    source = _Source(earlier, plan)
    if source.differs:
        raise InputError(f"{where}: its runs cannot be taken: other {source.differs}. Leave --reuse out.")
    taken, known = 0, folder.stored(plan)
    for chunk, key in zip(plan.chunks, plan.keys, strict=True):
        if known.has(key) or (files := source.files(chunk)) is None:
            continue
        folder.keep(key, files)
        taken += plan.runs(chunk)
    if not taken and not any(known.has(key) for key in plan.keys):
        raise InputError(f"{where}: has none of these runs: {source.why_none}. Leave --reuse out.")
    return taken


class _Source:
    """The chunks of an earlier study, by scenario, values of the point and replication."""

    def __init__(self, folder: Folder, wanted: Plan) -> None:
        self._plan, self._wanted = folder.plan(), wanted
        self._stored: Stored = folder.stored(self._plan)
        self._tables: dict[tuple[str, str], Any] = {}
        one, other = self._plan.resolved.study, wanted.resolved.study
        self.differs = ", ".join(
            name for name, differs in (
                ("seed", one.seed != other.seed), ("record", one.record != other.record),
                ("names of what is varied", [n for n, _ in self._plan.columns] != [n for n, _ in wanted.columns]),
            ) if differs
        )  # fmt: skip
        self._situations = {_name(one): number for number, one in enumerate(self._plan.resolved.situations)}
        self._points = [
            {_values(one, row): point for point, row in enumerate(self._plan.resolved.points.rows)}
            for one in self._plan.resolved.situations
        ]
        self._chunks: dict[tuple[int, int], list[tuple[Chunk, str]]] = {}
        for chunk, key in zip(self._plan.chunks, self._plan.keys, strict=True):
            if self._stored.has(key):
                for point in chunk.points:
                    self._chunks.setdefault((chunk.situation, point), []).append((chunk, key))

    @property
    def why_none(self) -> str:
        """Why no run can be taken, in words."""
        before = {one.scenario.name: one for one in self._plan.resolved.situations}
        common = [one for one in self._wanted.resolved.situations if one.scenario.name in before]
        if not common:
            return f"its scenarios are {', '.join(before)}"
        reasons = []
        for one in common:
            other, name = before[one.scenario.name], one.scenario.name
            if _name(one) == _name(other):
                return "it has other points, or none of their runs is there"
            if one.styles != other.styles:
                reasons.append(f"other styles in {name} (all of them, in the same order, belong to a run)")
            differ = list(_differing(one.scenario.model_dump(mode="json"), other.scenario.model_dump(mode="json")))
            if differ:
                more = " and more" if len(differ) > MOST_NAMED else ""
                reasons.append(f"other {', '.join(differ[:MOST_NAMED])}{more} in {name}")
        return "; ".join(reasons)

    def files(self, chunk: Chunk) -> dict[str, bytes] | None:
        """The files of a chunk, put together from earlier ones; None where some run of it is not there."""
        situation = self._wanted.resolved.situations[chunk.situation]
        number = self._situations.get(_name(situation))
        if number is None:
            return None
        parts: dict[str, list[Any]] = {kind: [] for kind in self._wanted.kinds}
        for point in chunk.points:
            before = self._points[number].get(_values(situation, self._wanted.resolved.points.rows[point]))
            if before is None:
                return None
            found = list(self._covering(number, before, chunk.replications))
            if sum(len(some) for some, _ in found) < len(chunk.replications):
                return None
            for some, key in found:
                for kind, tables in parts.items():
                    tables.append(self._rows(key, kind, before, some, point))
        return {kind: as_parquet(_joined(tables, self._wanted)) for kind, tables in parts.items()}

    def _covering(self, situation: int, point: int, wanted: range) -> Iterator[tuple[range, str]]:
        """Replications of a point that are wanted, and the chunk that has them, in order and each once."""
        chunks = self._chunks.get((situation, point), [])
        for chunk, key in sorted(chunks, key=lambda pair: pair[0].replications.start):
            here = range(max(chunk.replications.start, wanted.start), min(chunk.replications.stop, wanted.stop))
            if here:
                yield here, key

    def _rows(self, key: str, kind: str, point: int, replications: range, now: int) -> "pa.Table":
        import pyarrow as pa
        from pyarrow import compute

        if (key, kind) not in self._tables:
            self._tables = {} if len(self._tables) > 8 else self._tables
            self._tables[key, kind] = read_rows(self._stored.file(key, kind), DAMAGED)
        table = self._tables[key, kind]
        number = table["replication"]
        inside = compute.and_(
            compute.greater_equal(number, replications.start), compute.less(number, replications.stop)
        )
        mine = table.filter(compute.and_(compute.equal(table["point"], point), inside))
        place = mine.column_names.index("point")
        return mine.set_column(place, "point", pa.array([now] * len(mine), pa.int64()))


def _differing(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Paths of what differs between two scenarios."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            yield from _differing(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    elif one != other:
        yield path


def _joined(tables: list[Any], plan: Plan) -> "pa.Table":
    """The rows one below the other, in the types that the columns of varied values have now."""
    import pyarrow as pa

    table = pa.concat_tables(tables)
    for name, kind in plan.columns:
        if name in table.column_names:
            place = table.column_names.index(name)
            table = table.set_column(place, name, table[name].cast(pa.type_for_alias(kind)))
    return table


def _name(situation: Situation) -> str:
    """All that a scenario and its styles are."""
    return json.dumps([situation.scenario.model_dump_json(), situation.styles])


def _values(situation: Situation, row: Any) -> str:
    """The values of a point by the places that they take."""
    return json.dumps(
        sorted((json.dumps(place), value) for place, value in situation.values(row).items()), sort_keys=True
    )
