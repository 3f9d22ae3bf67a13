"""Plans real trials: firms are randomised, surveyed and analysed; says with what power."""
