"""What happens in a week: records, rules, and the two drivers that run them."""
