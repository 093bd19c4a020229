"""A folder that names a table for particulars but no form to type them."""

from dataclasses import replace

from tests.offers.kinds.errand.kind import ERRAND

HALF = replace(ERRAND, code="half", rank=10)
