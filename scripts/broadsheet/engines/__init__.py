"""Engines map a function over tasks; they know nothing of articles."""
