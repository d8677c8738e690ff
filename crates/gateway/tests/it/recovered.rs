//! A program that died in the middle of a call.

use gouvernail_gateway::recover;
use gouvernail_store::{Intent, OutcomeKind};
use jiff::SignedDuration;
use serde_json::json;

use crate::dossier::{AGENT, HOST, MODEL, ORIENTATION, REDACTION};
use crate::world::{CASE, World, message};

fn intent(world: &World, system: &str, case_id: Option<&str>) -> Intent {
    Intent {
        id: world.ambient.id(),
        at: world.ambient.now(),
        system: system.into(),
        version: "1".into(),
        key: "k".into(),
        person: Some(AGENT.into()),
        model: MODEL.into(),
        host: HOST.into(),
        case_id: case_id.map(str::to_owned),
        body: json!({ "hidden": { "person": 2 }, "sent_sha256": "00" }),
    }
}

#[tokio::test]
async fn a_call_that_nobody_saw_end_is_unknown_and_its_case_is_told() {
    let world = World::new().await;
    world.host.echo();
    world.ask(&message("bonjour")).send().await.unwrap();
    let (on_case, plain, young) =
        (intent(&world, ORIENTATION, Some(CASE)), intent(&world, REDACTION, None), intent(&world, REDACTION, None));
    for intent in [&on_case, &plain] {
        world.journal.intent(intent.clone()).await.unwrap();
    }
    world.pass(SignedDuration::from_secs(1));
    let before = world.ambient.now();
    world.journal.intent(Intent { at: before, ..young.clone() }).await.unwrap();

    assert_eq!(recover(&world.journal, &world.live, &world.ambient, before).await.unwrap(), 2, "the call that ended is left alone");
    for intent in [&on_case, &plain] {
        let (_, kind, said) = world.ended(&intent.id).await;
        assert_eq!((kind, &said["footprint"]), (OutcomeKind::Unknown, &json!(null)));
    }
    assert!(world.store.find_call(&young.id).await.unwrap().unwrap().outcome.is_none(), "another node may have it under way");
    let case = world.case().await;
    let used = case.use_of(&on_case.id).unwrap();
    assert!(serde_json::to_string(&used.output).unwrap().contains("Issue inconnue"), "the citizen is told all the same");
    assert_eq!((used.purpose.as_str(), used.proposal.as_ref()), ("Proposer le service qui traitera une demande.", None));
    assert_eq!((world.owed(&on_case.id).await.kind, world.owed(&plain.id).await.kind), ("case_use".into(), "invocation".into()));
    assert_eq!(world.owed(&on_case.id).await.record.unwrap()["body"]["sent_sha256"], "00");
    assert_eq!(recover(&world.journal, &world.live, &world.ambient, before).await.unwrap(), 0);
}
