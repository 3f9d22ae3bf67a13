"""Scales for rating people from 1 to 5, with words for each point, and how they become shares.

A rating becomes a share of the scale's range, (rating - 1) / 4: the "percent of maximum possible" of Cohen, Cohen,
Aiken & West (1999). That it means the same as the model's 0 to 1 is assumed.
"""

from typing import NamedTuple

ENDING = "_1_5"
"""A column whose name ends so is rated from 1 to 5, and one without from 0 to 1."""

LOWEST, HIGHEST = 1.0, 5.0


class Scale(NamedTuple):
    """A question about a person, and what the points 1 to 5 mean."""

    name: str
    question: str
    anchors: tuple[str, str, str, str, str]


SCALES = (
    Scale(
        "competence",
        "How well does the person master the tasks of the role?",
        (
            "cannot do the work yet: everything has to be shown",
            "does simple tasks, with help",
            "does the usual work, asks about the rest",
            "does nearly everything without help",
            "masters the role; others ask for advice",
        ),
    ),
    Scale(
        "commitment",
        "How sure and how willing is the person? (confidence and motivation together)",
        (
            "has given up inwardly, or does not dare",
            "does what is necessary; often doubts or reluctance",
            "changing: good weeks and bad weeks",
            "usually willing and sure",
            "wants to, and trusts in being able to",
        ),
    ),
    Scale(
        "confidence",
        "Survey or rating: 'I can do what is asked of me.'",
        ("not at all true", "hardly true", "partly true", "mostly true", "wholly true"),
    ),
    Scale(
        "motivation",
        "Survey or rating: 'I want to do this work well.'",
        ("not at all true", "hardly true", "partly true", "mostly true", "wholly true"),
    ),
    Scale(
        "need_for_autonomy",
        "Survey or rating: 'I want to decide myself how I do my work.'",
        ("not at all true", "hardly true", "partly true", "mostly true", "wholly true"),
    ),
    Scale(
        "creativity",
        "How often does the person come up with ideas of their own?",
        ("never", "rarely", "sometimes", "often", "all the time"),
    ),
    Scale(
        "affect", "Which mood is the person usually in?", ("gloomy", "rather low", "even", "rather cheerful", "sunny")
    ),
)

BY_COLUMN = {scale.name + ENDING: scale for scale in SCALES}
"""The scale of each column that is rated from 1 to 5."""


def as_share(rating: float) -> float:
    """A rating from 1 to 5 as a share, 0-1."""
    return (rating - LOWEST) / (HIGHEST - LOWEST)
