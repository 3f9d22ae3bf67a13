"""The section of a scenario that `teamsim fit` writes: plausible worlds of this firm are drawn from it.

    [fitted]
    paths = ["company.conditions", "market.labour_tightness"]
    worlds = [[17, 0.41, 0.62], [233, 0.55, 0.48]]

Each world is one that goes with the past: the number of its set of parameters (of `sets` that `seed` draws), then the
firm's own conditions. What stands in the rest of the file is the middle of these worlds; whoever changes it there
changes it in all of them.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.scenario.fields import Faults, Section, StyleName

Count = Annotated[int, Field(ge=0, json_schema_extra={"unit": "number"})]
Some = Annotated[int, Field(ge=1, json_schema_extra={"unit": "number"})]
OwnUnit = Annotated[float, Field(json_schema_extra={"unit": "unit of the column"})]
Names = Annotated[tuple[str, ...], Field(strict=False)]
Row = Annotated[tuple[float, ...], Field(strict=False)]


class Foreseen(Section):
    """How one column of the past would have been foreseen from what was before it; in the unit of the file."""

    column: str = Field(max_length=200, description="heading of the column")
    metric: str = Field(max_length=100, description="what it is in the model, or left for people who left")
    periods: Some = Field(description="how many were foreseen")
    actual: OwnUnit = Field(description="what it was in them: a mean, or the total of people who left")
    expected: OwnUnit = Field(description="what the model expected")
    low: OwnUnit = Field(description="from here ...")
    high: OwnUnit = Field(description="... to here in nine of ten cases")
    error: OwnUnit = Field(ge=0, description="error of the model in a period: root of the mean square")
    error_no_change: OwnUnit = Field(ge=0, description="the same of saying that everything stays as in the last period")
    error_mean: OwnUnit = Field(ge=0, description="the same of naming the mean of the past")
    inside_50: Count = Field(description="periods within the band that holds half of the cases")
    inside_90: Count = Field(description="periods within the band that holds nine of ten")
    verdict: str = Field(
        pattern="^(foreseen|as a guess|guess better|missed|not judged)$",
        description="foreseen, as a guess (which foresaw it as well), guess better, missed, or not judged",
    )
    reason: str = Field(
        default="",
        pattern="^(|few worlds|few values|few left)$",
        description="why it is not judged: few worlds, few values, or few left",
    )


class Fitted(Section):
    """Plausible worlds of one firm, and how well they would have foreseen its last months."""

    history: str = Field(max_length=200, description="name of the file with the past")
    periods: str = Field(max_length=200, description="which periods it has")
    model: str = Field(max_length=64, description="version of the model's numbers that this belongs to")
    sets: Some = Field(description="sets of parameters that were drawn")
    seed: Count = Field(description="of these draws")
    tried: Some = Field(description="worlds that were held against the past")
    effective: float = Field(
        ge=1, json_schema_extra={"unit": "worlds"}, description="as how many of them those count that go with it"
    )
    paths: Names = Field(description="the firm's own conditions that were found out")
    styles: Annotated[tuple[StyleName, ...], Field(strict=False)] = Field(
        default=(), description="styles of the present leaders, whose profiles were found out, too"
    )
    middle: dict[str, float] = Field(description="the middle of the worlds, by path, as this file has it elsewhere")
    worlds: Annotated[tuple[Row, ...], Field(strict=False, min_length=1)] = Field(
        description="number of the set of parameters, then the conditions in the order of the paths"
    )
    backtest: Annotated[tuple[Foreseen, ...], Field(strict=False)] = Field(
        default=(), description="how well the end of the past would have been foreseen"
    )

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        faults = Faults()
        for place, row in enumerate(self.worlds):
            if len(row) != 1 + len(self.paths):
                faults.add(("worlds", place), f"has {len(row)} numbers; it takes {1 + len(self.paths)}. Fit anew.")
            elif not (row[0].is_integer() and 0 <= row[0] < self.sets):
                faults.add(("worlds", place), f"begins with {row[0]:g}; allowed is 0 to {self.sets - 1}. Fit anew.")
        faults.raise_if_any()
        return self
