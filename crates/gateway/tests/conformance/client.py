"""What an application does with OpenAI's Python client: OPENAI_BASE_URL and OPENAI_API_KEY are all that changes.

client.py SCENARIO prints one line; client.mjs prints the same.
"""
import json
import sys

import openai

HEADERS = {"X-Gouvernail-Agent": "agnes@commune.example"}
client = openai.OpenAI(max_retries=0, default_headers=HEADERS)
TOOLS = [{"type": "function", "function": {"name": "orienter", "parameters": {"type": "object"}}}]


def asked(text):
    return {"model": "petit", "messages": [{"role": "user", "content": text}]}


def create(text, client=client, **more):
    return client.chat.completions.create(**asked(text), **more)


def whole():
    answer = create("bonjour")
    return f"{answer.model}: {answer.choices[0].message.content} ({answer.usage.total_tokens})"


def several():
    return " / ".join(choice.message.content for choice in create("bonjour", n=2).choices)


def streamed():
    words, finish = [], None
    for chunk in create("bonjour", stream=True):
        choice = chunk.choices[0]
        words += [choice.delta.content] if choice.delta.content else []
        finish = choice.finish_reason or finish
    return "|".join(words) + f" {finish}"


def usage():
    chunks = list(create("bonjour", stream=True, stream_options={"include_usage": True}))
    last = chunks[-1].usage
    return f"{last.prompt_tokens} {last.completion_tokens}, {len(chunks[-1].choices)} choices"


def tools():
    first = create("outil", tools=TOOLS).choices[0]
    call = first.message.tool_calls[0]
    messages = [*asked("outil")["messages"], first.message.model_dump(exclude_none=True)]
    messages.append({"role": "tool", "tool_call_id": call.id, "content": "ouvert"})
    second = client.chat.completions.create(model="petit", messages=messages, tools=TOOLS)
    return f"{first.finish_reason} {call.function.name} {call.function.arguments} -> {second.choices[0].message.content}"


def tools_streamed():
    name, arguments = "", ""
    for chunk in create("outil", tools=TOOLS, stream=True):
        for call in chunk.choices[0].delta.tool_calls or []:
            name += call.function.name or ""
            arguments += call.function.arguments or ""
    return f"{name} {json.loads(arguments)['service']}"


def embeddings():
    answer = client.embeddings.create(model="petit", input=["a", "b"])
    return " ".join(f"{value:g}" for row in answer.data for value in row.embedding)


def responses():
    answer = client.responses.create(model="petit", input="bonjour")
    return f"{answer.status} {answer.output_text}"


def responses_streamed():
    said, last = [], None
    for event in client.responses.create(model="petit", input="bonjour", stream=True):
        said += [event.delta] if event.type == "response.output_text.delta" else []
        last = event
    return "|".join(said) + f" {last.type} {last.response.usage.total_tokens}"


def transcription():
    return client.audio.transcriptions.create(model="petit", file=("a.mp3", b"ID3")).text


def models():
    return " ".join(model.id for model in client.models.list()) + " " + client.models.retrieve("petit").object


def call_identifier():
    answer = client.chat.completions.with_raw_response.create(**asked("bonjour"))
    return str(len(answer.headers["x-gouvernail-call"]))


def error(action):
    try:
        action()
    except openai.APIStatusError as raised:
        return f"{type(raised).__name__} {raised.status_code} {raised.code}"
    return "no error"


def errors():
    stranger = openai.OpenAI(api_key="gvn-000000000000-none", max_retries=0)
    return ", ".join([
        error(lambda: create("bonjour", client=stranger)),
        error(lambda: client.models.retrieve("autre")),
        error(lambda: client.chat.completions.create(**{**asked("bonjour"), "model": "autre"})),
        error(lambda: client.chat.completions.create(model="petit", messages="bonjour")),
        error(lambda: create("refus")),
        error(lambda: create("panne sans fin")),
    ])


def refused():
    try:
        whole()
    except openai.PermissionDeniedError as raised:
        reason = raised.body["reasons"][0]
        return f"{type(raised).__name__} {raised.code} {reason['requirement']} {reason['fix']}"


def over_quota():
    patient = openai.OpenAI(max_retries=5, default_headers=HEADERS)
    return error(lambda: create("bonjour", client=patient))


def stopping():
    patient = openai.OpenAI(max_retries=1, default_headers=HEADERS)
    return error(lambda: create("bonjour", client=patient))


def retried():
    patient = openai.OpenAI(max_retries=2, default_headers=HEADERS)
    return create("panne", client=patient).choices[0].message.content


def too_slow():
    hurried = openai.OpenAI(max_retries=0, timeout=0.5, default_headers=HEADERS)
    try:
        create("lent", client=hurried)
    except openai.APITimeoutError as raised:
        return type(raised).__name__.removesuffix("Error").removeprefix("API")


def left():
    stream = create("goutte à goutte", stream=True)
    first = next(iter(stream)).choices[0].delta.content
    stream.close()
    return first


print(globals()[sys.argv[1]]())
