"""How many weeks a year and a quarter of a year have."""

WEEKS_A_YEAR = 52

QUARTER = 13
