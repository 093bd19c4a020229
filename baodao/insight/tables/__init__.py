"""How tables, numbers and their rows look on a page."""

from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.lists import cell_listing
from baodao.insight.tables.overviews import OverviewPage
from baodao.insight.tables.pages import TablePage

__all__ = ["Addresses", "OverviewPage", "TablePage", "cell_listing"]
