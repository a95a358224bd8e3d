"""The commands, one per file: parse options, call one library function, print."""
