"""The third driver: the rules and the week as WebAssembly, for a page that runs the model without Python."""
