import pytest

from tests.support.stack import PROVIDERS, Stack


@pytest.fixture
def stack(config):
    """Makes an empty stack for a resource; `adopt=` and the like are its configuration."""

    def make(resource, **settings):
        given = {**config, **{f"scalekit:{name}": value for name, value in settings.items()}}
        return Stack(PROVIDERS["dynamic"](resource.kind, given))

    return make


@pytest.fixture
def organization(api):
    """The id of an organization that is there already."""
    return api.organization()


@pytest.fixture
def asked(emulator):
    """The requests since the last call, as `PATCH /organizations/{…}`, without the API's root."""
    mark = [emulator.ledger.mark()]

    def since():
        found = emulator.ledger.since(mark[0])
        mark[0] = emulator.ledger.mark()
        return [f"{entry.method} {entry.path.removeprefix('/api/v1')}" for entry in found]

    return since
