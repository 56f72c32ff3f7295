// Builds what the site needs from packages: one style sheet, two scripts, typefaces.
//
// Everything goes to folders that git ignores. Our own small modules are not built:
// they are served as they are, from src/saferplan/web/static/.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const site = join(here, "../src/saferplan/web/static/built");
const reports = join(here, "../src/saferplan/reports/fonts");

function copy(from, folder, name) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(packages, from), join(folder, name));
}

function typefaces() {
  const web = "@fontsource/atkinson-hyperlegible-next";
  for (const script of ["latin", "latin-ext"]) {
    for (const weight of ["400", "700"]) {
      const file = `atkinson-hyperlegible-next-${script}-${weight}-normal.woff2`;
      copy(`${web}/files/${file}`, join(site, "fonts"), `${script}-${weight}.woff2`);
    }
  }
  copy(`${web}/LICENSE`, join(site, "fonts"), "LICENSE");

  // Documents need whole TrueType files, in the weights a report uses.
  const print = "@expo-google-fonts/atkinson-hyperlegible-next";
  for (const style of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
    const file = `AtkinsonHyperlegibleNext_${style}.ttf`;
    copy(`${print}/${style}/${file}`, reports, file);
  }
  copy(`${print}/LICENSE_FONT`, reports, "LICENSE");
}

function styles() {
  const { css } = compile(join(here, "styles/site.scss"), {
    loadPaths: [packages],
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(site, "site.css"), css);
}

async function scripts() {
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    legalComments: "none",
    logLevel: "warning",
  };
  await build({
    ...options,
    entryPoints: [join(here, "scripts/site.mjs")],
    outfile: join(site, "site.js"),
  });
  await build({
    ...options,
    entryPoints: [join(here, "scripts/map.mjs")],
    outfile: join(site, "map.js"),
  });
  // A worker must be a file of its own, served by us.
  await build({
    ...options,
    entryPoints: [join(packages, "maplibre-gl/dist/maplibre-gl-worker.mjs")],
    outfile: join(site, "map-worker.js"),
  });
}

rmSync(site, { recursive: true, force: true });
rmSync(reports, { recursive: true, force: true });
mkdirSync(site, { recursive: true });
typefaces();
styles();
await scripts();
