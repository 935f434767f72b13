"""A run of `adopt`, from the settings to the last check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pulumi_scalekit.adopt import report
from pulumi_scalekit.adopt.files import IMPORT_FILE, Form, Layout, files, further_files
from pulumi_scalekit.adopt.import_file import import_file, resources_of
from pulumi_scalekit.adopt.inventory import Inventory, Progress, Reader
from pulumi_scalekit.adopt.journal import Journal
from pulumi_scalekit.adopt.plan import Plan, plan
from pulumi_scalekit.adopt.project import Project
from pulumi_scalekit.adopt.stack import Stack, key_of
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.registry import KINDS
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.environment import Environment

_JOURNAL = ".adopt-journal.jsonl"


@dataclass(frozen=True)
class Adoption:
    """A run of `adopt`.

    Args:
        project: Where it is written.
        stack: What it is compared with, and imported into.
        kinds: What is read, organizations first.
        include: Patterns of the organizations; empty for all.
        everything: Declare also what Scalekit may have made by itself, and switches that are off.
        form: How a new program is written.
        say: Shows a line.
        progress: Shows a bar for a number of tenants.

    """

    project: Project
    stack: Stack
    kinds: Sequence[Kind]
    include: Sequence[str]
    everything: bool
    form: Form
    say: Callable[[str], None]
    progress: Callable[[int], AbstractContextManager[Progress]]

    def run(self, *, imports: bool) -> bool:
        """Read, write, and import if it is wanted.

        Returns:
            Whether everything could be read.

        Raises:
            ScalekitError: It failed.

        """
        if imports:
            self.stack.refuse_old_pulumi()
        is_new = self.project.is_new
        has_stack = self.stack.exists
        config = self.stack.config() if has_stack else {}
        here = environment(config)
        form = self.form if is_new else self._form_of_project(config)
        imported = self.stack.objects(KINDS, here.url) if has_stack else {}
        keyed = [(key_of(each, KINDS), each) for each in resources_of(self.project.folder / IMPORT_FILE)]
        pending = {key: each for key, each in keyed if key and key not in imported}
        inventory, journal = self._read(here)
        held = {**imported, **{key: str(each["name"]) for key, each in pending.items()}}
        made = plan(inventory, held, self.kinds, everywhere=not self.include, language=form.language)
        made.pending = list(pending.values())
        written = []
        if made.declarations:
            texts = files(made, self.project, form, here.url) if is_new else further_files(made, self.project, form)
            written = self.project.write(texts, replaced=IMPORT_FILE)
        for line in report.lines(made, written):
            self.say(line)
        journal.remove()
        if made.declarations or made.pending:
            self._finish(made, written, form, imports=imports, has_stack=has_stack)
        else:
            (self.project.folder / IMPORT_FILE).unlink(missing_ok=True)
        return not inventory.unreadable

    def _form_of_project(self, config: Mapping[str, str]) -> Form:
        if self.project.language == "yaml":
            return Form("yaml", "one-file", plugin=True)
        layout: Layout = "tenants" if self.project.has_tenants else "one-file"
        return Form("python", layout, plugin=config.get("scalekit:plugin") == "true" or self.project.uses_plugin)

    def _read(self, here: Environment) -> tuple[Inventory, Journal]:
        tokens = {kind.token: kind for kind in self.kinds}
        what = [here.url, sorted(tokens), self.everything]
        journal = Journal(self.project.folder / _JOURNAL, tokens, what)
        organization, *others = self.kinds
        reader = Reader(here, organization, others, self.include, self.everything, journal)
        try:
            return reader.read(self.progress), journal
        except KeyboardInterrupt:
            self.say("Interrupted. Within an hour, the same command reads only the rest.")
            raise

    def _finish(self, made: Plan, written: Sequence[Path], form: Form, *, imports: bool, has_stack: bool) -> None:
        """Import, or say how."""
        program = next((path for path in written if path.name.startswith("adopted")), None)
        if program:
            self.say(f"\nTake {program.name} into your program, then run in {self.project.folder}:")
        elif not imports:
            self.say(f"\nNow run in {self.project.folder}:")
        if program or not imports:
            name = f" --stack {self.stack.name}" if self.stack.name else ""
            if not has_stack:
                self.say(f"  pulumi stack init {self.stack.name or 'dev'}")
            self.say(f"  pulumi import --file {IMPORT_FILE} --yes --generate-code=false{name}")
            self.say(f"  pulumi preview --expect-no-changes{name}")
            return
        self.stack.create()
        self.say(f"\nImporting {len(made.declarations) + len(made.pending)} resources.")
        file = (self.project.folder / IMPORT_FILE).resolve()
        if not made.declarations:
            # What was imported meanwhile must not be in it.
            file.write_text(import_file([], made.pending, plugin=form.plugin), encoding="utf-8")
        self.stack.take_over(file)
        file.unlink()
        self.stack.preview()
        self.say("The preview shows no change.")
        self.stack.drift()
        self.say(
            "The drift check finds none. Everything is protected until the next `pulumi up`, which protects the tenants alone."
        )
