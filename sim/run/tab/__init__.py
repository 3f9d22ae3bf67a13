"""The third driver: the rules and the week as JavaScript, for a page that runs the model without Python."""
