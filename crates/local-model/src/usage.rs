//! What a process has consumed, as the Linux kernel counts it.

use std::fs;

/// Linux reports process times to programs in hundredths of a second
/// (`USER_HZ`, proc_pid_stat(5)) on every architecture that Rust supports.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time and memory of one process since it started.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessUsage {
    /// Processor time, user and system, all threads, in seconds.
    pub cpu_seconds: f64,
    /// Largest resident memory so far, mapped weights included, in bytes.
    pub peak_memory_bytes: u64,
}

impl ProcessUsage {
    /// Reads the counters of a process; `None` when it is gone or the system is not Linux.
    #[must_use]
    pub fn of(process: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        Some(Self { cpu_seconds: cpu_seconds(&stat)?, peak_memory_bytes: peak_memory_bytes(&status)? })
    }
}

fn cpu_seconds(stat: &str) -> Option<f64> {
    // The second field is a name that may hold anything: count after its closing bracket.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_ascii_whitespace().skip(11);
    let user: u32 = times.next()?.parse().ok()?;
    let system: u32 = times.next()?.parse().ok()?;
    Some((f64::from(user) + f64::from(system)) / TICKS_PER_SECOND)
}

fn peak_memory_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_a_name_with_spaces_and_brackets() {
        let stat = "42 (a ) b) S 1 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 1 0";
        assert_eq!(cpu_seconds(stat), Some(2.0));
        assert_eq!(peak_memory_bytes("Name:\tx\nVmHWM:\t  12 kB\n"), Some(12 * 1024));
        assert_eq!(cpu_seconds("rubbish"), None);
    }

    #[test]
    fn this_process_has_memory_and_an_impossible_one_has_nothing() {
        if cfg!(target_os = "linux") {
            assert!(ProcessUsage::of(std::process::id()).unwrap().peak_memory_bytes > 0);
        }
        assert_eq!(ProcessUsage::of(u32::MAX), None);
    }
}
