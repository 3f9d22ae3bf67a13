"""teamsim: leadership and team dynamics in small businesses, simulated."""
