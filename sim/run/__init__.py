"""The only runner: from a scenario, styles and a seed to what every replication came to."""
