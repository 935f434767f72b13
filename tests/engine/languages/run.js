// Runs the example's program with the automation API, which needs no language host: `node run.js FOLDER up|preview`,
// in the compiled example. Prints what changed and, after an up, the stack's outputs.
const { createRequire } = require("node:module");

const example = createRequire(`${process.cwd()}/`);
const { LocalWorkspace } = example("@pulumi/pulumi/automation");

async function main(workDir, command) {
    const program = async () => example("./bin/index.js");
    const stack = await LocalWorkspace.selectStack({ stackName: "dev", projectName: "typescript", program }, { workDir });
    if (command === "preview") {
        return { changes: (await stack.preview()).changeSummary };
    }
    const done = await stack.up();
    const outputs = Object.entries(done.outputs).map(([name, output]) => [name, output.value]);
    return { changes: done.summary.resourceChanges, outputs: Object.fromEntries(outputs) };
}

main(...process.argv.slice(2)).then(
    (told) => console.log(JSON.stringify(told)),
    (error) => {
        console.error(error);
        process.exitCode = 1;
    },
);
