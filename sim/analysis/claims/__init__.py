"""The claims: what the model is said to show, as experiments with a verdict, a size, and how robust both are."""
