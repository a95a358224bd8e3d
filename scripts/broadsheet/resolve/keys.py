"""Keys of entities within an article: what `within` writes and `across` reads."""

from typing import NamedTuple

LISTED = "="
"""In the place of the class: the name is the id of an entity of the authority file."""


class Key(NamedTuple):
    r"""A name as the article has it in full, its class, and the acronyms that the article gives for it.

    >>> Key("Oruna Relief Group", "ORG", ("ORG",)).text
    'Oruna Relief Group\tORG\tORG'
    >>> Key.read("Ana Rey\tPERSON")
    Key(name='Ana Rey', kind='PERSON', acronyms=())
    """

    name: str
    kind: str
    acronyms: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Key":
        """The key that was written so; what names no class is OTHER."""
        name, _, rest = text.partition("\t")
        kind, _, acronyms = rest.partition("\t")
        return cls(name, kind or "OTHER", tuple(acronyms.split("\t")) if acronyms else ())

    @classmethod
    def of_listed(cls, entity_id: str) -> "Key":
        """The key of an entity of the authority file."""
        return cls(entity_id, LISTED)

    @property
    def text(self) -> str:
        """The key as it stands in the rows of an article."""
        return "\t".join((self.name, self.kind, *self.acronyms))

    @property
    def is_listed(self) -> bool:
        """Whether the entity is one of the authority file."""
        return self.kind == LISTED
