//! The energy counters of the processor, as Linux shows them.
//!
//! Source: Linux, Documentation/power/powercap/powercap.rst. `/sys/class/powercap/intel-rapl:0` is a package, and
//! `intel-rapl:0:0` a part of it, already counted in the package. Memory (`dram`) stands apart.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use gouvernail_footprint::EnergyCounter;

/// The counters under a folder, by name, each part of the machine once.
///
/// # Errors
/// When there is none, or they may not be read.
pub fn read(folder: &Path) -> Result<BTreeMap<String, EnergyCounter>> {
    let entries = fs::read_dir(folder).with_context(|| format!("this machine has no energy counters in {}", folder.display()))?;
    let mut counters = BTreeMap::new();
    for entry in entries {
        let path = entry?.path();
        let named = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(part) = fs::read_to_string(path.join("name")) else { continue };
        let part = part.trim();
        if part.starts_with("package") || part == "dram" {
            counters.insert(format!("{named} ({part})"), counter(&path)?);
        }
    }
    if counters.is_empty() {
        bail!("{} has no energy counter of a processor: use `footprint estimate`", folder.display());
    }
    Ok(counters)
}

fn counter(folder: &Path) -> Result<EnergyCounter> {
    let number = |name: &str| {
        let path = folder.join(name);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}; only root may, unless its mode is changed", path.display()))?;
        text.trim().parse().with_context(|| format!("{} does not hold a number", path.display()))
    };
    Ok(EnergyCounter { energy_uj: number("energy_uj")?, range_uj: number("max_energy_range_uj")? })
}

/// Kilowatt-hours between two readings.
///
/// # Errors
/// When a counter went away meanwhile.
pub fn since(before: &BTreeMap<String, EnergyCounter>, after: &BTreeMap<String, EnergyCounter>) -> Result<f64> {
    before.iter().try_fold(0.0, |sum, (name, earlier)| {
        let now = after.get(name).with_context(|| format!("the counter {name} went away meanwhile"))?;
        Ok(sum + now.since(*earlier))
    })
}
