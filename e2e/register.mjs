// The register on a real server with the embedded model, at the keyboard: the low-risk road from nothing to the first allowed call
// (timed, then again without JavaScript), two people in one study, the public search, the stop.
// Usage: node register.mjs PROGRAM; exits 1 on a problem.
import { launch } from "./browser.mjs";
import { Person } from "./keyboard.mjs";
import { CLAIRE, PASSWORD, call, start } from "./server.mjs";

const [program] = process.argv.slice(2);
if (!program) throw new Error("name the program: node register.mjs target/debug/gouvernail");

const MODEL = "smollm2";
const JULIEN = "julien@val.example";
const SYSTEM = "aide-a-la-redaction";
const DOSSIER = `/referent/systems/${SYSTEM}`;
// By hand: one press, and one page to read before acting on it. The promise is eight minutes.
const SECONDS_A_KEY = 0.4, SECONDS_A_PAGE = 10, PROMISE = 480;

// What the administration says of itself, once.
async function organisation(claire) {
  await claire.follow('.needs a[href*="#organisation"]');
  await claire.type("#organisation-siret", "21990012300007");
  await claire.choose("#log-yes");
  await claire.choose("#sheet-referent");
  await claire.send("/organisation/sheet");
  await claire.type("#strategy-title", "Feuille de route");
  await claire.type("#strategy-url", "https://val.example/ia");
  await claire.date("#strategy-adopted", "2026-03-12");
  await claire.type("#strategy-objectives", "Répondre plus vite");
  await claire.send("/organisation/strategy");
}

async function colleague(claire) {
  await claire.follow('a[href="/referent/people"]');
  await claire.type("#person-name", "Julien");
  await claire.type("#person-email", JULIEN);
  await claire.choose("#role-owner");
  await claire.choose("#role-agent");
  await claire.send("/referent/people");
  return claire.text("code.secret");
}

// Opens the link that was handed over, and chooses a password: one press, as in a message.
async function arrived(julien, link) {
  await julien.open(link);
  await julien.type("#new-password", PASSWORD);
  await julien.send("");
}

async function declare(claire) {
  await claire.follow('#given a[href="/referent"]');
  await claire.type("#name", "Aide à la rédaction");
  await claire.type("#purpose", "aider à rédiger une note");
  await claire.choose("#touches-no");
  await claire.choose("#risk-low");
  await claire.send("/referent/systems");
}

async function dossier(claire) {
  // Model of this machine, owner, telephone and training, as they are proposed.
  await claire.send("/start");
  await claire.follow(`a[href="${DOSSIER}/study/light"]`);
  await claire.type("#q-apport", "Un premier jet plus vite.");
  await claire.choose('[id="q-decision.no"]');
  await claire.choose('[id="q-donnees.aucune"]');
  await claire.type("#q-risques", "Un fait inventé.");
  await claire.type("#q-mesures", "Chaque fait est relu.");
  await claire.choose('[id="q-publication.no"]');
  claire.acts += 1;
  await claire.follow("button[formaction]");
  await claire.type("#evaluation-set", "notes");
  await claire.type("#evaluation-passed", "9");
  await claire.type("#evaluation-total", "10");
  await claire.type("#evaluation-required", "8");
  await claire.type("#evaluation-smaller", "0");
  await claire.send("/evaluation");
}

const RIGHT = ["1", "2", "0", "1", "1"];

async function other(julien) {
  await julien.follow(".needs a.btn");
  await julien.send("/owner/accept");
  await julien.follow(`a[href="${DOSSIER}/study/light/print"]`);
  await julien.send("/sign");
  await julien.follow(`a[href="/training/${SYSTEM}"]`);
  for (const [at, answer] of RIGHT.entries()) await julien.choose(`#q${at + 1}-${answer}`);
  await julien.send("/training/");
}

// Her page of the dossier, read again once he has done his part.
async function authorise(claire) {
  await claire.again();
  await claire.type("#key-label", "Traitement de texte");
  await claire.send("/keys");
  const key = await claire.text("code.secret");
  await claire.send("/authorisation");
  return key;
}

// The whole road; gives the key, and says what it cost.
async function road(browser, base, how) {
  const began = Date.now();
  const claire = await Person.arrive(browser, how), julien = await Person.arrive(browser, how);
  await claire.signIn(base, CLAIRE, PASSWORD);
  await organisation(claire);
  const link = await colleague(claire);
  await declare(claire);
  await dossier(claire);
  await arrived(julien, link);
  await other(julien);
  const key = await authorise(claire);
  const first = await call(base, key, MODEL, JULIEN);
  if (first.status !== 200) throw new Error(`the first call is refused (${first.status}): ${JSON.stringify(first.body)}`);
  const sum = (what) => claire[what] + julien[what];
  const [keys, pages, acts] = ["keys", "pages", "acts"].map(sum);
  const byHand = Math.round(keys * SECONDS_A_KEY + pages * SECONDS_A_PAGE);
  console.log(`  low-risk road${how.javaScriptEnabled ? "" : " without JavaScript"}: ${((Date.now() - began) / 1000).toFixed(1)} s, `
    + `${acts} acts, ${pages} pages, ${keys} presses; by hand about ${byHand} s (${SECONDS_A_KEY} s a press, ${SECONDS_A_PAGE} s a page)`);
  if (byHand > PROMISE) throw new Error(`the road takes more than ${PROMISE} s by hand`);
  return { claire, julien, key };
}

// Two people write at once in the study that is already signed: each their own part, and both the same answer. Without
// JavaScript each presses the button; with it, the page saves by itself.
async function together({ claire, julien }, base, scripted) {
  const study = `${base}${DOSSIER}/study/light`;
  const both = [[claire, "#q-apport", "Texte de Claire"], [julien, "#q-mesures", "Texte de Julien"]];
  for (const [person] of both) await person.visit(study);
  for (const [person, own, words] of both) {
    await person.type(own, words);
    await person.type("#q-risques", `${words}, aussi`);
    if (!scripted) await person.send("/study/light/draft");
    else await person.page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.ok());
  }
  const texts = both.flatMap(([, , words]) => [words, `${words}, aussi`]);
  for (const [person] of both) {
    await person.visit(study);
    await shows(person, texts);
    await person.follow('a[href$="/history"]');
    await shows(person, [...texts, "Claire", "Julien"]);
  }
  await julien.visit(study);
  await julien.choose('[name="settle-q-risques"][value="kept"]');
  await julien.send("/study/light/draft");
  await julien.follow('a[href$="/history"]');
  await shows(julien, texts);
}

// Everything that can be read on the page, folds and fields included.
async function shows(person, texts) {
  const all = await person.page.evaluate(() => [document.body.textContent, ...[...document.querySelectorAll("input, textarea")].map((field) => field.value)].join("\n"));
  const lost = texts.filter((text) => !all.includes(text));
  if (lost.length > 0) throw new Error(`${person.page.url()} does not show: ${lost.join(" / ")}`);
}

async function search(browser, base, how) {
  const anybody = await Person.arrive(browser, how);
  await anybody.visit(`${base}/register`);
  await anybody.type("#q", "rotation de la lune");
  await anybody.send("/register");
  if (await anybody.page.$(`a[href="/register/${SYSTEM}"]`)) throw new Error("the search finds what was not asked");
  await anybody.type("#q", "REDACTION");
  await anybody.send("/register");
  await anybody.follow(`a[href="/register/${SYSTEM}"]`);
  await shows(anybody, ["Aide à la rédaction", "aider à rédiger une note"]);
  await anybody.leave();
}

// The button, its reason, and the very next call.
async function halted({ claire, key }, base) {
  const status = async () => (await call(base, key, MODEL, JULIEN)).status;
  await claire.visit(`${base}${DOSSIER}`);
  await claire.type("#stop-reason", "Trop d’erreurs");
  await claire.send("/stop");
  const refused = await call(base, key, MODEL, JULIEN);
  if (refused.status !== 403 || !JSON.stringify(refused.body).includes("stop-order")) throw new Error(`a call passes after the stop: ${refused.status}`);
  await claire.type("#stop-reason", "Corrigé");
  await claire.send("/resume");
  if (await status() !== 200) throw new Error("no call passes once the stop is lifted");
}

const browser = await launch();
const failures = [];
async function check(what, doing) {
  try {
    await doing();
    console.log(`  holds: ${what}`);
  } catch (error) {
    failures.push(`${what}\n    ${error.stack}`);
  }
}

for (const javaScriptEnabled of [true, false]) {
  const words = javaScriptEnabled ? "" : ", without JavaScript";
  const { base, stop } = await start(program);
  try {
    let town;
    await check(`from nothing to the first allowed call, by keyboard${words}`, async () => { town = await road(browser, base, { javaScriptEnabled }); });
    if (!town) continue;
    await check(`the public search, by keyboard${words}`, () => search(browser, base, { javaScriptEnabled }));
    await check(`the stop: the next call is refused, and passes once it is lifted${words}`, () => halted(town, base));
    await check(`two people in one study lose nothing${words}`, () => together(town, base, javaScriptEnabled));
  } finally {
    await stop();
  }
}
await browser.close();
for (const failure of failures) console.log(`  ${failure}`);
console.log(`register: ${failures.length} problems`);
process.exit(failures.length === 0 ? 0 : 1);
