"""The page Compare in one HTML file: it runs the model by itself, without a server, an installation or a network."""
