//! `gouvernail footprint`: what one use of a model costs, in a terminal and without a server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_footprint::{
    Comparisons, Footprint, Impacts, Inputs, ModelTable, Provider, Range, ZoneTable, estimate_with, measured,
};
use serde_json::{Map, Value, json};

use crate::cli::{Estimate, Footprint as Command, FootprintData, Measure};
use crate::{edge, powercap};

/// Version of EcoLogits whose own files `scripts/fetch-ecologits` keeps.
const ECOLOGITS: &str = "0.11.3";

/// The tables that estimates are made from.
struct Tables {
    zones: ZoneTable,
    models: ModelTable,
    comparisons: Comparisons,
}

/// Runs the command.
///
/// # Errors
/// When a data file cannot be read, or what is asked for is unknown or does not hold together.
pub fn run(command: Command) -> Result<()> {
    let printed = match command {
        Command::Estimate(asked) => estimate(&asked, &Tables::load(asked.data.data.as_deref())?)?,
        Command::Measure(asked) => measure(&asked, &Tables::load(asked.data.data.as_deref())?)?,
        Command::Models(FootprintData { data }) => json!(Tables::load(data.as_deref())?.models),
        Command::Zones(FootprintData { data }) => json!(Tables::load(data.as_deref())?.zones),
    };
    println!("{printed:#}");
    Ok(())
}

impl Tables {
    /// From `folder`; else from EcoLogits' own files when they were fetched; else those that travel with the program.
    fn load(folder: Option<&Path>) -> Result<Self> {
        let fetched = edge::cache().join("ecologits").join(ECOLOGITS);
        let folder = match folder {
            Some(folder) if !folder.is_dir() => bail!("{} is not a folder", folder.display()),
            Some(folder) => Some(folder.to_owned()),
            None => Some(fetched).filter(|folder| folder.is_dir()),
        };
        let at = |name: &str| folder.as_ref().map(|folder| folder.join(name)).filter(|path| path.is_file());
        let zones = match (at("zones.json"), at("electricity_mixes.json")) {
            (Some(own), _) => read(&own, ZoneTable::from_json)?,
            (None, Some(published)) => read(&published, |text| ZoneTable::from_ecologits(text, ECOLOGITS))?,
            (None, None) => ZoneTable::embedded()?,
        };
        let models = match at("models.json") {
            Some(path) if is_published(&path)? => read(&path, |text| ModelTable::from_ecologits(text, ECOLOGITS))?,
            Some(path) => read(&path, ModelTable::from_json)?,
            None => ModelTable::embedded()?,
        };
        let comparisons =
            at("comparisons.json").map_or_else(|| Ok(Comparisons::embedded()?), |path| read(&path, Comparisons::from_json))?;
        Ok(Self { zones, models, comparisons })
    }
}

fn read<T>(path: &PathBuf, parse: impl Fn(&str) -> Result<T, gouvernail_footprint::Error>) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| path.display().to_string())
}

/// EcoLogits' own file names aliases apart, and no provider.
fn is_published(path: &Path) -> Result<bool> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let value: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    Ok(value.get("aliases").is_some() && value.get("providers").is_none())
}

fn estimate(asked: &Estimate, tables: &Tables) -> Result<Value> {
    let (inputs, caveats) = inputs(asked, &tables.models)?;
    let mut footprint = estimate_with(&inputs, &tables.zones)?;
    footprint.caveats.extend(caveats);
    let mut printed = show(&footprint, tables);
    printed.insert("inputs".into(), json!(inputs));
    Ok(Value::Object(printed))
}

/// Energy counted by the machine itself while a command ran.
fn measure(asked: &Measure, tables: &Tables) -> Result<Value> {
    let before = powercap::read(&asked.powercap)?;
    let (program, arguments) = asked.command.split_first().context("give a command after --")?;
    let ended = std::process::Command::new(program)
        .args(arguments)
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("cannot run {program}"))?;
    let kwh = powercap::since(&before, &powercap::read(&asked.powercap)?)?;
    if !ended.success() {
        bail!("{program} failed ({ended}): nothing is said of what it used");
    }
    let mut printed = show(&measured(kwh, asked.pue, &asked.zone, &tables.zones)?, tables);
    printed.insert("inputs".into(), json!({ "it_kwh": kwh, "pue": asked.pue, "counters": before.keys().collect::<Vec<_>>() }));
    Ok(Value::Object(printed))
}

fn show(footprint: &Footprint, tables: &Tables) -> Map<String, Value> {
    let mut printed = impacts(&footprint.total);
    printed.extend(of_use(footprint));
    printed.insert("usage".into(), Value::Object(impacts(&footprint.usage).into_iter().chain(of_use(footprint)).collect()));
    printed.insert("embodied".into(), json!(footprint.embodied.as_ref().map(impacts)));
    printed.insert("method".into(), json!(footprint.method));
    printed.insert("quality".into(), json!(footprint.quality));
    printed.insert("zone".into(), json!(footprint.zone));
    printed.insert("comparisons".into(), json!(tables.comparisons.of(footprint)));
    printed.insert("caveats".into(), json!(footprint.caveats));
    printed
}

fn impacts(impacts: &Impacts) -> Map<String, Value> {
    let named = [("gwp_kgco2eq", impacts.gwp_kgco2eq), ("adpe_kgsbeq", impacts.adpe_kgsbeq), ("pe_mj", impacts.pe_mj)];
    named.into_iter().map(|(name, range)| (name.to_owned(), json!(range))).collect()
}

/// What only the use phase has: electricity, and water (water consumption footprint).
fn of_use(footprint: &Footprint) -> Map<String, Value> {
    let named = [("energy_kwh", footprint.energy_kwh), ("wcf_l", footprint.water_l)];
    named.into_iter().map(|(name, range)| (name.to_owned(), json!(range))).collect()
}

/// What was asked, completed by what is known of the model and its host; and what must be said of it.
fn inputs(asked: &Estimate, models: &ModelTable) -> Result<(Inputs, Vec<String>)> {
    let unknown = Provider::unknown();
    let (mut inputs, mut caveats, host) = match (&asked.model, asked.active_params, asked.total_params) {
        (Some(name), None, None) => {
            let model = models.find(name, asked.provider.as_deref())?;
            let host = models.provider(&model.provider);
            (models.inputs(model, asked.output_tokens, &unknown), model.warnings.clone(), host)
        }
        (None, Some(active), total) => {
            let host = asked.provider.as_deref().map(|name| {
                models.provider(name).with_context(|| format!("no provider {name:?}; gouvernail footprint models lists them"))
            });
            (of_counts(active, total.unwrap_or(active), asked.output_tokens), Vec::new(), host.transpose()?)
        }
        (None, None, _) => bail!("give --model NAME, or --active-params and --total-params in billions"),
        (Some(_), ..) => bail!("give --model or parameter counts, not both"),
    };
    let known = host.unwrap_or(&unknown);
    inputs.pue = asked.pue.or(known.pue).or(unknown.pue).unwrap_or(inputs.pue);
    inputs.wue_l_per_kwh = asked.wue.or(known.wue_l_per_kwh).or(unknown.wue_l_per_kwh).unwrap_or(inputs.wue_l_per_kwh);
    inputs.zone = asked.zone.clone().unwrap_or_else(|| known.zone.clone());
    inputs.latency_s = asked.latency;
    inputs.tokens_per_second = asked.tps.or(inputs.tokens_per_second);
    inputs.time_to_first_token_s = asked.ttft.or(inputs.time_to_first_token_s);
    inputs.batch_size = asked.batch_size.unwrap_or(inputs.batch_size);
    inputs.quantization_bits = asked.quantization_bits.unwrap_or(inputs.quantization_bits);
    let assumed =
        [("PUE", asked.pue.or(host.and_then(|host| host.pue))), ("WUE", asked.wue.or(host.and_then(|host| host.wue_l_per_kwh)))];
    let assumed = assumed.into_iter().filter(|(_, said)| said.is_none());
    caveats.extend(assumed.map(|(what, _)| format!("the {what} of the data centre is not known: a wide range is used")));
    if asked.zone.is_none() && host.is_none() {
        caveats.push("the zone of the electricity is not known: the world average is used".to_owned());
    }
    Ok((inputs, caveats))
}

fn of_counts(active: Range, total: Range, output_tokens: u64) -> Inputs {
    Inputs::new(active, total, output_tokens, "")
}
