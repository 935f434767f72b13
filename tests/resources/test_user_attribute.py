from pulumi_scalekit import UserAttribute


def test_what_is_not_declared_survives_a_change(stack, emulator, asked):
    """The API takes what a PATCH leaves out for false, so it is read and sent along."""
    attribute = stack(UserAttribute)
    attribute.up({"key": "cost_center", "label": "Cost center", "datatype": "STRING"})
    mappings = {"default_saml_mapping": "cc", "default_oidc_mapping": "cc"}
    record = emulator.store.user_attributes["cost_center"]
    record.update(enabled=True, required=True, sso_addition_info=mappings)
    asked()

    attribute.up({"key": "cost_center", "label": "Cost centre", "datatype": "STRING"})

    assert asked() == ["GET /user-profile-attributes", "PATCH /user-profile-attributes/cost_center"]
    assert record["label"] == "Cost centre"
    assert (record["enabled"], record["required"]) == (True, True)
    assert record["sso_addition_info"] == mappings
