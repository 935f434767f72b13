"""A frozen stack does not tell which run made it, so that a diff shows what a change of ours did."""

import copy
import json

from tests.support.stable_ids import stable


def frozen(*, organization, secret, salt, url, turned=False):
    urn = "urn:pulumi:dev::everything::{}"
    a = {"urn": urn.format("scalekit:index:Organization::a"), "id": organization, "outputs": {"environmentUrl": url}}
    b = {
        "urn": urn.format("scalekit:index:Domain::b"),
        "dependencies": [a["urn"]],
        "outputs": {"organizationId": organization, "plainSecret": secret, "secretSuffix": secret[-4:]},
    }
    c = {"urn": urn.format("scalekit:index:Role::c"), "id": "owner"}
    resources = [c, a, b] if turned else [a, b, c]
    state = {"deployment": {"resources": resources, "secrets_providers": {"state": {"salt": salt}}}}
    store = {"organizations": {organization: {"id": organization, "secret_suffix": secret[-4:]}}}
    return {"state": state, "store": store, "url": url}


ONE = frozen(organization=f"org_{'1' * 17}", secret="test_" + "a" * 43, salt="x", url="http://127.0.0.1:1001")
OTHER = frozen(
    organization=f"org_{'2' * 17}", secret="test_" + "b-" * 21 + "c", salt="y", url="http://127.0.0.1:1002", turned=True
)


def test_two_runs_write_the_same():
    assert json.dumps(stable(copy.deepcopy(ONE))) == json.dumps(stable(copy.deepcopy(OTHER)))


def test_one_object_has_one_id_everywhere_and_a_secret_its_suffix():
    made = stable(copy.deepcopy(OTHER))
    resources = {one["urn"].rpartition("::")[2]: one for one in made["state"]["deployment"]["resources"]}
    (stored,) = made["store"]["organizations"].values()
    organization, outputs = resources["a"]["id"], resources["b"]["outputs"]
    assert organization == outputs["organizationId"] == stored["id"]
    assert outputs["plainSecret"][-4:] == outputs["secretSuffix"] == stored["secret_suffix"]
    assert list(resources).index("a") < list(resources).index("b"), "a resource stands after what it needs"
