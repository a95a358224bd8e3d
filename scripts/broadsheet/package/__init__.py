"""Writes a package: tables as CSV and Parquet, their descriptors, and the pages that explain them."""

from broadsheet.package.contents import check_target, write_pages
from broadsheet.package.files import Written, write_table
from broadsheet.package.ro_crate import Projection

__all__ = ["Projection", "Written", "check_target", "write_pages", "write_table"]
