"""A package in the forms of other programs: a workbook, annotations of the web, claims of schema.org.

The way of claims: `claims` joins the rows of one claim, article by article, `iris` names what they are about,
`schemaorg` and `webannotation` make one object of each, and `documents` puts the objects into a file as they come.
"""

from broadsheet.export.documents import FORMATS, Options, Written, write_claims
from broadsheet.export.places import package_at
from broadsheet.export.workbook import Exported, write_xlsx

__all__ = ["FORMATS", "Exported", "Options", "Written", "package_at", "write_claims", "write_xlsx"]
