"""Small packages of any tables, made of a few rows."""

import csv
import json

import pytest

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {int: "integer", float: "number", bool: "boolean"}


def schema(*fields, key="id", **more):
    """A Table Schema of fields: a name, of text, or a whole field."""
    whole = [field if isinstance(field, dict) else {"name": field, "type": "string"} for field in fields]
    return {"fields": whole, **({"primaryKey": key} if key else {}), **more}


def refers(column, table, to="id"):
    return {"foreignKeys": [{"fields": [column], "reference": {"resource": table, "fields": [to]}}]}


@pytest.fixture
def made(tmp_path):
    """Makes a package in a folder of the name: tables are a schema and rows each."""

    def make(place, tables, /, **stated):
        return write_package(tmp_path / place, tables, **stated)

    return make


def write_package(folder, tables, /, **stated):
    (folder / "data").mkdir(parents=True)
    described = []
    for table, (table_schema, rows) in tables.items():
        write(folder / "data" / f"{table}.csv", [field["name"] for field in table_schema["fields"]], rows)
        described.append({"name": table, "path": f"data/{table}.csv", "type": "table", "schema": table_schema})
    return package(folder, described, **stated)


def package(folder, resources, /, **stated):
    """Writes the descriptor of a package."""
    folder.mkdir(exist_ok=True)
    content = {"$schema": PROFILE, "name": "made-up", "version": "1.4.2", "resources": resources} | stated
    (folder / "datapackage.json").write_text(json.dumps(content))
    return folder


def write(path, heads, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
