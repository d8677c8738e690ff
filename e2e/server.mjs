// A town of its own for a check: the program as an operator starts it, in a new folder, with the embedded model.
import { spawn, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const PASSWORD = "quatre mots bien choisis";
export const CLAIRE = "claire@val.example";
const STARTS = 60_000;

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export async function start(program, { engine = ["scripts/engine"], model = "smollm2" } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "gouvernail-e2e-"));
  const config = join(folder, "gouvernail.toml"), base = `http://127.0.0.1:${await freePort()}`;
  execFileSync(program, ["init", config]);
  const written = (await readFile(config, "utf8")).replace("127.0.0.1:8300", base.slice(7)).replace("https://ia.commune.example", base);
  await writeFile(config, `${written}\n[engine]\nmodel = "${model}"\ncommand = ${JSON.stringify([resolve(engine[0]), ...engine.slice(1)])}\n`);
  execFileSync(program, ["people", "add", "--config", config, "--name", "Claire", "--email", CLAIRE, "--role", "referent"], { input: `${PASSWORD}\n` });
  const child = spawn(program, ["serve", "--config", config], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (bytes) => { said += bytes; });
  child.stderr.on("data", (bytes) => { said += bytes; });
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((end) => child.once("exit", end));
      child.kill("SIGTERM");
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const limit = Date.now() + STARTS;
  while (!await fetch(`${base}/ready`).then((answer) => answer.ok, () => false)) {
    if (child.exitCode !== null || Date.now() > limit) { await stop(); throw new Error(`the program does not start:\n${said}`); }
    await new Promise((wait) => setTimeout(wait, 100));
  }
  return { base, stop };
}

// One call through the gateway: its status and its answer.
export async function call(base, key, model, agent) {
  const answer = await fetch(`${base}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "x-gouvernail-agent": agent },
    body: JSON.stringify({ model, max_tokens: 8, messages: [{ role: "user", content: "Bonjour" }] }),
  });
  return { status: answer.status, body: await answer.json() };
}
