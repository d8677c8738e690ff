//! What this process takes, as the Linux kernel counts it.

use std::fs;

use gouvernail_local_model::ProcessUsage;

/// Processor time and memory of this process. What the system does not tell is absent.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Own {
    /// Seconds, user and system, all threads.
    pub cpu_seconds: Option<f64>,
    /// Bytes in memory.
    pub resident_bytes: Option<u64>,
    /// Open files and sockets.
    pub open_files: Option<u64>,
}

impl Own {
    /// Reads the counters.
    pub fn read() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self {
            cpu_seconds: ProcessUsage::of(std::process::id()).map(|usage| usage.cpu_seconds),
            resident_bytes: resident_bytes(&status),
            open_files: fs::read_dir("/proc/self/fd").ok().map(|entries| entries.count() as u64),
        }
    }
}

fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_counted_and_rubbish_is_not() {
        assert_eq!(resident_bytes("Name:\tx\nVmRSS:\t  12 kB\n"), Some(12 * 1024));
        assert_eq!(resident_bytes("VmRSS: much"), None);
        if cfg!(target_os = "linux") {
            let own = Own::read();
            assert!(own.resident_bytes > Some(0) && own.open_files > Some(0) && own.cpu_seconds.is_some(), "{own:?}");
        }
    }
}
