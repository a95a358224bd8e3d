"""Packages of rows that are written by hand."""

import datetime as dt
import hashlib
import json

import pyarrow as pa
import pyarrow.parquet as parquet

from broadsheet.schemas import arrow_schema, built_in_schemas

TEXT = 'Rain fell. "The bridge 🌉 is shut," Ana Rey said on Monday, "and the ferry too." Nobody asked.'
ARTICLE = "a0000000000000001"
CLAIM = f"{ARTICLE}.12-77"

# Values of columns that must not be missing and that no test looks at.
FILLED = {"string": "x", "integer": 1, "boolean": False, "number": 1.0, "date": dt.date(2021, 8, 31)}


def spans(**roles):
    """Rows of claim_spans for the words of `TEXT`, by role."""
    rows = []
    for role, words in roles.items():
        for part, surface in enumerate(words):
            start = TEXT.index(surface)
            place = {"start_char": start, "end_char": start + len(surface), "surface": surface}
            rows.append({"claim_id": CLAIM, "article_id": ARTICLE, "role": role, "part": part, **place})
    return sorted(rows, key=lambda row: row["start_char"])


def tables():
    """One article with one claim in two parts; said by a person, with a place and a date."""
    said = {"date_id": f"{ARTICLE}.51-57", "earliest": dt.date(2021, 8, 30), "latest": dt.date(2021, 8, 30)}
    return {
        "articles": [
            {
                "article_id": ARTICLE,
                "published": dt.date(2021, 8, 31),
                "outlet": "The Valley Courier",
                "title": "Bridge shut",
                "url": "https://example.org/bridge",
                "language": "en",
                "license": "https://example.org/terms",
                "text": TEXT,
                "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            }
        ],
        "claims": [
            {
                "claim_id": CLAIM,
                "article_id": ARTICLE,
                "kind": "direct",
                "content": "The bridge 🌉 is shut […] and the ferry too",
                "source_name": "Ana Rey",
                "source_entity_id": "e-ana-rey",
                "source_text": "Ana Rey",
                "source_form": "named",
                "cue_lemma": "say",
                "negated": False,
                "certainty": "asserted",
                "said_date_id": said["date_id"],
                "event_earliest": dt.date(2021, 8, 29),
                "event_latest": dt.date(2021, 8, 30),
                "place_entity_id": "e-kabul",
                "rule": "quote",
                "confidence": 0.52,
            }
        ],
        "claim_spans": spans(content=["The bridge 🌉 is shut", "and the ferry too"], source=["Ana Rey"], cue=["said"]),
        "dates": [{**said, "article_id": ARTICLE, "type": "DATE", "anchor": "document"}],
        "mentions": [
            {"article_id": ARTICLE, "claim_id": CLAIM, "entity_id": "e-kabul", "claim_role": "content"},
            {"article_id": ARTICLE, "claim_id": CLAIM, "entity_id": "e-ana-rey", "claim_role": "source"},
        ],
        "entities": [
            {"entity_id": "e-ana-rey", "name": "Ana Rey", "type": "PERSON", "wikidata_id": "Q42"},
            {
                "entity_id": "e-kabul",
                "name": "Kabul",
                "type": "GPE",
                "geonames_id": 1138958,
                "latitude": 34.5281,
                "longitude": 69.1723,
            },
        ],
    }


def write_package(folder, rows, descriptor=None):
    """A package of these rows by table, as Parquet files and with the program's own schemas."""
    folder.mkdir(exist_ok=True)
    resources = [_resource(folder, name, found) for name, found in rows.items()]
    stated = {"name": "valley", "title": "Valley news", "version": "1.0.0", **(descriptor or {})}
    (folder / "datapackage.json").write_text(json.dumps({**stated, "resources": resources}))
    return folder


def _resource(folder, name, rows):
    schema = built_in_schemas()[name]
    filled = [{**_required(schema), **row} for row in rows]
    parquet.write_table(pa.Table.from_pylist(filled, arrow_schema(schema)), folder / f"{name}.parquet")
    digest = hashlib.sha256((folder / f"{name}.parquet").read_bytes()).hexdigest()
    return {"name": name, "path": f"{name}.parquet", "hash": f"sha256:{digest}", "schema": schema}


def _required(schema):
    fields = [field for field in schema["fields"] if field.get("constraints", {}).get("required")]
    return {field["name"]: FILLED[field["type"]] for field in fields}
