"""What happens in a week: one mechanism a file, each rule a scalar function over records, compiled by Numba."""
