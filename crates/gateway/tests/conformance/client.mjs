// What an application does with OpenAI's Node client: OPENAI_BASE_URL and OPENAI_API_KEY are all that changes.
// client.mjs SCENARIO prints one line; client.py prints the same. OPENAI_CLIENT is the folder where the client is installed.
import { createRequire } from "node:module";

const OpenAI = createRequire(`${process.env.OPENAI_CLIENT}/`)("openai").OpenAI;
const defaultHeaders = { "X-Gouvernail-Agent": "agnes@commune.example" };
const client = new OpenAI({ maxRetries: 0, defaultHeaders });
const tools = [{ type: "function", function: { name: "orienter", parameters: { type: "object" } } }];
const asked = (text) => ({ model: "petit", messages: [{ role: "user", content: text }] });
const create = (text, more = {}, by = client) => by.chat.completions.create({ ...asked(text), ...more });
const gather = async (stream) => {
  const all = [];
  for await (const piece of stream) all.push(piece);
  return all;
};
const error = async (action) => {
  try {
    await action();
    return "no error";
  } catch (raised) {
    return `${raised.constructor.name} ${raised.status} ${raised.code}`;
  }
};

const scenarios = {
  async whole() {
    const answer = await create("bonjour");
    return `${answer.model}: ${answer.choices[0].message.content} (${answer.usage.total_tokens})`;
  },
  async several() {
    return (await create("bonjour", { n: 2 })).choices.map((choice) => choice.message.content).join(" / ");
  },
  async streamed() {
    const choices = (await gather(await create("bonjour", { stream: true }))).map((chunk) => chunk.choices[0]);
    const words = choices.map((choice) => choice.delta.content).filter(Boolean);
    return `${words.join("|")} ${choices.map((choice) => choice.finish_reason).filter(Boolean).at(-1)}`;
  },
  async usage() {
    const chunks = await gather(await create("bonjour", { stream: true, stream_options: { include_usage: true } }));
    const { usage, choices } = chunks.at(-1);
    return `${usage.prompt_tokens} ${usage.completion_tokens}, ${choices.length} choices`;
  },
  async tools() {
    const first = (await create("outil", { tools })).choices[0];
    const call = first.message.tool_calls[0];
    const messages = [...asked("outil").messages, first.message, { role: "tool", tool_call_id: call.id, content: "ouvert" }];
    const second = await client.chat.completions.create({ model: "petit", messages, tools });
    return `${first.finish_reason} ${call.function.name} ${call.function.arguments} -> ${second.choices[0].message.content}`;
  },
  async tools_streamed() {
    const calls = (await gather(await create("outil", { tools, stream: true }))).flatMap((chunk) => chunk.choices[0].delta.tool_calls ?? []);
    const name = calls.map((call) => call.function.name ?? "").join("");
    return `${name} ${JSON.parse(calls.map((call) => call.function.arguments ?? "").join("")).service}`;
  },
  async embeddings() {
    const answer = await client.embeddings.create({ model: "petit", input: ["a", "b"] });
    return answer.data.flatMap((row) => Array.from(row.embedding)).join(" ");
  },
  async responses() {
    const answer = await client.responses.create({ model: "petit", input: "bonjour" });
    return `${answer.status} ${answer.output_text}`;
  },
  async responses_streamed() {
    const events = await gather(await client.responses.create({ model: "petit", input: "bonjour", stream: true }));
    const said = events.filter((event) => event.type === "response.output_text.delta").map((event) => event.delta);
    return `${said.join("|")} ${events.at(-1).type} ${events.at(-1).response.usage.total_tokens}`;
  },
  async transcription() {
    return (await client.audio.transcriptions.create({ model: "petit", file: new File(["ID3"], "a.mp3") })).text;
  },
  async models() {
    const names = (await gather(await client.models.list())).map((model) => model.id);
    return `${names.join(" ")} ${(await client.models.retrieve("petit")).object}`;
  },
  async call_identifier() {
    const { response } = await create("bonjour").withResponse();
    return String(response.headers.get("x-gouvernail-call").length);
  },
  async errors() {
    const stranger = new OpenAI({ apiKey: "gvn-000000000000-none", maxRetries: 0 });
    const said = [];
    for (const action of [
      () => create("bonjour", {}, stranger),
      () => client.models.retrieve("autre"),
      () => create("bonjour", { model: "autre" }),
      () => client.chat.completions.create({ model: "petit", messages: "bonjour" }),
      () => create("refus"),
      () => create("panne sans fin"),
    ]) said.push(await error(action));
    return said.join(", ");
  },
  async refused() {
    try {
      await create("bonjour");
    } catch (raised) {
      const reason = raised.error.reasons[0];
      return `${raised.constructor.name} ${raised.code} ${reason.requirement} ${reason.fix}`;
    }
  },
  async over_quota() {
    const patient = new OpenAI({ maxRetries: 5, defaultHeaders });
    return error(() => create("bonjour", {}, patient));
  },
  async stopping() {
    const patient = new OpenAI({ maxRetries: 1, defaultHeaders });
    return error(() => create("bonjour", {}, patient));
  },
  async retried() {
    const patient = new OpenAI({ maxRetries: 2, defaultHeaders });
    return (await create("panne", {}, patient)).choices[0].message.content;
  },
  async too_slow() {
    const hurried = new OpenAI({ maxRetries: 0, timeout: 500, defaultHeaders });
    try {
      await create("lent", {}, hurried);
    } catch (raised) {
      return raised.constructor.name.replace(/^API(Connection)?|Error$/g, "");
    }
  },
  async left() {
    const stream = await create("goutte à goutte", { stream: true });
    for await (const chunk of stream) {
      stream.controller.abort();
      return chunk.choices[0].delta.content;
    }
  },
};

console.log(await scenarios[process.argv[2]]());
