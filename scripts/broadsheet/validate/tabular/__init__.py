"""Tables of any Data Package: rows in whatever form, read as text, and then as the logical values of Table Schema.

`rows` reads cells from CSV of any dialect, JSON, inline data and Parquet; `fields` matches columns with fields;
`logical` reads columns of texts as values, `values` single texts; `rules` compiles constraints; `table` puts them
together, and gives the other checks (keys) their batches. broadsheet's own packages, which hold five types in one
dialect, are read faster by `sources`.
"""
