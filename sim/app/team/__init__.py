"""One team, week by week: a single run told person by person, to be played in the browser."""
