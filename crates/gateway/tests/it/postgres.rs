//! The same road over PostgreSQL, when `GOUVERNAIL_TEST_POSTGRES` is its address.

use std::time::Duration;

use gouvernail_gateway::recover;
use gouvernail_store::OutcomeKind;
use serde_json::Value;

use crate::dossier::ORIENTATION;
use crate::host::{pieces, speech};
use crate::world::{CITIZEN, World, call_of, drain, message, spoken, streamed};

#[tokio::test]
async fn the_road_on_postgresql() {
    let Some(world) = World::postgres("road").await else { return };
    world.host.echo();
    let response = world.ask_on_case(&message(&format!("{CITIZEN} demande"))).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(response.json::<Value>().await.unwrap()["choices"][0]["message"]["content"], format!("{CITIZEN} demande"));
    assert!(!world.host.only().text().contains("Lefèvre"));
    assert_eq!(world.ended(&id).await.1, OutcomeKind::Completed);
    assert_eq!(world.case().await.uses.len(), 1);
    world.owed(&id).await;

    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::ZERO);
    let (_, data) = drain(world.ask_on_case(&streamed("bonjour")).send().await.unwrap()).await;
    assert_eq!((spoken(&data).as_str(), data.last().unwrap().as_str()), ("bonjour", "[DONE]"));
    assert_eq!(world.case().await.uses.len(), 2);

    world.meddle("alter table outcome rename to elsewhere").await;
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let id = call_of(&response);
    world.meddle("alter table elsewhere rename to outcome").await;
    world.ended(&id).await;
    world.stop(ORIENTATION).await;
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 403);
    assert_eq!(recover(&world.journal, &world.live, &world.ambient, world.ambient.now()).await.unwrap(), 0);
    world.drop_schema().await;
}
