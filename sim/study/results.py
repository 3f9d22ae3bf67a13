"""Opens results of a study: a row for each run, and weeks and people where they were recorded."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model.metrics import BY_NAME
from sim.scenario.problems import InputError, shown_path
from sim.study.jobs import PEOPLE, PERSONS, TEAMS, WEEKS
from sim.study.plan import Plan
from sim.study.resolve import ResolvedStudy
from sim.study.results_folder import RESULTS, Folder, digest_of
from sim.study.stored_files import read_row_groups, read_rows

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sim.study.execute import Done

DIMS = ("scenario", "point", "style", "replication")


class ExperimentResults:
    """What `open_results` gives; everything is read when it is first asked for.

    Args:
        folder: of finished results.
        plan: how the study was cut into chunks, if that is known already.

    Of claims a point is a plausible world (0 has the default parameters), and what they measure are further columns; of
    a calibration a point is a set of parameters, and the columns are figures of published patterns.
    """

    def __init__(self, folder: Folder, plan: Plan | None = None) -> None:
        self.path = folder.path
        self.manifest = folder.manifest
        """Seed, versions, platform, command, digests."""
        self.done: Done | None = None
        """What was found and what was run, where these results have just been run or resumed."""
        self._folder, self._plan = folder, plan

    @cached_property
    def plan(self) -> Plan:
        """How the study was cut into chunks."""
        return self._plan or self._folder.plan()

    @property
    def resolved(self) -> ResolvedStudy:
        """The study with its scenarios, styles and points."""
        return self.plan.resolved

    @property
    def study(self) -> Any:
        """The study as its file says it."""
        return self.resolved.study

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """One row per run, by scenario, point, replication and style.

        Columns: scenario, style, point, replication, seed; the varied values by their names; error, empty unless the
        run failed; the metrics, `METRIC` over the whole run, `METRIC_WINDOW` over a window, `METRIC_final` in the last
        week, in their units, NaN where there is none.
        """
        frame: pd.DataFrame = read_rows(self.path / RESULTS, self._again).to_pandas(ignore_metadata=True)
        return frame

    def groups(self, columns: Sequence[str] | None = None) -> "Iterator[pd.DataFrame]":
        """The rows of `frame`, or some of its columns, some thousand at a time: for results larger than memory."""
        for rows in read_row_groups(self.path / RESULTS, self._again, columns):
            yield rows.to_pandas(ignore_metadata=True)

    def weekly_chunks(self) -> "Iterator[pd.DataFrame]":
        """The rows that `weekly` is made of, chunk by chunk.

        Raises:
            InputError: weeks were not recorded.
        """
        return self._parts(WEEKS, "weekly")

    def shown(self, scenario: str, point: int) -> dict[str, Any]:
        """The varied values at a point, as the columns of `frame` have them."""
        names = [situation.scenario.name for situation in self.resolved.situations]
        cells = self.plan.shown(self.resolved.situations[names.index(scenario)], point)
        return dict(zip(self.varied, cells, strict=True))

    @property
    def varied(self) -> tuple[str, ...]:
        """Names of the columns that hold what the design varies."""
        return tuple(name for name, _ in self.plan.columns)

    @cached_property
    def points(self) -> "pd.DataFrame":
        """One row per point of the design, in order, with the varied values (of the first scenario, if they differ)."""
        import pandas as pd

        first = self.resolved.situations[0]
        rows = [self.plan.shown(first, point) for point in range(len(self.resolved.points.rows))]
        return pd.DataFrame(rows, columns=list(self.varied))

    @property
    def problem(self) -> dict[str, Any]:
        """The design as SALib's analyses want it: names, and ranges from 0 to 1, on which `unit` lies.

        Raises:
            InputError: the points were not sampled from ranges.
        """
        if self.resolved.points.unit is None:
            kind = self.study.design.kind if self.study.design else "none"
            raise InputError(f"{shown_path(self.path)}: the design ({kind}) was not sampled from ranges.")
        names = list(self.varied)
        return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}

    @property
    def unit(self) -> Any:
        """Where a sampled design's points lie on ranges from 0 to 1: (points, factors); None for other designs."""
        return self.resolved.points.unit

    @cached_property
    def runs(self) -> "xr.Dataset":
        """The metrics as arrays with dimensions scenario, point, style, replication."""
        return _labelled(self, self.frame, self.study.record.columns, ())

    @cached_property
    def weekly(self) -> "xr.Dataset":
        """The metrics of every week: dimensions scenario, point, style, replication, week; NaN after a run's end.

        Raises:
            InputError: weeks were not recorded.
        """
        return _labelled(self, self._read(WEEKS, "weekly"), self.study.record.series, ("week",))

    @cached_property
    def people(self) -> "pd.DataFrame":
        """One row per position at the end of a run: its team, whether it is filled, and the person's state.

        Positions and teams are counted from 1, positions through all teams, as in `person_weeks`.

        Raises:
            InputError: people were not recorded.
        """
        return self._read(PEOPLE, "people")

    @cached_property
    def team_weeks(self) -> "pd.DataFrame":
        """One row per team and week of a run, with every metric that a team has; teams are counted from 1.

        Raises:
            InputError: teams were not recorded.
        """
        return self._read(TEAMS, "team_weeks")

    @cached_property
    def person_weeks(self) -> "pd.DataFrame":
        """One row per position and week of a run: its team, and the state of whoever fills it.

        Positions and teams are counted from 1, positions through all teams, as in `people`.

        Raises:
            InputError: people were not recorded week by week.
        """
        return self._read(PERSONS, "person_weeks")

    def export(self, folder: str | Path, kind: str = "csv") -> list[Path]:
        """Write everything that was recorded as files that other programs read, chunk by chunk.

        Args:
            folder: where to; it is made.
            kind: "csv", "feather" or "parquet".

        Returns:
            The files: runs.KIND, and weeks, people, teams and persons where these were recorded.

        Raises:
            InputError: another kind, or a folder that cannot be written to.
        """
        from sim.study.export import export

        return export(self._folder, self.plan, Path(folder), kind)

    def _read(self, kind: str, key: str) -> "pd.DataFrame":
        import pandas as pd

        return pd.concat(list(self._parts(kind, key)), ignore_index=True)

    def _parts(self, kind: str, key: str) -> "Iterator[pd.DataFrame]":
        if not getattr(self.study.record, key):
            text = f"not recorded. Run the study anew with `{key} = true` in its [record]."
            raise InputError(f"{shown_path(self.path)}: {key}: {text}")
        files = self._folder.chunk_files(self.plan, kind, check=True)
        return (read_rows(path, self._again).to_pandas(ignore_metadata=True) for path in files)

    @property
    def _again(self) -> str:
        """What to do about a file that is damaged."""
        return f"Run: teamsim resume {shown_path(self.path)}"


def open_results(path: str | Path, plan: Plan | None = None) -> ExperimentResults:
    """Open the results of a study.

    Args:
        path: the folder.
        plan: how the study was cut into chunks, if that is known already; with it, results may be those of the rounds
            that have been run so far.

    Raises:
        InputError: not a folder of results, not finished, or not as they were written.
    """
    folder = Folder.at(path)
    begun_only = plan is None and folder.manifest["finished"] is None  # rows of some rounds may be there already
    if begun_only or not (folder.path / RESULTS).is_file():
        raise InputError(f"{shown_path(folder.path)}: not finished. Run: teamsim resume {shown_path(folder.path)}")
    if plan is None and digest_of(folder.path / RESULTS) != folder.manifest["files"].get(RESULTS):
        text = f"not as it was written. Run: teamsim resume {shown_path(folder.path)}"
        raise InputError(f"{shown_path(folder.path / RESULTS)}: {text}")
    return ExperimentResults(folder, plan)


def _labelled(
    results: ExperimentResults, frame: "pd.DataFrame", columns: tuple[str, ...], more: tuple[str, ...]
) -> "xr.Dataset":
    """A table as arrays; a combination that no row has is NaN."""
    import pandas as pd
    import xarray as xr

    dims = (*DIMS, *more)
    labels = {dim: list(dict.fromkeys(frame[dim])) for dim in dims}
    places = [pd.Index(labels[dim]).get_indexer(frame[dim]) for dim in dims]
    variables = {}
    for column in columns:
        values = np.full([len(labels[dim]) for dim in dims], np.nan)
        values[tuple(places)] = frame[column]
        metric = BY_NAME.get(column) or next((BY_NAME[name] for name in BY_NAME if column.startswith(f"{name}_")), None)
        variables[column] = (dims, values, {"units": metric.unit, "long_name": metric.long_name} if metric else {})
    found = xr.Dataset(variables, coords=labels, attrs={"study": results.manifest["study"]})
    points = results.points.loc[labels["point"]]
    return found.assign_coords({name: ("point", points[name].to_numpy()) for name in results.varied})
