// Serves the gallery on loopback, opens every page in a real browser at two widths, lets axe
// judge it, and takes pictures. Usage: node gallery.mjs GALLERY [PICTURES [PAGE,...]]; exits 1 on a violation.
import { createServer } from "node:http";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join, normalize } from "node:path";
import { WIDTHS, launch, problemsOf } from "./browser.mjs";

const [root, pictures, only] = process.argv.slice(2);
if (!root) throw new Error("name the gallery's folder: node gallery.mjs GALLERY [PICTURES [PAGE,PAGE...]]");
const wanted = only ? new Set(only.split(",").map((name) => `${name}.html`)) : undefined;
const TYPES = { css: "text/css", js: "text/javascript", html: "text/html; charset=utf-8" };

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  try {
    const body = await readFile(join(root, path));
    response.setHeader("content-type", TYPES[path.split(".").pop()] ?? "application/octet-stream");
    response.setHeader("content-security-policy", "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

async function check(browser, lang, name, width) {
  const context = await browser.newContext({ viewport: WIDTHS[width], bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${base}/${lang}/${name}`);
  const problems = await problemsOf(page);
  if (pictures) {
    await page.screenshot({ path: join(pictures, `${lang}-${name.replace(".html", "")}-${width}.png`), fullPage: true });
  }
  await context.close();
  return problems;
}

if (pictures) await mkdir(pictures, { recursive: true });
const browser = await launch();
let passed = 0, failed = 0;
try {
  for (const lang of ["fr", "en"]) {
    for (const name of (await readdir(join(root, lang))).sort()) {
      if (wanted && !wanted.has(name)) continue;
      for (const width of Object.keys(WIDTHS)) {
        const problems = await check(browser, lang, name, width);
        if (problems.length === 0) { passed += 1; continue; }
        failed += 1;
        console.log(`  ${lang}/${name} (${width})\n    ${problems.join("\n    ")}`);
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`gallery: ${passed} pages passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
