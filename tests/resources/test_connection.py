from cases import OIDC_CONNECTION

from pulumi_scalekit import Connection


def test_a_secret_is_rotated_by_declaring_another_one(stack, world, emulator, asked):
    """There is no version number to count up: a changed secret is an update, and the same one is none."""
    program = OIDC_CONNECTION.program(world)
    connection = stack(Connection)
    connection.up(program)
    connection.refresh()
    asked()

    assert connection.preview(program) == "same"
    assert connection.up({**program, "oidc": {**program["oidc"], "clientSecret": "rotated"}}) == "update"

    assert asked() == [f"PATCH /organizations/{program['organizationId']}/connections/{connection.id}"]
    assert emulator.store.connections[connection.id]["oidc_config"]["client_secret"] == "rotated"
    assert connection.refresh() == []
