//! Requests for chat completions, and answers in one piece.

use std::collections::BTreeMap;

use gouvernail_privacy::{AnswerForm, Detector, Label, Vault};
use serde_json::{Value, json};

use super::{case, detector};

fn user(content: &str) -> Value {
    json!({ "messages": [{ "role": "user", "content": content }] })
}

fn masked(request: &Value) -> Value {
    let mut masked = request.clone();
    case().mask_request(&mut Vault::new(), &mut masked);
    case().residual(&masked).expect("nothing left");
    masked
}

/// A request in which `who` stands everywhere where text may, and "dupont" where it may not.
fn request_about(who: &str) -> Value {
    let arguments = format!("{{\"nom\": \"{who}\", \"taux\": 1.00}}");
    json!({
        "model": "dupont", "temperature": 0, "stop": [who],
        "messages": [
            { "role": "system", "content": format!("Dossier de {who}") },
            { "role": "user", "name": who, "content": [
                { "type": "text", "text": format!("data: je suis {who}") },
                { "type": "image_url", "image_url": { "url": "data:image/png;base64,dupont", "detail": "low" } },
                { "type": "file", "file": { "filename": format!("{who}.pdf"), "file_data": "data:application/pdf;base64,JVBE/dupont/" } } ] },
            { "role": "assistant", "content": null, "tool_calls": [ { "id": "call_1", "type": "function",
                "function": { "name": "chercher", "arguments": arguments } } ] },
            { "role": "tool", "tool_call_id": "call_1", "content": arguments },
        ],
        "tools": [ { "type": "function", "function": { "name": "chercher", "description": format!("Comme {who}"),
            "parameters": { "type": "object", "required": ["nom"], "properties": {
                "nom": { "type": "string", "enum": [who] }, "content": { "type": "string", "format": "date" } } } } } ],
    })
}

#[test]
fn a_request_is_masked_everywhere_and_only_there() {
    let mut request = request_about("Jean-Pierre Dupont");
    let hidden = case().mask_request(&mut Vault::new(), &mut request);
    assert_eq!(request, request_about("[PERSONNE_1]"));
    case().residual(&request).expect("nothing left");
    assert_eq!(hidden.labels, BTreeMap::from([(Label::Person, 9)]));
    assert_eq!(hidden.unread, 2);
}

#[test]
fn json_inside_strings_stays_json() {
    let request = user(r#"{ "b": "H\u00e9l\u00e8ne", "a": [1.50, 1850375123001], "c": "{\"nom\":\"Dupont \\\"x\\\"\"}" }"#);
    let masked = masked(&request);
    assert_eq!(
        masked["messages"][0]["content"],
        r#"{ "b": "[PERSONNE_1.2]", "a": [1.50, "[NIR_1.2]"], "c": "{\"nom\":\"[PERSONNE_2.2] \\\"x\\\"\"}" }"#
    );
}

#[test]
fn counts_are_of_personal_data_only() {
    let mut request = user("[PERSONNE_1] SIRET 732 829 320 00074");
    let hidden = case().mask_request(&mut Vault::new(), &mut request);
    assert_eq!((hidden.labels.len(), hidden.unread), (0, 0));
    assert_eq!(serde_json::to_value(&hidden).expect("serialisable"), json!({ "labels": {}, "unread": 0 }));
}

#[test]
fn what_masking_cannot_change_is_refused() {
    for (place, body) in [
        ("messages[0]", json!({ "messages": [{ "role": "tool", "tool_call_id": "call_dupont", "content": "" }] })),
        ("messages[1]", json!({ "messages": [{}, { "dupont": 1 }] })),
        ("tools[0]", json!({ "tools": [{ "function": { "name": "dossier_Le_Goff" } }] })),
        ("tools[0]", json!({ "tools": [{ "function": { "parameters": { "properties": { "Dupont": {} } } } }] })),
        ("seed", json!({ "seed": 1850375123001_u64 })),
        ("a field with an unusual name", json!({ "dupont": 1 })),
        ("a field with an unusual name[0]", json!({ "0612345679": [{ "id": "dupont" }] })),
        ("the body", json!("Dupont")),
    ] {
        let mut masked = body.clone();
        if body.is_object() {
            case().mask_request(&mut Vault::new(), &mut masked);
        }
        let error = case().residual(&masked).expect_err(place);
        assert_eq!(error.place, place);
        assert!(!error.to_string().to_lowercase().contains("dupont") && !error.to_string().contains("Goff"), "{error}");
    }
}

#[test]
fn the_last_look_reads_strings_and_not_their_escapes() {
    for left in [
        json!({ "messages": [{ "content": "H\u{e9}l\u{e8}ne" }] }),
        user(r#"{"n":"H\u00e9l\u00e8ne"}"#),
        user(r"Noté : H\u00e9l\u00e8ne"),
        user("https://x.example/H%C3%A9l%C3%A8ne"),
    ] {
        let error = case().residual(&left).expect_err("the name is there");
        assert_eq!((error.label, error.place.as_str()), (Label::Person, "messages[0]"));
    }
    let sent = serde_json::from_str(r#"{"messages":[{"content":"Le \u0047off"}]}"#).expect("JSON");
    assert!(case().residual(&sent).is_err());
}

#[test]
fn the_last_look_does_not_see_what_is_not_there() {
    let called = detector(&[(Label::Person, "Paul Personne"), (Label::Person, "Jean Dupont"), (Label::Person, "Mistral Claude")]);
    let mut request = json!({ "model": "mistral-small", "max_tokens": 2048, "messages": [
        { "role": "user", "content": "P. Dupont" },
        { "role": "user", "content": [{ "type": "image_url", "image_url": { "url": "data:image/png;base64,Paul/Jean+" } }] }] });
    called.mask_request(&mut Vault::new(), &mut request);
    called.residual(&request).expect("nothing left");
}

#[test]
fn an_answer_is_restored_in_place_or_reported_untouched() {
    let mut vault = Vault::new();
    case().mask(&mut vault, "Jean-Pierre Dupont, 12 rue des Lilas\n35000 Rennes");
    let mut answer = json!({ "id": "x", "choices": [{ "index": 0, "finish_reason": "stop", "message": { "role": "assistant",
        "content": "Cher [PERSONNE_1]", "reasoning_content": "[personne_1] ?", "refusal": null,
        "tool_calls": [{ "id": "call_1", "type": "function", "function": { "name": "f", "arguments": "{\"a\":\"[ADRESSE_1.2]\"}" } }] },
        "logprobs": { "content": [{ "token": "[PERSONNE_1]" }] } }] });
    assert!(vault.restore_answer(AnswerForm::Text, &mut answer));
    let message = &answer["choices"][0]["message"];
    assert_eq!(message["content"], "Cher Jean-Pierre Dupont");
    assert_eq!(message["reasoning_content"], "Jean-Pierre Dupont ?");
    assert_eq!(message["tool_calls"][0]["function"]["arguments"], r#"{"a":"12 rue des Lilas\n35000 Rennes"}"#);
    assert_eq!(answer["choices"][0]["logprobs"]["content"][0]["token"], "[PERSONNE_1]");
    let before = answer.clone();
    assert!(!vault.restore_answer(AnswerForm::Text, &mut answer));
    assert_eq!(answer, before);
    for odd in [json!(null), json!([]), json!({ "choices": 3 }), json!({ "choices": [null, "[PERSONNE_9]"] })] {
        assert!(!vault.restore_answer(AnswerForm::Json, &mut odd.clone()));
    }
}

#[test]
fn an_answer_asked_for_in_json_stays_json() {
    let mut vault = Vault::new();
    case().mask(&mut vault, "12 rue des Lilas\n35000 Rennes");
    let form = AnswerForm::of_request(&json!({ "response_format": { "type": "json_object" } }));
    let mut answer = json!({ "choices": [{ "message": { "content": "{\"a\":\"[ADRESSE_1.2]\"}" } }] });
    vault.restore_answer(form, &mut answer);
    let content: Value = serde_json::from_str(answer["choices"][0]["message"]["content"].as_str().expect("text")).expect("JSON");
    assert_eq!(content["a"], "12 rue des Lilas\n35000 Rennes");
    assert_eq!(AnswerForm::of_request(&json!({ "response_format": "x" })), AnswerForm::Text);
    assert_eq!(AnswerForm::of_request(&json!(7)), AnswerForm::Text);
}

#[test]
fn a_response_is_masked_in_its_instructions_items_and_results_of_tools() {
    let mut request = json!({ "model": "m", "instructions": "Le dossier est DOS-2024/0042.", "store": false,
        "input": [
            { "role": "user", "content": [{ "type": "input_text", "text": "Jean-Pierre Dupont" },
                { "type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo=" },
                { "type": "input_file", "filename": "DUPONT.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjcKJf////8=" }] },
            { "type": "reasoning", "encrypted_content": "gAAAAABo/Dupont+", "summary": [{ "type": "summary_text", "text": "Hélène" }] },
            { "type": "function_call", "call_id": "c1", "name": "chercher", "arguments": "{\"tel\":\"0612345678\"}" },
            { "type": "function_call_output", "call_id": "c1", "output": [{ "type": "input_text", "text": "Mme Le Goff" }, { "type": "input_image" }] },
        ],
        "tools": [{ "type": "function", "name": "chercher", "parameters": { "type": "object" } }] });
    let sealed = request["input"][1]["encrypted_content"].clone();
    let hidden = case().mask_request(&mut Vault::new(), &mut request);
    let sent = request.to_string();
    for value in ["DOS-2024", "Jean-Pierre", "DUPONT", "Hélène", "0612345678", "Goff"] {
        assert!(!sent.contains(value), "{value}: {sent}");
    }
    assert_eq!((hidden.unread, &request["input"][1]["encrypted_content"]), (3, &sealed));
    assert_eq!(request["input"][2]["name"], "chercher");
    // What masking cannot reach is seen at the last look.
    let letter = "Sm91ciBkZSBEdXBvbnQgSmVhbi1QaWVycmU="; // "Jour de Dupont Jean-Pierre"
    request["input"][0]["content"][2]["file_data"] = letter.into();
    assert!(case().residual(&request).is_err());
}

#[test]
fn texts_to_embed_and_to_rank_are_masked() {
    let mut embed = json!({ "model": "m", "input": ["Jean-Pierre Dupont", "rien"], "encoding_format": "base64" });
    case().mask_request(&mut Vault::new(), &mut embed);
    assert_eq!(embed, json!({ "model": "m", "input": ["[PERSONNE_1]", "rien"], "encoding_format": "base64" }));
    let mut rank = json!({ "query": "06 12 34 56 78", "documents": ["Le Goff Hélène", { "text": "Dupont, Jean-Pierre" }] });
    let mut vault = Vault::new();
    case().mask_request(&mut vault, &mut rank);
    let sent = rank.to_string();
    assert!(!sent.contains("Goff") && !sent.contains("Dupont") && !sent.contains("06 12"), "{sent}");
    let mut answer = json!({ "results": [{ "index": 1, "document": rank["documents"][1], "relevance_score": 0.5 }] });
    assert!(vault.restore_answer(AnswerForm::Text, &mut answer));
    assert_eq!(answer["results"][0]["document"]["text"], "Dupont, Jean-Pierre");
}

#[test]
fn what_is_in_doubt_is_given_back_with_its_place() {
    let text = "Né·e ? « été ». Au dos, 12/04/1931.";
    let mut request = json!({ "messages": [{ "role": "user", "content": [{ "type": "text", "text": text }] }] });
    let detector = Detector::new(&[]).hiding_from(0.9);
    let hidden = detector.mask_request(&mut Vault::new(), &mut request);
    let [doubt] = &hidden.doubts[..] else { panic!("{:?}", hidden.doubts) };
    assert_eq!((doubt.pointer.as_str(), doubt.text.as_str()), ("/messages/0/content/0/text", "12/04/1931"));
    assert_eq!(text.chars().skip(doubt.start).take(doubt.end - doubt.start).collect::<String>(), doubt.text);
    assert!(!format!("{doubt:?}").contains("1931"));

    let told = detector.hiding_also(["12/04/1931".to_owned()]);
    let hidden = told.mask_request(&mut Vault::new(), &mut request);
    assert!(hidden.doubts.is_empty() && !request.to_string().contains("1931"), "{request}");
}
