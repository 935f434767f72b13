"""A run of `adopt`, from the settings to the last check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pulumi_scalekit.adopt import report
from pulumi_scalekit.adopt.files import IMPORT_FILE, Form, files, further_files
from pulumi_scalekit.adopt.import_file import import_file, resources_of
from pulumi_scalekit.adopt.inventory import Inventory, Progress, Reader
from pulumi_scalekit.adopt.journal import Journal
from pulumi_scalekit.adopt.plan import Plan, plan
from pulumi_scalekit.adopt.project import Layout, Project
from pulumi_scalekit.adopt.python_program import require_ruff
from pulumi_scalekit.api.errors import ConfigurationError, ScalekitError
from pulumi_scalekit.model.kind import Kind
from pulumi_scalekit.model.setting import VARIABLES
from pulumi_scalekit.remote.configuration import environment
from pulumi_scalekit.remote.environment import Environment
from pulumi_scalekit.stack.resource import resource
from pulumi_scalekit.stack.stack import Stack

PARTLY, NOT_IMPORTED = 3, 4
"""Exit codes: something could not be read; the program has to take in the new file before the import."""
_CREDENTIALS = {f"scalekit:{key}": variable for key, (variable, _) in VARIABLES.items() if variable}
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

    def run(self, *, imports: bool) -> int:
        """Read, write, and import if it is wanted.

        Returns:
            The exit code: 0, `PARTLY` or `NOT_IMPORTED`.

        Raises:
            ScalekitError: It failed.

        """
        require_ruff()
        if imports:
            self.stack.refuse_old_pulumi()
        is_new, import_path = self.project.is_new, self.project.folder / IMPORT_FILE
        has_stack = self.stack.exists
        if not (is_new or has_stack or import_path.exists()):
            # With no state to compare with, everything would be declared a second time.
            raise ConfigurationError(
                f"{self.project.folder} has a program, and no stack is selected: run `pulumi stack select` in it, or name "
                f"the stack with --stack."
            )
        config = self._config(is_new=is_new, has_stack=has_stack)
        here = environment(config)
        form = self.form if is_new else self._form_of_project(config)
        imported = self.stack.objects((here.url, here.previous_url)) if has_stack else {}
        keyed = [(resource(each).key, each) for each in resources_of(import_path)]
        pending = {key: each for key, each in keyed if key and key not in imported}
        self.project.make()
        reader = self._reader(here)
        inventory = self._read(reader)
        if self.include and not inventory.tenants and not inventory.unreadable:
            raise ConfigurationError(f"No organization is like {' or '.join(self.include)}.")
        held = {**imported, **{key: str(each["name"]) for key, each in pending.items()}}
        made = plan(inventory, held, self.kinds, reader.is_gone, everywhere=not self.include, language=form.language)
        made.pending = list(pending.values())
        written = []
        if made.declarations:
            texts = files(made, self.project, form, here.url) if is_new else further_files(made, self.project, form)
            written = self.project.write(texts, replaced=IMPORT_FILE)
        for line in report.lines(made, written):
            self.say(line)
        if reader.journal:
            reader.journal.remove()
        stack = self.stack
        if is_new:
            credentials = {variable: config[key] for key, variable in _CREDENTIALS.items() if key in config}
            stack = replace(stack, credentials=credentials)
        code = self._finish(stack, made, written, form, imports=imports, has_stack=has_stack)
        return code or (PARTLY if inventory.unreadable else 0)

    def _config(self, *, is_new: bool, has_stack: bool) -> Mapping[str, str]:
        """The configuration with the credentials: the project's, or for a new one that of the stack where this is run."""
        if not is_new:
            return {**self.project.config(), **(self.stack.config() if has_stack else {})}
        here = Stack(Path.cwd(), self.stack.name)
        return here.config() if self.stack.name and here.exists else {}

    def _form_of_project(self, config: Mapping[str, str]) -> Form:
        """How the program that is there is written: the options do not change it."""
        if self.project.language == "yaml":
            return Form("yaml", "one-file", plugin=True)
        layout: Layout = "tenants" if self.project.has_tenants else "one-file"
        return Form("python", layout, plugin=config.get("scalekit:plugin") == "true")

    def _reader(self, here: Environment) -> Reader:
        tokens = {kind.token: kind for kind in self.kinds}
        what = [here.url, sorted(tokens), self.everything]
        journal = Journal(self.project.folder / _JOURNAL, tokens, what)
        organization, *others = self.kinds
        return Reader(here, organization, others, self.include, self.everything, journal)

    def _read(self, reader: Reader) -> Inventory:
        try:
            return reader.read(self.progress)
        except ScalekitError:
            with suppress(OSError):  # a folder that was made for nothing
                self.project.folder.rmdir()
            raise
        except KeyboardInterrupt:
            self.say("Interrupted. Within a quarter of an hour, the same command reads only the rest.")
            raise

    def _finish(
        self, stack: Stack, made: Plan, written: Sequence[Path], form: Form, *, imports: bool, has_stack: bool
    ) -> int:
        """Import, or say how."""
        file, number = self.project.folder / IMPORT_FILE, len(made.declarations) + len(made.pending)
        if not number:
            file.unlink(missing_ok=True)
        elif not made.declarations:
            # What was imported meanwhile must not be in it.
            file.write_text(import_file([], made.pending, plugin=form.plugin), encoding="utf-8")
        program = next(
            (path for path in written if path.parent == file.parent and path.stem.startswith("adopted")), None
        )
        if number and (program or not imports):
            taking = f"Take {program.name} into your program, then run" if program else "Now run"
            self.say(f"\n{taking} in {self.project.folder}:")
            name = f" --stack {stack.name}" if stack.name else ""
            if not has_stack:
                self.say(f"  pulumi stack init {stack.name or 'dev'}")
                self._say_credentials(stack)
            self.say(f"  pulumi import --file {IMPORT_FILE} --yes --generate-code=false{name}")
            self.say(f"  pulumi preview --expect-no-changes{name}")
            return NOT_IMPORTED if imports else 0
        if imports:
            if not has_stack:
                stack.create()
            if number:
                self.say(f"\nImporting {number} resources.")
                stack.take_over(file.resolve())
                file.unlink()
            stack.preview()
            self.say("The preview shows no change.")
            stack.drift()
            self.say("The drift check finds none.")
        if imports and number:
            self.say("Everything is protected until the next `pulumi up`, which protects the organizations alone.")
            if stack.credentials:
                self.say(f"\nGive the new stack its credentials, in {self.project.folder}:")
                self._say_credentials(stack)
        return 0

    def _say_credentials(self, stack: Stack) -> None:
        if stack.credentials:
            self.say(f"  pulumi config set scalekit:clientId {stack.credentials.get('SCALEKIT_CLIENT_ID', '…')}")
            self.say("  pulumi config set --secret scalekit:clientSecret")
