// Checks what the plugin sends against the types and libraries that the receivers' vendors publish.
//
//   node validate.mjs DIRECTORY slack FILE      messages in a JSON list, with Slack's own types
//   node validate.mjs DIRECTORY teams FILE      messages in a JSON list, with Microsoft's types and library
//   node validate.mjs DIRECTORY openapi FILE    an OpenAPI document, with Redocly's linter
//   node validate.mjs DIRECTORY install         nothing; only installs what follows
//
// Installs the libraries into DIRECTORY. Prints "message N: what is wrong", where the first message is
// number 0, or what the linter prints. Exits with 0 if everything is valid, 1 if something is not, 3 if
// the libraries cannot be installed, and 4 if this Node.js is too old for them.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const [directory, what, file] = process.argv.slice(2);
const work = resolve(directory);

function install() {
  const lock = "package-lock.json";
  const installed = join(work, "node_modules", lock); // a copy, written last: of these very versions
  const wanted = readFileSync(new URL(lock, import.meta.url));
  if (existsSync(installed) && readFileSync(installed).equals(wanted)) return;
  mkdirSync(work, { recursive: true });
  for (const name of ["package.json", lock]) {
    copyFileSync(new URL(name, import.meta.url), join(work, name));
  }
  const npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
  const { status, stderr } = spawnSync("npm", npm, { cwd: work, encoding: "utf8" });
  if (status !== 0) {
    console.error(`npm cannot install the libraries: ${stderr}`);
    process.exit(3);
  }
  writeFileSync(installed, wanted);
}

/** Returns the compiler's errors for values that are declared to have the type Value. */
function compile(declaration, values) {
  const head = `${declaration}\nexport const values: Value[] = [\n`;
  const first = head.split("\n").length; // the line of the first value; each has one
  const lines = values.map((value) => `  ${JSON.stringify(value)},`);
  writeFileSync(join(work, "values.ts"), `${head}${lines.join("\n")}\n];\n`);
  const tsc = join(work, "node_modules", "typescript", "lib", "tsc.js");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "values.ts"];
  const { status, stdout } = spawnSync("node", [tsc, ...options], { cwd: work, encoding: "utf8" });
  if (status === 0) return [];
  const errors = [...stdout.matchAll(/^values\.ts\((\d+),\d+\): (.*)$/gm)];
  return errors.length === 0 ? [`tsc: ${stdout}`] : errors.map(([, line, error]) => of(line - first, error));
}

/** Says what is wrong with one message. */
function of(number, error) {
  return `message ${number}: ${error}`;
}

/** Checks messages with the types that Slack publishes. */
function slack(messages) {
  return compile(
    `import type { KnownBlock, MessageAttachment } from "@slack/types";
interface Attachment extends MessageAttachment { blocks: KnownBlock[] }
interface Value { text: string; blocks: KnownBlock[]; attachments?: Attachment[] }`,
    messages,
  );
}

/** Checks messages with Microsoft's types, made from the schema of Adaptive Cards, and its library. */
function teams(messages) {
  return [...cards(messages), ...parsed(messages)];
}

function cards(messages) {
  const contents = messages.map(({ attachments: [{ content }] }) => ({
    ...content,
    // Teams' documentation writes Full, the types full
    msteams: { ...content.msteams, width: content.msteams.width.toLowerCase() },
  }));
  return compile(`import type { IAdaptiveCard as Value } from "@microsoft/teams.cards";`, contents);
}

function parsed(messages) {
  // the library is built for browsers and needs a window; nothing is drawn here
  const library = join(work, "node_modules", "adaptivecards", "dist", "adaptivecards.js");
  const module = { exports: {} };
  runInThisContext(`(function (module, exports, self, window, document) {
    ${readFileSync(library, "utf8")}
  })`)(module, module.exports, globalThis, globalThis, {});
  const { AdaptiveCard, SerializationContext, Versions } = module.exports;
  return messages.flatMap(({ attachments: [{ contentType, content }, ...more] }, number) => {
    const context = new SerializationContext(Versions.v1_4);
    new AdaptiveCard().parse(content, context);
    const wrong = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
    if (contentType !== "application/vnd.microsoft.card.adaptive") wrong.push(contentType);
    if (content.type !== "AdaptiveCard") wrong.push(content.type);
    if (more.length > 0) wrong.push("more than one attachment");
    return wrong.map((error) => of(number, error));
  });
}

/** Checks an OpenAPI document, and its examples with its schemas. */
function openapi(document) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Redocly's linter needs Node.js 20.19 or later, and this is ${process.versions.node}`);
    process.exit(4);
  }
  const linter = join(work, "node_modules", "@redocly", "cli", "bin", "cli.js");
  const config = fileURLToPath(new URL("openapi/redocly.yaml", import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    "node",
    [linter, "lint", document, "--config", config, "--format", "stylish"],
    {
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );
  return status === 0 ? [] : (stdout || stderr).split("\n");
}

const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const checks = {
  install: () => [],
  slack: () => slack(json(file)),
  teams: () => teams(json(file)),
  openapi: () => openapi(file),
};

install();
const wrong = checks[what]();
wrong.forEach((line) => console.log(line));
process.exit(wrong.length === 0 ? 0 : 1);
