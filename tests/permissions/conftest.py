"""The option that writes the sheet of permissions anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-matrix", action="store_true", help="write both sheets anew")
