"""What an application does with the official client: OPENAI_BASE_URL and OPENAI_API_KEY are all that changes."""
import sys

import openai

client = openai.OpenAI(max_retries=0, default_headers={"X-Gouvernail-Agent": "agnes@commune.example"})
asked = {"model": "petit", "messages": [{"role": "user", "content": "dis bonjour"}]}


def whole():
    answer = client.chat.completions.create(**asked)
    print(f"{answer.model}: {answer.choices[0].message.content}")


def streamed():
    words, finish = [], None
    for chunk in client.chat.completions.create(**asked, stream=True):
        choice = chunk.choices[0]
        words += [choice.delta.content] if choice.delta.content else []
        finish = choice.finish_reason or finish
    print("|".join(words), finish)


def models():
    print(" ".join(model.id for model in client.models.list()))


def refused():
    try:
        whole()
    except openai.PermissionDeniedError as error:
        reason = error.body["reasons"][0]
        print(type(error).__name__, error.code, reason["requirement"], reason["fix"], error.body["message"])


{"whole": whole, "streamed": streamed, "models": models, "refused": refused}[sys.argv[1]]()
