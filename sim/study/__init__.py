"""Many runs by design: what is varied, how it is run, what is kept."""
