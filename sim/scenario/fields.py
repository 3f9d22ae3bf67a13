"""The kinds of value in a scenario, each with its unit and bounds, and the strict base of every section."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from sim.scenario.signs import UNSEEN

type Location = tuple[str | int, ...]
"""Where a value stands in a scenario, such as ("teams", 1, "size")."""


def _number(unit: str, low: float, high: float) -> Any:
    return Field(ge=low, le=high, json_schema_extra={"unit": unit})


Share = Annotated[float, _number("share, 0-1", 0, 1)]
Factor = Annotated[float, _number("times the usual", 0, 10)]
Productivity = Annotated[float, _number("times an ordinary company's", 0.1, 10)]
Fte = Annotated[float, _number("share of a full-time position", 0.05, 1.5)]
Hours = Annotated[float, _number("hours a week", 1, 80)]
Thousands = Annotated[float, _number("thousands of the currency", 0, 1_000_000)]
ThousandsAWeek = Annotated[float, _number("thousands of the currency a week", 0, 10_000)]
LearningRate = Annotated[float, _number("times the average", 0.2, 2)]
Tenure = Annotated[float, _number("weeks", 0, 3_120)]
Week = Annotated[int, _number("week of the run", 1, 1_040)]
Weeks = Annotated[int, _number("weeks", 1, 1_040)]
People = Annotated[int, Field(ge=1, json_schema_extra={"unit": "people"})]
Name = Annotated[str, Field(min_length=1, max_length=100)]
PracticeName = Annotated[str, Field(min_length=1, max_length=100, json_schema_extra={"unit": "name of a practice"})]
StyleName = Annotated[str, Field(min_length=1, max_length=100, json_schema_extra={"unit": "name of a style"})]


class Section(BaseModel):
    """A part of a scenario: unchangeable, no unknown keys, no text or truth value where a number belongs, no NaN."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)

    @field_validator("*", mode="after")
    @classmethod
    def _has_signs_that_are_seen(cls, value: Any) -> Any:
        if isinstance(value, str) and (found := UNSEEN.search(value)):
            text = f"got the sign U+{ord(found[0]):04X}; allowed is what a page can show. Take it out."
            raise PydanticCustomError("fault", "{text}", {"text": text})
        return value


class Faults:
    """Collects what is wrong across several keys, to report all of it at once from inside a pydantic validator."""

    def __init__(self) -> None:
        self._details: list[InitErrorDetails] = []

    def add(self, where: Location, text: str) -> None:
        """Note that the value at `where` cannot stay, and why."""
        # Through the context and not as the template, because a name in the text may hold braces.
        error = PydanticCustomError("fault", "{text}", {"text": text})
        self._details.append(InitErrorDetails(type=error, loc=where, input=None))

    def raise_if_any(self) -> None:
        """Raise everything noted; pydantic puts the section's own place in front of each.

        Raises:
            ValidationError: if anything was noted.
        """
        if self._details:
            raise ValidationError.from_exception_data("scenario", self._details)
