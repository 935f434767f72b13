"""`make generated`: rewrite what is derived from the resources: schema.yaml, docs/reference, the README's table, three modules.

`--check` writes nothing and names what is out of date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools import generated_python

generated_python.name_what_is_not_written_yet()

from pulumi_scalekit.functions import FUNCTIONS  # noqa: E402
from pulumi_scalekit.publish import reference, rules, schema  # noqa: E402
from pulumi_scalekit.resources import RESOURCES  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?<=<!-- resources:begin -->\n).*?(?=<!-- resources:end -->)", re.DOTALL)


def wanted() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    kinds = [resource.kind for resource in RESOURCES]
    files = {
        ROOT / "schema.yaml": schema.as_yaml(kinds, FUNCTIONS),
        ROOT / "pulumi_scalekit" / "enums.py": generated_python.enums(kinds, FUNCTIONS),
        ROOT / "pulumi_scalekit" / "functions" / "calls.py": generated_python.calls(FUNCTIONS),
        ROOT / "pulumi_scalekit" / "outputs.py": generated_python.blocks(kinds),
        ROOT / "docs" / "rules.md": rules.page(kinds),
        ROOT / "docs" / "reference" / "README.md": reference.index(kinds, FUNCTIONS),
        ROOT / "docs" / "reference" / "functions.md": reference.functions(FUNCTIONS),
    }
    files |= {ROOT / "docs" / "reference" / f"{reference.file_of(kind)}": reference.page(kind) for kind in kinds}
    readme = ROOT / "README.md"
    files[readme] = BLOCK.sub(lambda _: reference.table(kinds), readme.read_text())
    return files


def main() -> int:
    stale = [path for path, text in wanted().items() if not path.exists() or path.read_text() != text]
    known = set(wanted())
    stale += [path for path in (ROOT / "docs" / "reference").glob("*.md") if path not in known]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run `make generated`")
        return bool(stale)
    for path in stale:
        if path in known:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted()[path])
        else:
            path.unlink()
        print(f"wrote {path.relative_to(ROOT)}" if path in known else f"removed {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
