"""One switch for each point on which the sources about Scalekit are silent or contradict each other.

How the service behaves there is not known, so a client has to work with every alternative. The defaults are the
likeliest; `Switches.variants()` is for tests that run once per alternative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

_DOC = "doc"


def _point(default: Any, doc: str) -> Any:
    return field(default=default, metadata={_DOC: doc})


@dataclass(frozen=True)
class Switches:
    """How this emulator behaves on the open points; every field lists the values it may take."""

    # Tokens
    expires_in: Literal[86399, 1799] | None = _point(86399, "Life of a token in seconds; None leaves it out.")
    token_type: Literal["Bearer", "bearer"] = _point("Bearer", "How the token endpoint spells it.")
    token_form: Literal["jwt", "opaque"] = _point("jwt", "What the environment's own access token looks like.")
    token_error: Literal["oauth", "rpc"] = _point("oauth", "Shape of an error of the token endpoint.")

    # Organizations
    metadata_update: Literal["replace", "merge"] = _point("replace", "What a PATCH does with metadata.")
    empty_metadata: Literal["empties", "ignored"] = _point("empties", "What `metadata: {}` does.")
    empty_external_id: Literal["clears", "stored", "ignored"] = _point("clears", 'What `external_id: ""` does.')
    empty_logo_url: Literal["clears", "refused"] = _point("clears", 'What `logo_url: ""` does.')
    features_update: Literal["merge", "replace"] = _point("merge", "Whether unnamed features stay.")
    new_features: Literal["sso", "none"] = _point(
        "sso", "Features that a new organization shows; sso is on in the vendor's samples, dir_sync shown and off."
    )
    duplicate_status: Literal[409, 400] = _point(409, "Status for a taken external_id or slug.")
    organizations_page_size: Literal["any", "clamped"] = _point("any", "Clamped: to 10..100, as a text says.")
    child_of_deleted: Literal[404, 403, 400] = _point(404, "Status below a deleted organization.")
    directory_feature: Literal["required", "optional"] = _point(
        "required", "Whether directories need feature dir_sync."
    )
    session_policy_feature: Literal["required", "optional"] = _point(
        "required",
        "Whether a session policy needs feature session_policy: the documents say so, the SDK's tests do not.",
    )
    feature_off_status: Literal[403, 400] = _point(403, "Status where a needed feature is off.")
    user_limit: Literal["available", "forbidden", "unimplemented"] = _point(
        "available", "Whether the environment has the user limit."
    )
    organization_branding: Literal["available", "forbidden"] = _point(
        "available", "Whether organization branding is switched on for the environment."
    )
    organization_logo: Literal["branding", "apart"] = _point(
        "branding",
        "Whether logo_url of an organization switches it to custom branding, as the vendor's client for Python says, or stands apart.",
    )
    portal_link: Literal["single_use", "reusable"] = _point(
        "single_use", "How often a portal link opens within its minute: once, or as often as somebody likes."
    )

    # Environment
    environment_settings: Literal["there", "made first"] = _point(
        "there",
        "Whether session settings and user management of a new environment are there, or a read finds none until a POST made them.",
    )
    partial_environment_settings: Literal["kept", "reset"] = _point(
        "kept", "What their PATCH does with what it leaves out."
    )
    second_custom_domain: Literal["refused", "replaces"] = _point(
        "refused", "What becomes of another custom domain where there is one."
    )

    # Domains
    domain_unique_in: Literal["environment by type", "environment", "organization"] = _point(
        "environment by type",
        "Where a domain is unique: by type, a sign-in domain is in the environment and a mail domain in its organization.",
    )
    domain_verification: Literal["admin", "dns"] = _point(
        "admin",
        "Who verifies a domain that the API made: its maker at once, or the TXT record (the DNS is `_dns` of the domain's record).",
    )

    # Connections
    client_secret_echo: Literal["none", "masked", "clear"] = _point("none", "What a read shows of a secret.")
    sso_feature: Literal["optional", "required"] = _point("optional", "Whether connections need feature sso.")
    delete_enabled_connection: Literal["allowed", "refused"] = _point("allowed", "Deleting an enabled connection.")
    enable_incomplete: Literal["error_message", "refused"] = _point(
        "error_message", "Enabling without settings: 200 with error_message, or 400."
    )
    repeated_toggle: Literal["accepted", "refused"] = _point("accepted", ":enable of what is enabled already.")
    connection_completes: Literal["configured", "enabled"] = _point("configured", "When a status is COMPLETED.")
    connection_status: Literal["enum", "prose"] = _point("enum", "Prose: CONFIGURED for COMPLETED.")
    partial_connection: Literal["kept", "reset"] = _point("kept", "Left-out properties in a connection's PATCH.")
    partial_config: Literal["kept", "replaced"] = _point("kept", "Left-out keys of oidc_config, saml_config.")
    empty_nested_string: Literal["clears", "ignored"] = _point("clears", 'What `""` does inside a config.')
    empty_attribute_mapping: Literal["ignored", "empties"] = _point("ignored", "What `attribute_mapping: {}` does.")
    discovery: Literal["filled", "unfilled"] = _point("filled", "Whether issuer or metadata URL are followed.")
    saml_defaults: Literal["unset", "filled"] = _point("unset", "SAML enums and booleans of a new connection.")
    oidc_defaults: Literal["unset", "filled"] = _point("unset", "OIDC settings that were never given.")
    certificate: Literal["as_sent", "normalised"] = _point("as_sent", "PEM text of idp_certificates.")

    environment_connections: Literal["both", "connections", "connections/app"] = _point(
        "both",
        "Which list has all connections of the environment: GET /connections, .../app (it has connectors anyhow), or both.",
    )

    # Roles and clients
    organization_default: Literal["moves", "joins"] = _point(
        "moves",
        "Joins: in an organization's list the environment's default role keeps its mark beside the organization's.",
    )
    permission_in_use: Literal["refused", "taken out"] = _point(
        "refused",
        "Deleting a permission that roles have: the error texts say that the roles may have to give it up first.",
    )
    redirect_uri_form: Literal["documented", "rule"] = _point(
        "documented", "Default application: 256 characters and no query, or what the descriptor's rule allows."
    )
    last_application_credential: Literal["deleted", "refused"] = _point(
        "deleted", "Deleting the last secret of an application; that of an organization's client is refused."
    )
    client_defaults: Literal["unset", "filled"] = _point("unset", "Token life and grant types that were never given.")
    permission_put: Literal["replace", "non_zero"] = _point("replace", "What a PUT without description does.")
    custom_claims_update: Literal["replace", "merge"] = _point("replace", "What a PATCH does with claims.")
    application_update: Literal["keys", "non_zero", "reset"] = _point(
        "keys", "What of an application PATCH counts; reset: what it leaves out is unset."
    )
    resource_update: Literal["keys", "non_zero", "reset"] = _point(
        "keys", "What of a PATCH of an MCP server or of its client counts; reset: what it leaves out is unset."
    )
    resource_identifier: Literal["unset", "id"] = _point(
        "unset", "What stands for the URL of an MCP server that was made without one: nothing, or the id."
    )
    custom_provider_update: Literal["replaced", "kept"] = _point(
        "replaced", "What a PUT of a custom provider leaves out: the guide says replaced, the API reference kept."
    )
    auth_patterns: Literal["as_sent", "filled"] = _point(
        "as_sent", "Auth patterns of a custom provider: as they were sent, or with keys that nobody gave."
    )
    mcp_config_update: Literal["replaced", "kept"] = _point(
        "replaced", "What a PUT of an MCP configuration leaves out."
    )

    # Directories
    directory_roles: Literal["replaced", "added"] = _point(
        "replaced", "What assigning roles to groups does with groups that it leaves out: added keeps their roles."
    )

    # Users
    existing_user: Literal["refused", "joined"] = _point(
        "refused", "What creating a user does with an e-mail address that a user has: it may add a membership."
    )
    # E-mail
    new_email_server: Literal["disabled", "enabled"] = _point(
        "disabled", "Whether a new e-mail server is in use at once."
    )
    partial_email_settings: Literal["kept", "dropped"] = _point(
        "kept", "What a PUT of an e-mail server's settings does with a password that it leaves out."
    )
    email_template_server: Literal["optional", "required"] = _point(
        "optional", "Whether a template is enabled only while the environment has an enabled server of its own."
    )
    delete_enabled_email: Literal["allowed", "refused"] = _point(
        "allowed", "Deleting an e-mail server or template that is in use."
    )
    # Interceptors
    new_interceptor: Literal["disabled", "enabled"] = _point(
        "disabled", "What a new interceptor is; no document says it."
    )
    interceptor_policy: Literal["unset", "filled"] = _point(
        "unset", "Whether an interceptor has a failure policy that was never given; FAIL_OPEN, if so."
    )
    delete_enabled_interceptor: Literal["allowed", "refused"] = _point("allowed", "Deleting an enabled interceptor.")
    empty_interceptor_text: Literal["clears", "ignored"] = _point(
        "clears", 'What `""` does in the PATCH of an interceptor, whose texts say whether they are set.'
    )
    # Log streams
    log_streaming: Literal["available", "forbidden"] = _point(
        "available", "Whether log streaming is enabled for the workspace."
    )
    log_streams: Literal["one", "several"] = _point(
        "one", "How many log streams of one provider an environment may have."
    )
    new_log_stream: Literal["enabled", "disabled"] = _point(
        "enabled", "What a new log stream is that does not say it; no document does."
    )
    partial_log_stream: Literal["kept", "reset"] = _point(
        "kept", "What a PATCH of a log stream does with a config that it leaves out."
    )

    # Every answer
    create_status: Literal["annotated", 200, 201] = _point("annotated", "Success status of a POST that creates.")
    delete_answer: Literal["empty_object", "no_content"] = _point("empty_object", "200 {} or 204.")
    update_answer: Literal["object", "empty"] = _point("object", "Whether an update answers with the object.")
    empty_values: Literal["emitted", "omitted", "null"] = _point("emitted", "Unset fields in an answer.")
    enum_zero: Literal["shown", "hidden"] = _point("shown", "Enum values that mean unset.")
    enum_form: Literal["name", "number"] = _point("name", "How enums are written.")
    int64: Literal["string", "number"] = _point("string", "How 64-bit integers are written.")
    timestamps: Literal["milliseconds", "nanoseconds", "seconds"] = _point("milliseconds", "Their precision.")
    order: Literal["kept", "shuffled"] = _point("kept", "Order of keys and of lists that are sets.")
    preview_fields: Literal["shown", "hidden"] = _point("shown", "Fields the vendor marks as preview.")
    unpublished_endpoints: Literal["answered", "missing", "refused"] = _point(
        "answered", "Endpoints that the vendor marks as preview: missing is the gateway's own 404, refused a 403."
    )
    events: Literal["available", "forbidden", "missing"] = _point(
        "available", "Whether the credentials may list events: forbidden is a 403, missing the gateway's own 404."
    )
    read_lag: Literal[0, 1, 3] = _point(
        0, "How many reads after a write, of whatever, are still answered as before it: nobody knows whether any is."
    )
    unknown_keys: Literal["refused", "ignored"] = _point("refused", "JSON keys that no descriptor knows.")
    path_escapes: Literal["kept", "decoded"] = _point("kept", "Decoded: %2F splits a path, and %3A may begin a verb.")
    retry_after: Literal["absent", "seconds", "date"] = _point("absent", "Retry-After of a 429 by rate limit.")

    def __post_init__(self) -> None:
        for name, allowed in self.allowed().items():
            value = getattr(self, name)
            if value in allowed or (name == "expires_in" and isinstance(value, int)):
                continue
            choices = ", ".join(map(str, allowed))
            raise ValueError(f"switch {name} is {value!r}, but must be one of: {choices}")

    @classmethod
    @cache
    def allowed(cls) -> dict[str, tuple[Any, ...]]:
        return {name: tuple(_values(hint)) for name, hint in get_type_hints(cls).items()}

    @classmethod
    def documented(cls) -> dict[str, str]:
        return {point.name: point.metadata[_DOC] for point in fields(cls)}

    @classmethod
    def variants(cls) -> Iterator[tuple[str, Switches]]:
        """The default and each single alternative, with an id such as `client_secret_echo=masked`."""
        default = cls()
        yield "default", default
        for name, allowed in cls.allowed().items():
            for value in allowed:
                if value != getattr(default, name):
                    yield f"{name}={value}", replace(default, **{name: value})

    def changed(self, **values: Any) -> Switches:
        """A copy with other values; texts from a command line are converted."""
        allowed = self.allowed()
        for name, value in values.items():
            if name not in allowed:
                raise ValueError(f"no switch is called {name}; there are: {', '.join(sorted(allowed))}")
            if isinstance(value, str):
                values[name] = next((known for known in allowed[name] if str(known) == value), value)
        if isinstance(life := values.get("expires_in"), str) and life.isdigit():
            values["expires_in"] = int(life)
        return replace(self, **values)


def _values(hint: Any) -> Iterator[Any]:
    """The values of a Literal, and None where a union has it."""
    if hint is type(None):
        yield None
    elif get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for part in get_args(hint):
            yield from _values(part)
