"""The only runner: it turns a scenario, styles and a seed into the results of every replication."""
