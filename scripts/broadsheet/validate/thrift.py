"""Footers of Parquet files and headers of their pages, as far as limits need them: structs in the compact protocol.

https://parquet.apache.org/docs/file-format/data-pages/ and the compact protocol's specification in apache/thrift.
"""

from dataclasses import dataclass
from typing import Any

_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
_DEEPEST = 16


class TruncatedError(ValueError):
    """The bytes end before the struct does."""


@dataclass(slots=True)
class Reader:
    """Reads a struct from bytes; `place` is where the next byte is."""

    data: bytes
    place: int = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The fields by number: whole numbers, structs and lists of these; of all others only that they are there.

        >>> Reader(bytes([0x15, 0x04, 0x15, 0xC8, 0x01, 0x00])).struct()
        {1: 2, 2: 100}
        """
        if depth > _DEEPEST:
            raise ValueError("structs are nested too deeply")
        found: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._zigzag()
            found[number] = self._value(kind, depth)
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind == _BYTE:
            return self._byte()
        if kind in (_I16, _I32, _I64):
            return self._zigzag()
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_DOUBLE, _BINARY):
            self._skip(8 if kind == _DOUBLE else self._varint())
            return None
        if kind in (_LIST, _SET):
            return self._items(depth)
        raise ValueError(f"a field of the kind {kind} is not known")

    def _items(self, depth: int) -> list[dict[int, Any]] | None:
        head = self._byte()
        size, kind = head >> 4, head & 15
        size = self._varint() if size == 15 else size
        if size > len(self.data):
            raise TruncatedError("a list is longer than the bytes")
        if kind == _STRUCT:
            return [self.struct(depth + 1) for _ in range(size)]
        for _ in range(size):
            self._value(_BYTE if kind in (_TRUE, _FALSE) else kind, depth + 1)
        return None

    def _byte(self) -> int:
        if self.place >= len(self.data):
            raise TruncatedError("the bytes end within a struct")
        self.place += 1
        return self.data[self.place - 1]

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError("a number is too long")

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _skip(self, size: int) -> None:
        if size > len(self.data) - self.place:
            raise TruncatedError("the bytes end within a text")
        self.place += size
