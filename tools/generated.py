"""`make generated`: rewrite what is derived from the resources: schema.yaml, docs/reference, the README's table, three modules.

Also docs/coverage.md, which the vendor's descriptors are compared with, and docs/requests.md, which is counted.

`--check` writes nothing and names what is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import generated_python

generated_python.name_what_is_not_written_yet()

from pulumi_scalekit.functions import FUNCTIONS  # noqa: E402
from pulumi_scalekit.publish import reference, registry, rules, schema  # noqa: E402
from pulumi_scalekit.resources import RESOURCES  # noqa: E402
from tools import coverage, request_table  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
CALLS = ROOT / "pulumi_scalekit" / "functions" / "calls"
BLOCK = re.compile(r"(?<=<!-- resources:begin -->\n).*?(?=<!-- resources:end -->)", re.DOTALL)


def wanted() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should have. What is counted comes last: it needs resources that work."""
    kinds = [resource.kind for resource in RESOURCES]
    yield ROOT / "schema.yaml", schema.as_yaml(kinds, FUNCTIONS)
    yield ROOT / "pulumi_scalekit" / "exports.py", generated_python.exports(ROOT / "pulumi_scalekit" / "__init__.py")
    yield ROOT / "pulumi_scalekit" / "enums.py", generated_python.enums(kinds, FUNCTIONS)
    for name, text in generated_python.calls(FUNCTIONS):
        yield CALLS / name, text
    yield ROOT / "pulumi_scalekit" / "outputs.py", generated_python.blocks(kinds)
    yield ROOT / "docs" / "rules.md", rules.page(kinds)
    yield ROOT / "docs" / "reference" / "README.md", reference.index(kinds, FUNCTIONS)
    yield ROOT / "docs" / "_index.md", registry.index(kinds, FUNCTIONS)
    yield ROOT / "docs" / "installation-configuration.md", registry.installation()
    for kind in kinds:
        yield ROOT / "docs" / "reference" / f"{kind.file_name}.md", reference.page(kind)
    for function in FUNCTIONS:
        yield ROOT / "docs" / "reference" / f"{function.file_name}.md", reference.function_page(function)
    readme = ROOT / "README.md"
    yield readme, BLOCK.sub(lambda _: reference.table(kinds), readme.read_text())
    yield ROOT / "docs" / "coverage.md", coverage.page(coverage.calls(), coverage.reasons())
    yield ROOT / "docs" / "requests.md", request_table.page(request_table.rows())


def main() -> int:
    check, known, stale = "--check" in sys.argv, set[Path](), False
    for path, text in wanted():
        known.add(path)
        if path.exists() and path.read_text() == text:
            continue
        stale = True
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        _tell(path, check=check, done="wrote")
    there = {*(ROOT / "docs" / "reference").glob("*.md"), *CALLS.glob("[!_]*.py")}
    for path in there - known:
        stale = True
        if not check:
            path.unlink()
        _tell(path, check=check, done="removed")
    return int(check and stale)


def _tell(path: Path, *, check: bool, done: str) -> None:
    name = path.relative_to(ROOT)
    print(f"{name} is out of date: run `make generated`" if check else f"{done} {name}")


if __name__ == "__main__":
    sys.exit(main())
