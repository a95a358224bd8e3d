"""Writes a package: tables as CSV and Parquet, their descriptors, and the pages that explain them."""

from broadsheet.package.contents import is_broadsheet_package, write_pages
from broadsheet.package.files import Written, file_sha256, write_table
from broadsheet.package.ro_crate import Projection

__all__ = ["Projection", "Written", "file_sha256", "is_broadsheet_package", "write_pages", "write_table"]
