"""The page Learn: predict first, then see what the model does, and how sure one can be of it."""
