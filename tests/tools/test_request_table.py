"""What each operation sends is what the page says, which is written with the provider plugin."""

from pathlib import Path

import pytest

from tools import request_table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "requests.md"


@pytest.mark.slow
def test_the_dynamic_provider_sends_the_same():
    """The plugin's page is compared with the other generated files."""
    counted = request_table.page(request_table.rows("dynamic")).splitlines()
    assert counted == PAGE.read_text().splitlines(), "if this is meant, run `make generated` and commit the page"
