"""Readers, one file per raw format: `base` says what a reader is."""
