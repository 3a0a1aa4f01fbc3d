// Checks what the plugin sends against the types and libraries that the receivers' vendors publish.
//
//   node validate.mjs DIRECTORY slack FILE      messages in a JSON list, with Slack's own types
//   node validate.mjs DIRECTORY teams FILE      messages in a JSON list, with Microsoft's types and library
//   node validate.mjs DIRECTORY install         nothing; only installs what follows
//
// Installs the libraries into DIRECTORY. Prints "message N: what is wrong", where the first message is
// number 0. Exits with 0 if everything is valid, 1 if something is not, and 3 if the libraries cannot
// be installed.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
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

install();
if (what === "install") process.exit(0);
const wrong = { slack, teams }[what](JSON.parse(readFileSync(file, "utf8")));
wrong.forEach((line) => console.log(line));
process.exit(wrong.length === 0 ? 0 : 1);
