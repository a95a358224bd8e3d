"""Extractors: siblings that never import each other; what one needs of another comes in by `Found`."""
