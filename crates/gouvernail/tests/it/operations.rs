//! The program as whoever keeps it running sees it: probes, metrics, stops, reloads, logs.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use gouvernail_store::{OutcomeKind, Store};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::program::{Received, free_port, host, http, ready, signal, start_saying, stop};
use crate::world::{self, AGENT, MODEL, Prepared};

/// A program that serves, and what it takes to call it.
struct Running {
    _folder: tempfile::TempDir,
    prepared: Prepared,
    config: PathBuf,
    base: String,
    metrics: String,
    client: reqwest::Client,
    program: Child,
    said: JoinHandle<String>,
}

impl Running {
    async fn new() -> Self {
        Self::with(&host(&Received::default()).await, "warn", &[]).await
    }

    /// Before a model host, at a level of the log, with changes of the configuration.
    async fn with(upstream: &str, level: &str, changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let prepared = world::prepare(folder.path(), upstream, 1).await;
        Self::over(folder, prepared, level, changes).await
    }

    async fn over(folder: tempfile::TempDir, prepared: Prepared, level: &str, changes: &[(&str, &str)]) -> Self {
        let (port, metrics) = (free_port(), free_port());
        let config = world::configure(folder.path(), port);
        change(&config, "# metrics_listen = \"127.0.0.1:8301\"", &format!("metrics_listen = \"127.0.0.1:{metrics}\""));
        changes.iter().for_each(|(from, to)| change(&config, from, to));
        let (base, metrics) = (format!("http://127.0.0.1:{port}"), format!("http://127.0.0.1:{metrics}"));
        let mut program = start_saying(level, &config);
        let mut operator = program.stderr.take().unwrap();
        let said = tokio::task::spawn_blocking(move || {
            let mut said = String::new();
            operator.read_to_string(&mut said).unwrap();
            said
        });
        // Its own client: the connections of a program that starts are closed once it has.
        ready(&http(), &base).await;
        Self { _folder: folder, prepared, config, base, metrics, client: http(), program, said }
    }

    /// A call on the case, not sent yet.
    fn call(&self, text: &str) -> reqwest::RequestBuilder {
        let body = json!({ "model": MODEL, "messages": [{ "role": "user", "content": text }] });
        let request = self.client.post(format!("{}/v1/chat/completions", self.base)).bearer_auth(&self.prepared.files_key);
        request.header("x-gouvernail-agent", AGENT).header("x-gouvernail-case", &self.prepared.cases[0]).json(&body)
    }

    /// One call on the case; status and body.
    async fn ask(&self, text: &str) -> (u16, Value) {
        let answer = self.call(text).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn text(&self, url: String) -> (u16, String) {
        let answer = self.client.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Status and word of the probe.
    async fn readiness(&self) -> (u16, String) {
        let (status, said) = self.text(format!("{}/ready", self.base)).await;
        let said: Value = serde_json::from_str(&said).unwrap();
        (status, said["status"].as_str().unwrap().to_owned())
    }

    /// Waits for the probe to say a word.
    async fn becomes(&self, wanted: &str) {
        until(wanted, async || (self.readiness().await.1 == wanted).then_some(())).await
    }

    /// Stops the program, which must do so cleanly; gives what it said.
    async fn stop(self) -> String {
        stop(self.program);
        self.said.await.unwrap()
    }
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "the configuration has no {from:?}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Asks again until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1500 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

/// A model host that answers once it is let, and says who asked.
async fn patient_host() -> (String, Arc<Notify>, Arc<Notify>) {
    let (asked, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let state = (Arc::clone(&asked), Arc::clone(&go));
    let answer = async |State((asked, go)): State<(Arc<Notify>, Arc<Notify>)>| {
        asked.notify_one();
        go.notified().await;
        let message = json!({ "role": "assistant", "content": "Voirie." });
        axum::Json(json!({ "model": MODEL, "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] }))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let app = Router::new().route("/v1/chat/completions", post(answer)).with_state(state);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, asked, go)
}

/// Waits until a call is at the host; one that ends before says how.
async fn reaches(call: &mut JoinHandle<reqwest::Result<reqwest::Response>>, asked: &Notify) {
    tokio::select! {
        () = asked.notified() => {}
        ended = call => panic!("{}", ended.unwrap().unwrap().text().await.unwrap()),
    }
}

/// The value of a series, once it is there.
async fn series(running: &Running, wanted: &str) -> String {
    until(wanted, async || {
        let (_, text) = running.text(format!("{}/metrics", running.metrics)).await;
        text.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix(' ').map(str::to_owned))
    })
    .await
}

#[tokio::test]
async fn metrics_are_read_on_their_own_port_and_never_on_the_public_one() {
    let running = Running::new().await;
    assert_eq!(running.ask("m1 bonjour").await.0, 200);
    let calls = format!("gouvernail_calls_total{{endpoint=\"chat\",system=\"{}\",outcome=\"completed\"}}", world::FILES);
    assert_eq!(series(&running, &calls).await, "1");
    assert_eq!(series(&running, "gouvernail_journal_batch_sum").await, "2.0");
    series(&running, "gouvernail_log_owed_entries").await;
    assert_eq!(running.text(format!("{}/metrics", running.base)).await.0, 404);
    assert_eq!(running.readiness().await, (200, "ready".to_owned()));
    assert_eq!(running.text(format!("{}/ready", running.metrics)).await.0, 200, "probes may stay off the public port");
    running.stop().await;
}

#[tokio::test]
async fn a_program_that_is_asked_to_stop_says_so_takes_no_call_and_lets_those_in_flight_end() {
    let (upstream, asked, go) = patient_host().await;
    let running = Running::with(&upstream, "warn", &[]).await;
    let mut call = tokio::spawn(running.call("m1 bonjour").send());
    reaches(&mut call, &asked).await;
    signal(&running.program, "TERM");
    running.becomes("stopping").await;
    assert_eq!(running.readiness().await.0, 503);
    assert_eq!(running.text(format!("{}/health", running.base)).await.0, 200);
    let (status, refused) = running.ask("m2 bonjour").await;
    assert_eq!((status, refused["error"]["code"].as_str()), (503, Some("stopping")));
    go.notify_one();
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
    let Running { mut program, prepared, .. } = running;
    assert!(program.wait().unwrap().success());
    let store = Store::connect(&prepared.database).await.unwrap();
    let calls = store.recent_calls(10).await.unwrap();
    assert_eq!(calls.iter().map(|call| call.outcome.as_ref().unwrap().1).collect::<Vec<_>>(), [OutcomeKind::Completed]);
}

#[tokio::test]
async fn a_call_that_does_not_end_in_time_is_cut_and_recorded() {
    let (upstream, asked, _go) = patient_host().await;
    let running = Running::with(&upstream, "warn", &[("# drain_seconds = 20", "drain_seconds = 1")]).await;
    let mut call = tokio::spawn(running.call("m1 bonjour").send());
    reaches(&mut call, &asked).await;
    let Running { program, said, prepared, _folder: _kept, .. } = running;
    stop(program);
    let said = said.await.unwrap();
    assert!(said.contains("the calls still in flight are cut"), "{said}");
    let answer = call.await.unwrap().unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"]["code"], "stopping");
    let call = Store::connect(&prepared.database).await.unwrap().recent_calls(10).await.unwrap().remove(0);
    let (_, kind, body) = call.outcome.unwrap();
    assert_eq!((kind, body["why"].as_str()), (OutcomeKind::Cancelled, Some("stopping")));
}

#[tokio::test]
async fn a_second_signal_ends_the_program_where_it_is_and_the_next_start_says_what_is_unknown() {
    let (upstream, asked, _go) = patient_host().await;
    let running = Running::with(&upstream, "warn", &[]).await;
    let mut call = tokio::spawn(running.call("m1 bonjour").send());
    reaches(&mut call, &asked).await;
    signal(&running.program, "INT");
    running.becomes("stopping").await;
    signal(&running.program, "TERM");
    let Running { mut program, said, config, base, client, prepared, _folder: _kept, .. } = running;
    assert!(!program.wait().unwrap().success());
    assert!(said.await.unwrap().contains("ending at once"));
    assert!(call.await.unwrap().is_err(), "nothing more is answered");
    let again = start_saying("error", &config);
    ready(&client, &base).await;
    let call = Store::connect(&prepared.database).await.unwrap().recent_calls(10).await.unwrap().remove(0);
    assert_eq!(call.outcome.unwrap().1, OutcomeKind::Unknown);
    stop(again);
}

#[tokio::test]
async fn a_changed_configuration_is_taken_up_whole_or_not_at_all() {
    let running = Running::new().await;
    let long = "mot ".repeat(600);
    assert_eq!(running.ask(&long).await.0, 200);
    change(&running.config, "max_body_kib = 4096", "max_body_kib = 1");
    // Wrong in another place: nothing of it is taken.
    change(&running.config, "# Secrets of", "[hosts.hote]\nkey_file = \"nowhere.key\"\n# Secrets of");
    signal(&running.program, "HUP");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(running.ask(&long).await.0, 200);
    change(&running.config, "[hosts.hote]\nkey_file = \"nowhere.key\"\n", "");
    change(&running.config, "# drain_seconds = 20", "drain_seconds = 7");
    signal(&running.program, "HUP");
    until("the new limit", async || (running.ask(&long).await.0 == 413).then_some(())).await;
    assert_eq!(running.ask("court").await.0, 200);
    let said = running.stop().await;
    assert!(said.contains("stays as it was") && said.contains("hosts.hote.key_file") && said.contains("nowhere.key"), "{said}");
    assert!(said.contains("what changed in drain_seconds waits for the next start"), "{said}");
}

/// What must never be in the log.
const MARKS: [&str; 8] =
    ["MARQUE-DEMANDE", "MARQUE-REPONSE", "Nadia", "Ferrand", "06 12 34 56 78", AGENT, "MARQUE-ADRESSE", "MARQUE-PASSE"];

#[tokio::test]
async fn the_log_says_how_each_call_ended_and_nothing_of_what_was_said_even_at_its_most_verbose() {
    let running =
        Running::with(&host(&Received::default()).await, "trace", &[("# log_format = \"json\"", "log_format = \"json\"")]).await;
    let prompt = "MARQUE-DEMANDE MARQUE-REPONSE de Nadia Ferrand, 06 12 34 56 78";
    assert_eq!(running.ask(prompt).await.0, 200);
    let streamed = json!({ "model": MODEL, "stream": true, "messages": [{ "role": "user", "content": prompt }] });
    running.call("").json(&streamed).send().await.unwrap().text().await.unwrap();
    let unknown = json!({ "model": "MARQUE-DEMANDE", "user": AGENT, "messages": [{ "role": "user", "content": prompt }] });
    assert_eq!(running.call("").json(&unknown).send().await.unwrap().status(), 403);
    assert_eq!(running.call("").body("{ \"MARQUE-DEMANDE\"").send().await.unwrap().status(), 400);
    for path in ["/?q=MARQUE-ADRESSE", "/d/MARQUE-ADRESSE", "/register?q=MARQUE-ADRESSE", "/v1/models?q=MARQUE-ADRESSE"] {
        running.text(format!("{}{path}", running.base)).await;
    }
    let form = [("email", AGENT), ("password", "MARQUE-PASSE")];
    running.client.post(format!("{}/login", running.base)).form(&form).send().await.unwrap();
    let (keys, case) = ([running.prepared.files_key.clone(), running.prepared.own_key.clone()], running.prepared.cases[0].clone());
    let said = running.stop().await;
    for mark in MARKS.into_iter().chain(keys.iter().map(String::as_str)).chain([case.as_str()]) {
        assert!(!said.contains(mark), "{mark} in:\n{said}");
    }
    let lines: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect();
    let ends: Vec<&Value> = lines.iter().filter(|line| line["message"] == "a call ended").collect();
    assert_eq!(
        ends.iter().map(|end| end["end"].as_str().unwrap()).collect::<Vec<_>>(),
        ["completed", "completed", "refused_by_mandate", "invalid_request"]
    );
    let (whole, stream, refused) = (ends[0], ends[1], ends[2]);
    assert_eq!(
        (&whole["endpoint"], &whole["system"], &whole["model"], &whole["host"]),
        (&json!("chat"), &json!(world::FILES), &json!(MODEL), &json!("hote"))
    );
    assert_eq!((&whole["status"], &whole["input_tokens"], &whole["output_tokens"]), (&json!(200), &json!(9), &json!(4)));
    assert!(
        whole["call"].as_str().is_some_and(|id| id.len() == 36)
            && whole["milliseconds"].as_f64() > whole["overhead_milliseconds"].as_f64()
    );
    assert!(stream["first_milliseconds"].as_f64() > Some(0.0) && stream["stream"] == true);
    assert!(refused["requirements"].as_str().is_some_and(|all| !all.is_empty()) && refused.get("model").is_none());
}

#[test]
fn whoever_reads_only_the_beginning_is_not_told_of_a_panic() {
    for command in ["rules matrix", "footprint models", "footprint zones"] {
        let line = format!("'{}' {command} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_gouvernail"));
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        let (status, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(said.is_empty(), "{command}: {said}");
        assert!(["0", "141"].contains(&status.trim()), "{command}: {status}");
    }
    let closed = format!("'{}' rules matrix >&-; echo $?", env!("CARGO_BIN_EXE_gouvernail"));
    let output = Command::new("bash").args(["-c", &closed]).output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[tokio::test]
async fn a_configuration_is_checked_without_being_used() {
    let folder = tempfile::tempdir().unwrap();
    let config = world::configure(folder.path(), free_port());
    let check = || {
        let output = Command::new(env!("CARGO_BIN_EXE_gouvernail")).args(["check", "--config"]).arg(&config).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (right, said) = check();
    assert!(right && said.contains("can be used"), "{said}");
    fs::write(folder.path().join("hote.key"), "secret").unwrap();
    change(&config, "# Secrets of", "[hosts.hote]\nkey_file = \"hote.key\"\n# Secrets of");
    assert!(check().0, "the path starts at the folder of the file");
    change(&config, "hote.key", "absent.key");
    let (right, said) = check();
    assert!(!right && said.contains("hosts.hote.key_file") && said.contains("absent.key"), "{said}");
    assert!(!folder.path().join("gouvernail.db").exists() && !folder.path().join("log").exists(), "nothing is begun");
}

/// A PostgreSQL of the test's own, gone with it.
struct Postgres {
    folder: String,
    url: String,
}

impl Postgres {
    fn script(arguments: &[&str]) -> std::process::Output {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
        Command::new(script).args(arguments).output().unwrap()
    }

    /// `None` where PostgreSQL is not asked for.
    fn start() -> Option<Self> {
        std::env::var("GOUVERNAIL_TEST_POSTGRES").ok()?;
        let output = Self::script(&["start"]);
        let (url, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert!(output.status.success(), "{said}");
        Some(Self { folder: said.split_whitespace().last().unwrap().to_owned(), url: url.trim().to_owned() })
    }

    fn ask(&self, what: &str) {
        let output = Self::script(&[what, &self.folder]);
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        Self::script(&["stop", &self.folder]);
    }
}

#[tokio::test]
async fn a_database_that_goes_away_and_comes_back_is_all_that_it_takes() {
    let Some(postgres) = Postgres::start() else {
        println!("skipped: set GOUVERNAIL_TEST_POSTGRES to run on PostgreSQL");
        return;
    };
    let (folder, received) = (tempfile::tempdir().unwrap(), Received::default());
    let prepared = world::prepare_in(postgres.url.clone(), &host(&received).await, 1).await;
    let database = format!("database = {:?}\ndatabase_timeout_seconds = 2\n[administration]", postgres.url);
    let running = Running::over(folder, prepared, "error", &[("[administration]", &database)]).await;
    assert_eq!(running.ask("avant bonjour").await.0, 200);
    postgres.ask("halt");
    let (status, said) = running.ask("pendant bonjour").await;
    assert_eq!((status, said["error"]["code"].as_str()), (503, Some("unavailable")), "{said}");
    running.becomes("failing").await;
    assert_eq!(running.ask("pendant bonjour").await.0, 503);
    assert_eq!(running.text(format!("{}/health", running.base)).await.0, 200);
    postgres.ask("again");
    running.becomes("ready").await;
    assert_eq!(running.ask("apres bonjour").await.0, 200);
    let received: Vec<String> = received.lock().unwrap().iter().cloned().collect();
    assert!(!received.contains(&"pendant".to_owned()), "nothing left for the host while nothing could be recorded: {received:?}");
    running.stop().await;
    let store = Store::connect(&postgres.url).await.unwrap();
    assert_eq!(store.recent_calls(10).await.unwrap().iter().filter(|call| call.outcome.is_none()).count(), 0);
    store.close().await;
}

/// A collector of traces, and a model host that keeps its headers.
async fn collector() -> (String, Arc<Mutex<Vec<Value>>>, Arc<Mutex<Vec<HeaderMap>>>) {
    let (spans, headers) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (taken, seen) = (Arc::clone(&spans), Arc::clone(&headers));
    let traces = move |axum::Json(sent): axum::Json<Value>| {
        let all = sent["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().unwrap().clone();
        assert_eq!(sent["resourceSpans"][0]["resource"]["attributes"][0]["value"]["stringValue"], "gouvernail");
        taken.lock().unwrap().extend(all);
        async { axum::Json(json!({})) }
    };
    let answer = move |headers: HeaderMap| {
        seen.lock().unwrap().push(headers);
        let usage = json!({ "prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13 });
        let message = json!({ "role": "assistant", "content": "MARQUE-REPONSE" });
        let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
        async move { axum::Json(json!({ "model": MODEL, "choices": [choice], "usage": usage })) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/v1/traces", post(traces)).route("/v1/chat/completions", post(answer));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, spans, headers)
}

fn attribute<'a>(span: &'a Value, key: &str) -> &'a Value {
    let found = span["attributes"].as_array().unwrap().iter().find(|attribute| attribute["key"] == key);
    let value = &found.unwrap_or_else(|| panic!("no {key} in {span}"))["value"];
    value.get("stringValue").or(value.get("intValue")).unwrap()
}

#[tokio::test]
async fn a_call_is_a_span_of_its_callers_trace_and_says_what_the_model_did_and_nothing_of_what_was_said() {
    let (url, spans, headers) = collector().await;
    let endpoint = format!("otlp_endpoint = \"{url}\"");
    let changes = [
        ("# otlp_endpoint = \"http://127.0.0.1:4318\"", endpoint.as_str()),
        ("# traceparent_to_hosts = false", "traceparent_to_hosts = true"),
    ];
    let running = Running::with(&format!("{url}/v1"), "warn", &changes).await;
    let (trace, caller) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    let given = format!("00-{trace}-{caller}-01");
    let call =
        running.call("MARQUE-DEMANDE de Nadia Ferrand").header("traceparent", given).header("tracestate", "MARQUE-ADRESSE=1");
    assert_eq!(call.send().await.unwrap().status(), 200);
    let found = until("the spans", async || Some(spans.lock().unwrap().clone()).filter(|spans| !spans.is_empty())).await;
    let named = |name: &str| found.iter().find(|span| span["name"] == name).unwrap_or_else(|| panic!("no {name} in {found:?}"));
    let (server, client) = (named("POST /v1/chat/completions"), named(&format!("chat {MODEL}")));
    assert!(found.iter().all(|span| span["traceId"] == trace));
    assert_eq!((&server["parentSpanId"], &server["kind"]), (&json!(caller), &json!(2)));
    assert_eq!((&client["parentSpanId"], &client["kind"]), (&server["spanId"], &json!(3)));
    assert_eq!(
        (attribute(server, "http.response.status_code"), attribute(server, "gouvernail.system.id")),
        (&json!("200"), &json!(world::FILES))
    );
    for (key, value) in [
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", "hote"),
        ("gen_ai.request.model", MODEL),
        ("gen_ai.usage.input_tokens", "9"),
        ("gen_ai.usage.output_tokens", "4"),
    ] {
        assert_eq!(attribute(client, key), value, "{key}");
    }
    for step in ["read", "auth", "mandate", "hide", "write", "intent", "outcome"] {
        assert_eq!(named(step)["parentSpanId"], server["spanId"], "{step}");
    }
    let told = headers.lock().unwrap().remove(0);
    assert_eq!(told["traceparent"].to_str().unwrap(), format!("00-{trace}-{}-01", client["spanId"].as_str().unwrap()));
    assert!(told.get("tracestate").is_none());
    let all = json!(found).to_string();
    for mark in MARKS.into_iter().chain([running.prepared.files_key.as_str(), &running.prepared.cases[0]]) {
        assert!(!all.contains(mark), "{mark} in {all}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_is_sent_when_the_program_stops_and_hosts_are_told_nothing_unless_asked() {
    let (url, spans, headers) = collector().await;
    let endpoint = format!("otlp_endpoint = \"{url}\"");
    let running = Running::with(&format!("{url}/v1"), "warn", &[("# otlp_endpoint = \"http://127.0.0.1:4318\"", &endpoint)]).await;
    assert_eq!(running.ask("bonjour").await.0, 200);
    running.stop().await;
    assert!(spans.lock().unwrap().iter().any(|span| span["name"] == "POST /v1/chat/completions" && span["parentSpanId"] == ""));
    assert!(headers.lock().unwrap()[0].get("traceparent").is_none());
}

#[tokio::test]
async fn a_collector_that_is_down_costs_spans_and_never_a_call() {
    let endpoint = format!("otlp_endpoint = \"http://127.0.0.1:{}\"", free_port());
    let changes = [("# otlp_endpoint = \"http://127.0.0.1:4318\"", endpoint.as_str())];
    let running = Running::with(&host(&Received::default()).await, "warn", &changes).await;
    for n in 0..3 {
        assert_eq!(running.ask(&format!("m{n} bonjour")).await.0, 200);
    }
    until("the drops", async || (series(&running, "gouvernail_traces_dropped_total").await != "0").then_some(())).await;
    assert_eq!(series(&running, "gouvernail_traces_sent_total").await, "0");
    assert_eq!(running.readiness().await.0, 200);
    let said = running.stop().await;
    assert_eq!(said.matches("the collector of traces does not take them").count(), 1, "{said}");
}
