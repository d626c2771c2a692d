//! The file: a ZIP that every system opens.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::error::{Error, Result};

/// Writes page and JSON; the size in bytes. Until it is whole it has another ending.
pub fn write(path: &Path, html: &str, json: &Value) -> Result<u64> {
    let failed = |error: std::io::Error| Error::Unavailable(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let part = path.with_extension("part");
    let written = pack(&part, html, json).and_then(|()| std::fs::rename(&part, path));
    if let Err(error) = written {
        let _ = std::fs::remove_file(&part);
        return Err(failed(error));
    }
    Ok(std::fs::metadata(path).map_err(failed)?.len())
}

fn pack(path: &Path, html: &str, json: &Value) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // For the program's own user alone.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file: File = options.open(path)?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let entry = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("index.html", entry)?;
    zip.write_all(html.as_bytes())?;
    zip.start_file("data.json", entry)?;
    serde_json::to_writer_pretty(&mut zip, json)?;
    let file = zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()
}
