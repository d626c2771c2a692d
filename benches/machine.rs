//! The machine that the figures come from: they mean nothing without it.

use std::fs;
use std::io::Write;
use std::time::Instant;

use crate::Said;
use crate::stats::Series;

/// Prints cores, kernel, the day, and what an fsync costs where the databases will lie.
pub fn describe() -> Said<()> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).and_then(|line| line.split(": ").nth(1)).unwrap_or("?");
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    println!("{}  {cores} × {model}, Linux {}, load {}", plenary::clock::Clock::System.now().utc().format("%Y-%m-%d %H:%M UTC"), kernel.trim(), load.trim());
    println!("fsync of 4 KiB: {} ms", fsyncs()?.show(2));
    Ok(())
}

fn fsyncs() -> Said<Series> {
    let mut file = tempfile::tempfile()?;
    let mut times = Series::default();
    for _ in 0..50 {
        file.write_all(&[7; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}
