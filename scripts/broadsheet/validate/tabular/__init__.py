"""Tables of any Data Package: rows in whatever form, read as text, and then as the logical values of Table Schema.

`reading` says how the data of a resource are read: `rows` reads cells of CSV in any dialect, `json_rows` of JSON,
`columnar` columns of Parquet. `fields` matches columns with fields;
`logical` reads columns of texts as values, `values` single texts; `rules` compiles constraints; `table` puts them
together, and gives the other checks (keys) their batches. broadsheet's own packages, which hold five types in one
dialect, are read faster by `sources`.
"""
