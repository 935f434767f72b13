"""The settings, and where the value of each comes from. A secret's value is never shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import SecretStr

from pulumi_scalekit.api.errors import ConfigurationError
from pulumi_scalekit.api.settings import Settings
from pulumi_scalekit.doctor.diagnosis import Diagnoses, Diagnosis
from pulumi_scalekit.doctor.project import Project
from pulumi_scalekit.model import secret
from pulumi_scalekit.model.names import nearest
from pulumi_scalekit.model.setting import ADOPT, CLEAR_SECRET, SETTINGS, VARIABLES, Setting, judge
from pulumi_scalekit.stack.stack import Configured, PulumiError, Stack

_PART = "configuration"
_OURS = "scalekit:"
_KNOWN_VARIABLES = (*(setting.variable for setting in SETTINGS if setting.variable), "SCALEKIT_LOG")
_WIDTH = 80


def of_stack(stack: Stack) -> Diagnoses[dict[str, Configured]]:
    """The configuration of a stack; where its secrets cannot be decrypted, without their values."""
    try:
        return stack.configured()
    except PulumiError as error:
        try:
            found = stack.configured(secrets=False)
        except PulumiError:
            yield Diagnosis(_PART, "error", f"Pulumi does not tell the configuration. {error}", "Run `pulumi config`.")
            return {}
    yield Diagnosis(
        _PART,
        "error",
        "The secrets in the stack's configuration cannot be decrypted.",
        "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the passphrase of the stack; with a key service, "
        "sign in to it. Then `pulumi config --show-secrets` has to work.",
    )
    return found


def configuration(
    configured: Mapping[str, Configured], environ: Mapping[str, str], project: Project, *, in_stack: bool
) -> Diagnoses[Settings | None]:
    """What is wrong with the settings, and each with its source; the environment that they name if they name one."""
    yield from _misspelt(configured, environ, project)
    if not in_stack and not any(setting.variable in environ for setting in SETTINGS if setting.variable):
        variables = ", ".join(setting.variable for setting in SETTINGS if setting.variable)
        yield Diagnosis(
            _PART,
            "note",
            "No environment of Scalekit is named: there is no stack to look at, and no environment variable.",
            f"Choose a stack, or set {variables}: the values are in Scalekit's dashboard, in the environment's API credentials.",
        )
        return None
    for setting in SETTINGS:
        yield from _setting(setting, configured.get(_OURS + setting.key), environ)
    missing = [
        setting
        for setting in SETTINGS
        if setting.variable and _OURS + setting.key not in configured and not environ.get(setting.variable, "").strip()
    ]
    if missing:
        yield _missing(missing, in_stack=in_stack)
    if any(setting.secret and _is_lost(configured.get(_OURS + setting.key)) for setting in SETTINGS):
        return None
    values = {key: entry.value for key, entry in configured.items() if key.startswith(_OURS)}
    try:
        return Settings.resolve(values, environ)
    except ConfigurationError:  # each setting has been judged
        return None


def _is_lost(entry: Configured | None) -> bool:
    """Whether it is a secret that could not be decrypted."""
    return entry is not None and entry.secret and not entry.value


def _setting(setting: Setting, entry: Configured | None, environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Where one setting comes from, and what is wrong with that."""
    key, variable = _OURS + setting.key, setting.variable
    from_variable = environ.get(variable) if variable else None
    if from_variable is not None and not from_variable.strip():
        yield Diagnosis(
            _PART,
            "warning",
            f"The environment variable {variable} is set, but empty. It counts as not set.",
            f"`unset {variable}`, or give it a value: in CI, the secret that it is filled from is probably missing.",
        )
        from_variable = None
    if entry is None and from_variable is None:
        return
    if (
        entry is not None
        and not _is_lost(entry)
        and from_variable is not None
        and entry.value.strip() != from_variable.strip()
    ):
        yield Diagnosis(
            _PART,
            "warning",
            f"{variable} is set and not used: {key} in the stack's configuration comes first, and is another value.",
            f"`unset {variable}`; or, if the variable is meant, `pulumi config rm {key}`.",
        )
    value, source = (
        (entry.value, "the stack's configuration")
        if entry is not None
        else (from_variable or "", f"the variable {variable}")
    )
    if not setting.secret and entry is not None and entry.secret:
        yield Diagnosis(_PART, "ok", f"{key}: encrypted, from {source}.")
    elif setting.secret:
        yield from _secret(key, value, source, entry)
    elif not value.strip():
        yield Diagnosis(_PART, "error", f"{key} is empty.", f"`pulumi config set {key} …`" + _or_remove(key, variable))
    else:
        yield from _value(setting, value.strip(), source)


def _missing(settings: Sequence[Setting], *, in_stack: bool) -> Diagnosis:
    """What has no default, and is set nowhere."""
    named, commands = [], []
    for setting in settings:
        what = setting.description.partition(". ")[0].replace("`", "")
        named.append(f"{_OURS}{setting.key} ({what[0].lower()}{what[1:]})")
        way = f"--secret {_OURS}{setting.key}" if setting.secret else f"{_OURS}{setting.key} …"
        commands.append(f"`pulumi config set {way}`" if in_stack else f"`export {setting.variable}=…`")
    variables = f"set {', '.join(setting.variable for setting in settings)} in the environment"
    return Diagnosis(
        _PART,
        "error",
        f"Not set: {', '.join(named)}.",
        f"{', '.join(commands)}; or {variables if in_stack else 'choose a stack that has it'}. The values are in Scalekit's "
        f"dashboard, in the environment's API credentials.",
    )


def _secret(key: str, value: str, source: str, entry: Configured | None) -> Iterator[Diagnosis]:
    if _is_lost(entry):
        yield Diagnosis(_PART, "note", f"{key} is set, encrypted, in {source}, and cannot be decrypted: see above.")
        return
    if entry is not None and not entry.secret:
        text, _, command = CLEAR_SECRET.partition(" Encrypt it: ")
        yield Diagnosis(
            _PART,
            "error",
            text,
            f"{command} If the file has been committed, whoever can read the repository has the secret: make a new one in "
            f"Scalekit's dashboard.",
        )
    elif reason := secret.refused(value):
        text = reason.partition(": the variable")[0].partition("; ")[0]
        yield Diagnosis(
            _PART,
            "error",
            f"{key}, from {source}, {text}.",
            "Set it to the secret itself: `pulumi config set --secret " + f"{key}`.",
        )
    else:
        yield Diagnosis(_PART, "ok", f"{key}: a secret, from {source}.")


def _value(setting: Setting, value: str, source: str) -> Iterator[Diagnosis]:
    """A setting that has a value and is no secret."""
    key, shown = _OURS + setting.key, value if len(value) <= _WIDTH else value[: _WIDTH - 1] + "…"
    text = f"{key}: {shown}, from {source}."
    if setting.key == "adopt" and value not in ADOPT:
        yield Diagnosis(_PART, "error", f"{key} is {shown!r}: it must be identical or no.", f"`pulumi config rm {key}`")
    elif setting.key == "adopt" and value != "no":
        yield Diagnosis(
            _PART,
            "warning",
            f"{text} `pulumi up` takes over what equals a declaration, and `pulumi destroy` then deletes it.",
            f"Once everything is taken over: `pulumi config rm {key}`.",
        )
    elif setting.key == "plugin" and value not in ("true", "false"):
        yield Diagnosis(
            _PART, "error", f"{key} is {shown!r}: it must be true or false.", f"`pulumi config set {key} true`"
        )
    elif setting.key.endswith("nvironmentUrl") and (reason := _no_url(value)):
        text, _, remedy = reason.replace("environmentUrl", setting.key).partition(": ")
        yield Diagnosis(_PART, "error", f"{text}.", f"{remedy[:1].upper()}{remedy[1:]}")
    elif setting.key == "previousEnvironmentUrl":
        yield Diagnosis(
            _PART, "note", text, f"After the `pulumi up` that moved every resource: `pulumi config rm {key}`."
        )
    else:
        yield Diagnosis(_PART, "ok", text)


def _no_url(value: str) -> str:
    """Why a text is no environment's URL; without a password that it may hold."""
    try:
        Settings(value, "", SecretStr(""))
    except ConfigurationError as error:
        return str(error)
    return ""


def _or_remove(key: str, variable: str) -> str:
    return f", or `pulumi config rm {key}` to use {variable}" if variable else f", or `pulumi config rm {key}`"


def _misspelt(
    configured: Mapping[str, Configured], environ: Mapping[str, str], project: Project
) -> Iterator[Diagnosis]:
    """Keys and variables that are almost those of a setting."""
    given = {key.removeprefix(_OURS): None for key in configured if key.startswith(_OURS)}
    for key, reason in judge(given, project=project.name):
        meant = nearest(key, VARIABLES)
        is_secret = "--secret " if meant == "clientSecret" else ""
        # Where the right key is there too, the other one only has to go.
        move = f"`pulumi config set {is_secret}{_OURS}{meant} …`, then " if meant and meant not in given else ""
        yield Diagnosis(
            _PART,
            "error",
            f"{_OURS}{key} in the stack's configuration: {reason}",
            f"{move}`pulumi config rm {_OURS}{key}`.",
        )
    for key in configured:
        namespace, _, own = key.partition(":")
        if namespace == project.name != _OURS[:-1] and own in VARIABLES and _OURS + own not in configured:
            yield Diagnosis(
                _PART,
                "warning",
                f"{key} is a setting of the project and not of Scalekit's provider, which reads {_OURS}{own}.",
                f"`pulumi config set {'--secret ' if own == 'clientSecret' else ''}{_OURS}{own} …`, then `pulumi config rm {key}`; "
                f"leave it if the program reads it itself.",
            )
    for name in environ:
        if not name.startswith("SCALEKIT") or name in _KNOWN_VARIABLES:
            continue
        meant = nearest(name, _KNOWN_VARIABLES)
        if meant and not environ.get(meant):
            yield Diagnosis(
                _PART,
                "warning",
                f"There is an environment variable {name}, which the provider does not read: did you mean {meant}?",
                f"`export {meant}=…`, and `unset {name}` if nothing else reads it.",
            )
