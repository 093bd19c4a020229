"""`--rewrite-queries` writes the sheet of queries anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-queries", action="store_true")
