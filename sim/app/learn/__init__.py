"""The page Learn: predict first, then see what the model does, and how certain the result is."""
