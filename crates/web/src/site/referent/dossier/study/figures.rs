//! What the product knows by itself of one use of a system: what the gateway measured, and nothing when it measured nothing.

use std::collections::BTreeMap;

use gouvernail_questionnaire::Figure;
use serde_json::Value;

use super::Dossier;
use crate::site::error::WebError;

/// How many of the last calls are looked at.
const CALLS: i64 = 500;

/// Figure, place in the footprint that a call records, and how many of the unit of the study are in that of the footprint.
const FIGURES: [(&str, &str, f64); 3] =
    [("energy", "/energy_kwh", 1000.0), ("carbon", "/total/gwp_kgco2eq", 1000.0), ("water", "/water_l", 1.0)];

/// Energy (Wh), carbon (g) and water (L) of one use of this version, as means of the bounds over the last calls. Figures of
/// different methods are never put together: those of the last call's method count.
pub(super) async fn of_a_use(dossier: &Dossier) -> Result<BTreeMap<&'static str, Figure>, WebError> {
    let version = dossier.system.version.as_ref().map(|version| version.label.as_str());
    let calls = dossier.app.store.recent_calls(CALLS).await?;
    let calls = calls.into_iter().filter(|call| call.intent.system == dossier.id && Some(call.intent.version.as_str()) == version);
    let footprints: Vec<Value> =
        calls.filter_map(|call| call.outcome?.2.get("footprint").cloned()).filter(Value::is_object).collect();
    let method = footprints.first().map(|footprint| footprint["method"].clone());
    let alike: Vec<&Value> = footprints.iter().filter(|footprint| Some(&footprint["method"]) == method.as_ref()).collect();
    Ok(FIGURES.into_iter().filter_map(|(figure, place, scale)| Some((figure, mean(&alike, place, scale)?))).collect())
}

fn mean(footprints: &[&Value], place: &str, scale: f64) -> Option<Figure> {
    let bound = |bound: &str| {
        let known = footprints.iter().filter_map(|footprint| footprint.pointer(place)?.get(bound)?.as_f64());
        let (sum, n) = known.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
        (n > 0.0).then(|| sum / n * scale)
    };
    Some(Figure { low: bound("min")?, high: bound("max")?, source: "measured".to_owned() })
}
