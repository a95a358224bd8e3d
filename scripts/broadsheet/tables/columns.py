"""Rows as Arrow columns, and the entities' ids, names and types put in the place of their keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.tables.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class EntityNames:
    """Arrow arrays of one length: entities' ids, names and types; `numbers` are places there, by articles' keys."""

    numbers: Mapping[str, int]
    ids: "pa.Array"
    names: "pa.Array"
    types: "pa.Array"

    @classmethod
    def of(cls, by_key: Mapping[str, Any]) -> "EntityNames":
        """From entities (with entity_id, name and type) by key."""
        import pyarrow as pa

        entities = list(by_key.values())
        columns = ([getattr(entity, name) for entity in entities] for name in ("entity_id", "name", "type"))
        numbers = {key: number for number, key in enumerate(by_key)}
        return cls(numbers, *(pa.array(column, pa.string()) for column in columns))

    def places(self, keys: "pa.Array") -> "pa.Array":
        """The places of keys, missing where a key is missing or that of no entity.

        The work grows with the number of keys alone: `index_in` would go through all entities for every batch.
        """
        import pyarrow as pa

        distinct = keys.dictionary_encode()
        found = [self.numbers.get(key) for key in distinct.dictionary.to_pylist()]
        return pa.array(found, pa.int32()).take(distinct.indices)


def to_batch(rows: Sequence[Row], schema: "pa.Schema") -> "pa.RecordBatch":
    """Rows as one batch of the schema's columns; a column that a row lacks is missing there."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(rows, schema=schema)


def finish(table: str, batch: "pa.RecordBatch", names: EntityNames) -> "pa.RecordBatch":
    """The batch with entities' ids in the place of keys, and their names and types beside them."""
    import pyarrow.compute as pc

    if table == "mentions":
        number = names.places(batch["entity_id"])
        return _replaced(
            batch,
            entity_id=names.ids.take(number),
            name=names.names.take(number),
            type=names.types.take(number),
        )
    if table == "claims":
        source = names.places(batch["source_entity_id"])
        place = names.places(batch["place_entity_id"])
        return _replaced(
            batch,
            source_entity_id=names.ids.take(source),
            source_name=pc.coalesce(names.names.take(source), batch["source_name"]),
            place_entity_id=names.ids.take(place),
        )
    return batch


def _replaced(batch: "pa.RecordBatch", **columns: "pa.Array") -> "pa.RecordBatch":
    for name, column in columns.items():
        batch = batch.set_column(batch.schema.get_field_index(name), name, column)
    return batch
