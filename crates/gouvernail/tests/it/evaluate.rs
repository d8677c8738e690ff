//! An evaluation on a model host that runs already, and its result in the register.

use std::collections::HashMap;
use std::path::Path;
use std::process::Output;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing};
use gouvernail_store::{Live, Store};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::referent::{REFERENT, referent};
use crate::world;

const SET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../evaluations/orientation-courrier.toml");
const REQUESTS: &str = include_str!("../../../../evaluations/orientation-courrier.jsonl");
/// Identifiers of the answers of the set, and what a model writes.
const LABELS: [(&str, &str); 5] = [
    ("etat-civil", "État civil"),
    ("urbanisme", "Urbanisme"),
    ("ecole", "École"),
    ("aide-sociale", "Aide sociale"),
    ("voirie", "Voirie"),
];

/// A host whose models know all answers, but "petit", which always says the same. It asks for a key.
async fn host() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let app = Router::new().route("/v1/chat/completions", routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn answer(headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    if headers.get("authorization").is_none_or(|key| key != "Bearer sesame") {
        return (StatusCode::UNAUTHORIZED, "a key is needed").into_response();
    }
    let expected: HashMap<String, String> = REQUESTS
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|request| (request["text"].as_str().unwrap().to_owned(), request["expected"].as_str().unwrap().to_owned()))
        .collect();
    let text = asked["messages"].as_array().unwrap().last().unwrap()["content"].as_str().unwrap();
    let id = if asked["model"] == "petit" { "voirie" } else { &*expected[text] };
    let label = LABELS.iter().find(|(known, _)| *known == id).expect("a label").1;
    let content = json!({ "categorie": label }).to_string();
    Json(json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] })).into_response()
}

async fn evaluate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouvernail"));
    command.arg("evaluate").arg(SET).args(arguments).current_dir(folder).env("OPENAI_API_KEY", "sesame");
    command.output().await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn the_result_of_the_version_s_own_model_is_recorded_with_the_smaller_ones_that_pass() {
    let folder = tempfile::tempdir().unwrap();
    let prepared = world::prepare(folder.path(), "http://127.0.0.1:9/v1", 0).await;
    let config = world::configure(folder.path(), 1_u16);
    let store = Store::connect(&prepared.database).await.unwrap();
    store.create_person(&referent()).await.unwrap();
    let url = host().await;
    let at = ["--url", &url, "--config", config.to_str().unwrap()];
    let record = ["--record", world::FILES, "--author"];

    // What could not be recorded is said before anything is asked.
    for (more, wrong) in [
        (&["--model", "petit", "--record", world::FILES, "--author", REFERENT][..], "uses mock, which is not among the candidates"),
        (&["--model", world::MODEL, "--record", world::FILES, "--author", world::AGENT], "no référent"),
        (&["--model", world::MODEL, "--record", "absent", "--author", REFERENT], "no system \"absent\""),
    ] {
        let refused = evaluate(folder.path(), &[&at, more].concat()).await;
        let said = said(&refused);
        assert!(!refused.status.success() && said.contains(wrong) && !said.contains("questions"), "{said}");
    }

    for (models, smallest, smaller_that_pass) in
        [(&["petit", world::MODEL][..], world::MODEL, 0), (&["petit", "moyen", world::MODEL], "moyen", 1)]
    {
        let named: Vec<&str> = models.iter().flat_map(|model| ["--model", model]).collect();
        let done = evaluate(folder.path(), &[&at, &named[..], &record, &[REFERENT]].concat()).await;
        let said = said(&done);
        assert!(done.status.success() && said.contains(&format!("the smallest that passes: {smallest}\n")), "{said}");
        assert!(said.contains("24 right out of 24, 21 needed; smaller models that pass: "), "{said}");
        let live = Live::open(store.clone(), world::ambient()).await.unwrap();
        let known = live.snapshot();
        let recorded = known.register.systems[world::FILES].evaluation.as_ref().unwrap();
        let figures = (&*recorded.evaluation, recorded.passed, recorded.total, recorded.required, recorded.smaller_that_pass);
        assert_eq!(figures, ("orientation-courrier 2", 24, 24, 21, smaller_that_pass));
    }
    store.close().await;

    // A host that refuses says nothing of the model.
    let mut keyless = Command::new(env!("CARGO_BIN_EXE_gouvernail"));
    keyless.arg("evaluate").arg(SET).args(["--url", &url, "--model", "petit"]).env("OPENAI_API_KEY", "");
    let refused = keyless.output().await.unwrap();
    assert!(!refused.status.success() && said(&refused).contains("401"), "{}", said(&refused));
}
