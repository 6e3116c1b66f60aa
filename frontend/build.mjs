// Builds the committed style sheet, script, fonts and licence list; run by `npm run build`, compared in CI.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "src", "prasan", "web", "static", "dist");
const modules = join(here, "node_modules");
const FIRST_VISIT = 130 * 1024;
const FIELD_FORM = 64 * 1024;
// Where a package carries no licence text of its own, ours is a copy from its repository.
const SHIPPED = {
  "@noble/ciphers": "node_modules/@noble/ciphers/LICENSE",
  "@noble/curves": "node_modules/@noble/curves/LICENSE",
  "@noble/hashes": "node_modules/@noble/hashes/LICENSE",
  "@noble/post-quantum": "node_modules/@noble/post-quantum/LICENSE",
  "@scure/base": "node_modules/@scure/base/LICENSE",
  "age-encryption": "node_modules/age-encryption/LICENSE",
  "@fontsource/noto-sans-khmer": "node_modules/@fontsource/noto-sans-khmer/LICENSE",
  "@fontsource/noto-sans-lao": "node_modules/@fontsource/noto-sans-lao/LICENSE",
  "@fontsource/noto-sans-myanmar": "node_modules/@fontsource/noto-sans-myanmar/LICENSE",
  "@fontsource/sarabun": "node_modules/@fontsource/sarabun/LICENSE",
  "@ministryofjustice/frontend": "licences/moj-frontend.txt",
  "govuk-frontend": "licences/govuk-frontend.txt",
  "htmx.org": "node_modules/htmx.org/LICENSE",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const sheet = compile(join(here, "scss", "app.scss"), {
  loadPaths: [here, modules],
  style: "compressed",
  quietDeps: true,
});
await writeFile(join(dist, "app.css"), `${sheet.css.trim()}\n`);
const field = compile(join(here, "scss", "field.scss"), { style: "compressed" });
await writeFile(join(dist, "field.css"), `${field.css.trim()}\n`);

// Pages of the office load app.js alone; the phone in the field loads its own two.
const SCRIPTS = { "app.js": "app.js", "field.js": "field/app.js", "field-calendar.js": "field/calendar.js" };
for (const [made, source] of Object.entries(SCRIPTS)) {
  await build({
    entryPoints: [join(here, "js", source)],
    outfile: join(dist, made),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    legalComments: "none",
  });
}

for (const script of ["latin", "thai"]) {
  for (const weight of [400, 700]) {
    await copyFile(
      join(modules, "@fontsource/sarabun/files", `sarabun-${script}-${weight}-normal.woff2`),
      join(dist, `sarabun-${script}-${weight}.woff2`),
    );
  }
}

// Loaded by the browser only where such letters stand.
for (const script of ["khmer", "lao", "myanmar"]) {
  await copyFile(
    join(modules, `@fontsource/noto-sans-${script}/files`, `noto-sans-${script}-${script}-400-normal.woff2`),
    join(dist, `noto-${script}-400.woff2`),
  );
}

const parts = [];
for (const name of Object.keys(SHIPPED).sort()) {
  const about = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
  const text = await readFile(join(here, SHIPPED[name]), "utf8");
  parts.push(`${name} ${about.version}\nLicence: ${about.license}\n\n${text.trim()}\n`);
}
await writeFile(join(dist, "LICENCES.txt"), `Third-party parts in this folder\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`);

let total = 0;
let phone = 0;
for (const name of (await readdir(dist)).sort()) {
  if (name.endsWith(".txt")) continue;
  const bytes = await readFile(join(dist, name));
  const weight = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  if (name.startsWith("noto-")) console.log("only where its letters stand:");
  else if (name.startsWith("field")) phone += weight;
  else total += weight;
  console.log(`${name.padEnd(28)} ${(weight / 1024).toFixed(1)} KB`);
}
console.log(`${"first visit".padEnd(28)} ${(total / 1024).toFixed(1)} KB`);
console.log(`${"field page, beside".padEnd(28)} ${(phone / 1024).toFixed(1)} KB`);
if (phone > FIELD_FORM) throw new Error("the field page is heavier than 64 KB");
if (total > FIRST_VISIT) throw new Error("the first visit is heavier than 130 KB");
