"""The generated modules of the package: what Pulumi's code generators name, beside the resources and functions themselves.

`enums.py` holds the values of each property that has a choice, `outputs.py` each block as it is read,
`functions/outputs.py` each function with outputs as arguments. They are derived from the declarations, and written as source so
that type checkers see them.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_scalekit.model.field import Field, Shape
    from pulumi_scalekit.model.function import Function
    from pulumi_scalekit.model.kind import Kind

MODULES = ("pulumi_scalekit.enums", "pulumi_scalekit.outputs", "pulumi_scalekit.functions.outputs")

ENUMS = '''\
"""What may be declared where there is a choice. Generated from the resources by `make generated`. Do not edit.

A member is its text: `provider=scalekit.ConnectionProvider.OKTA` and `provider="OKTA"` are the same.
"""

from enum import Enum


class _Text(str, Enum):
    __str__ = str.__str__  # in an f-string too, on every version of Python
'''

BLOCKS = '''\
"""The blocks of resources as they are read. Generated from the resources by `make generated`. Do not edit.

Each key is an attribute too: `connection.oidc.apply(lambda oidc: oidc and oidc.client_id)`.
"""

from typing import Any, Literal, overload

from pulumi_scalekit.program.block import Block

# fmt: off
'''

OUTPUTS = '''\
"""Each function with outputs as arguments. Generated from the functions by `make generated`. Do not edit."""

from collections.abc import Sequence
from typing import Literal

from pulumi import Input, InvokeOptions, InvokeOutputOptions, Output

from pulumi_scalekit import enums
'''


def name_what_is_not_written_yet() -> None:
    """Stand in for the generated modules while the package is imported, so that they can be written anew from it."""

    def missing(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Enum(name, {}, type=str)

    for name in MODULES:
        sys.modules[name] = ModuleType(name)
        setattr(sys.modules[name], "__getattr__", missing)  # noqa: B010 - mypy knows no such attribute


def enums(kinds: Sequence[Kind], functions: Sequence[Function[Any]]) -> str:
    """The text of `enums.py`."""
    found: dict[str, tuple[Shape, list[str]]] = {}
    for owner, fields in [(one.name, one.inputs) for one in (*kinds, *functions)]:
        for where, shape in _choices(owner, fields):
            found.setdefault(shape.type_name, (shape, []))[1].append(where)
    classes = (_enum(name, shape, list(dict.fromkeys(places))) for name, (shape, places) in sorted(found.items()))
    return ENUMS + "".join(classes)


def _choices(owner: str, fields: Sequence[Field]) -> Iterator[tuple[str, Shape]]:
    for field in fields:
        shape = field.shape
        while shape.item:
            shape = shape.item
        if shape.name == "enum":
            yield f"{owner}.{field.name}", shape
        yield from _choices(shape.type_name, shape.fields)


def _enum(name: str, shape: Shape, places: Sequence[str]) -> str:
    members = "".join(f'    {value.upper()} = "{value}"\n' for value in shape.values)
    return f'\n\nclass {name}(_Text):\n    """Values of {", ".join(f"`{place}`" for place in places)}."""\n\n{members}'


def blocks(kinds: Sequence[Kind]) -> str:
    """The text of `outputs.py`."""
    found = {shape.type_name: shape for kind in kinds for shape in _blocks(kind.fields)}
    return BLOCKS + "".join(_block(shape) for _, shape in sorted(found.items()))


def _blocks(fields: Sequence[Field]) -> Iterator[Shape]:
    for field in fields:
        shape = field.shape
        while shape.item:
            shape = shape.item
        if shape.name == "block":
            yield shape
            yield from _blocks(shape.fields)


def _block(shape: Shape) -> str:
    """One class. What its keys hold stands in overloads, for type checkers do not take it from the attributes."""
    # Late: the package is imported behind the stand-ins.
    from pulumi_scalekit.program.python_types import read_type

    held = {field.name: read_type(field).replace("outputs.", "") for field in shape.fields}
    attributes = "".join(
        f'    {field.name}: {held[field.name]}\n    """{field.description}"""\n' for field in shape.fields
    )
    keys: dict[str, list[str]] = {}
    for name, text in held.items():
        keys.setdefault(text, []).append(f'"{name}"')
    overloads = "".join(
        f"\n    @overload\n    def __getitem__(self, key: Literal[{', '.join(names)}]) -> {text}: ...\n"
        for text, names in keys.items()
    )
    return f'''

class {shape.type_name}(Block):
    """{shape.description}"""

{attributes}{overloads}
    @overload
    def __getitem__(self, key: str) -> Any: ...

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key)
'''


def outputs(functions: Sequence[Function[Any]], public: ModuleType) -> str:
    """The text of `functions/outputs.py`.

    Args:
        functions: What can be asked.
        public: The package, which holds the functions as a program calls them.

    """
    calls = {one: getattr(public, one.python_name) for one in sorted(functions, key=lambda one: one.python_name)}
    imports = {("program.invoke", "invoke_output")}
    for function, call in calls.items():
        home = call.__module__.removeprefix("pulumi_scalekit.")
        imports |= {(home, _constant(function)), (home, _result(call))}
    homes = {home: sorted((name for at, name in imports if at == home), key=_constants_first) for home, _ in imports}
    lines = [_import(home, names) for home, names in sorted(homes.items())]
    return OUTPUTS + "".join(lines) + "".join(_output(function, call) for function, call in calls.items())


def _import(home: str, names: Sequence[str]) -> str:
    listed = "".join(f"    {name},\n" for name in names)
    return f"from pulumi_scalekit.{home} import (\n{listed})\n"


def _output(function: Function[Any], call: Any) -> str:
    """One function. What its arguments mean stands in the docstring of the other form."""
    result = _result(call)
    arguments = "".join(f"    {one.name}: {_input(one)},\n" for one in function.inputs)
    given = "".join(f"        {one.name}={one.name},\n" for one in function.inputs)
    return f'''

def {function.python_name}_output(
    *,
{arguments}    opts: InvokeOptions | InvokeOutputOptions | None = None,
) -> Output[{result}]:
    """`{function.python_name}` with outputs as arguments."""
    return invoke_output(
        {_constant(function)},
        None,
        opts,
{given}    )
'''


def _constants_first(name: str) -> tuple[bool, str]:
    return not name.isupper(), name


def _constant(function: Function[Any]) -> str:
    return function.python_name.upper()


def _result(call: Any) -> str:
    """The class of the answer; one function gives an output of it already."""
    annotation = inspect.get_annotations(call)["return"]
    return (getattr(annotation, "__args__", None) or (annotation,))[0].__name__


def _input(field: Field) -> str:
    text = f"Input[{_type(field.shape)}]"
    return text if field.required else f"{text} | None = None"


def _type(shape: Shape) -> str:
    match shape.name:
        case "list" if shape.item:
            return f"Sequence[Input[{_type(shape.item)}]]"
        case "enum":
            values = ", ".join(f'"{value}"' for value in shape.values)
            return f"Literal[{values}] | enums.{shape.type_name}"
        case name:
            return {"text": "str", "flag": "bool", "number": "int"}[name]
