// Pictures of the gallery's pages for docs/screens: in French, at desktop width, and on a phone those that are read there.
// Usage: node screens.mjs GALLERY FOLDER; exits 1 when docs/screens/README.md does not list exactly the pages of the gallery.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { WIDTHS, launch } from "./browser.mjs";

const [root, folder] = process.argv.slice(2);
if (!root || !folder) throw new Error("name the gallery and the folder: node screens.mjs GALLERY FOLDER");
const LANG = "fr";
// What people read on a phone: citizens first, then who must act away from a desk.
const ON_A_PHONE = ["home", "citizen-case", "citizen-detail", "enter-code", "received", "report", "consultation", "public-system",
  "workspace", "system", "case-blind", "council"];
// A picture weighs no more than this, bytes: fewer colours first, then fewer pixels.
const HEAVIEST = 60_000, TRIES = [[1, 32], [1, 16], [0.75, 16], [0.6, 16], [0.5, 16]];
// Tallest picture, pixels.
const TALLEST = { desktop: 2200, phone: 1600 };
const TYPES = { css: "text/css", js: "text/javascript", html: "text/html; charset=utf-8" };

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  try {
    const body = await readFile(join(root, path));
    response.setHeader("content-type", TYPES[path.split(".").pop()] ?? "application/octet-stream");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

// A PNG of few colours: a page of text has few.
async function picture(page, width) {
  const devtools = await page.context().newCDPSession(page);
  // Of a long page the beginning, or what the page shows once when that stands further down.
  const { whole, once } = await page.evaluate(() => ({
    whole: document.documentElement.scrollHeight,
    once: document.querySelector("code.secret")?.getBoundingClientRect().top ?? 0,
  }));
  const height = Math.min(TALLEST[width], whole);
  const y = once < height ? 0 : Math.min(whole - height, Math.round(once - height / 2));
  for (const [scale, colours] of TRIES) {
    const clip = { x: 0, y, width: WIDTHS[width].width, height, scale };
    const { data } = await devtools.send("Page.captureScreenshot", { format: "png", clip, captureBeyondViewport: true });
    const bytes = execFileSync("pngquant", [`${colours}`, "--speed", "1", "--nofs", "--strip", "-"], { input: Buffer.from(data, "base64") });
    if (bytes.length <= HEAVIEST) return bytes;
  }
  throw new Error(`${page.url()}: heavier than ${HEAVIEST} bytes however small`);
}

await mkdir(folder, { recursive: true });
for (const old of await readdir(folder)) if (/\.png$/.test(old)) await rm(join(folder, old));
const pages = (await readdir(join(root, LANG))).map((file) => file.replace(".html", "")).sort();
const browser = await launch();
let drawn = 0, weight = 0;
try {
  for (const name of pages) {
    for (const width of ["desktop", ...(ON_A_PHONE.includes(name) ? ["phone"] : [])]) {
      const page = await browser.newPage({ viewport: WIDTHS[width] });
      await page.goto(`${base}/${LANG}/${name}.html`);
      const bytes = await picture(page, width);
      await writeFile(join(folder, `${name}${width === "phone" ? "-phone" : ""}.png`), bytes);
      await page.close();
      drawn += 1;
      weight += bytes.length;
    }
  }
} finally {
  await browser.close();
  server.close();
}

const listed = await readFile(join(folder, "README.md"), "utf8").catch(() => "");
const inList = new Set([...listed.matchAll(/\]\(([a-z0-9-]+)\.png\)/g)].map((found) => found[1]).filter((name) => !name.endsWith("-phone")));
const unlisted = pages.filter((name) => !inList.has(name)), gone = [...inList].filter((name) => !pages.includes(name));
console.log(`screens: ${drawn} pictures, ${(weight / 1e6).toFixed(1)} MB`);
if (unlisted.length + gone.length > 0) {
  console.log(`  ${folder}/README.md does not list: ${unlisted.join(" ") || "—"}; lists in vain: ${gone.join(" ") || "—"}`);
  process.exit(1);
}
