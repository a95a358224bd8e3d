"""How much time and memory builds take: made-up corpora, measured builds, a plot. Not part of the installed package."""
