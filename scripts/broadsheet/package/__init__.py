"""Writes a package: tables as CSV and Parquet, their descriptors, and the pages that explain them."""

from broadsheet.package.contents import is_broadsheet_package, write_pages
from broadsheet.package.files import Written, write_table

__all__ = ["Written", "is_broadsheet_package", "write_pages", "write_table"]
