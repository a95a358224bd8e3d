"""Data files of the program, made from the sources that they are drawn from. Not part of the installed package."""
