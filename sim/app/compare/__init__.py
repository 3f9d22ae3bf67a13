"""The page Compare: change a situation, and see the results of each leadership style."""
