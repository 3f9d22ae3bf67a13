"""What is made of a study's results: differences, ranks, sensitivity, and how sure all of it is."""
